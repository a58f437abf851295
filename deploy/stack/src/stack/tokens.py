"""Development tokens for people and for the demonstration."""

from chassis.caller import Role
from chassis.clock import now
from chassis.development.issuer import DevelopmentIssuer

from stack.place import Place

ROLES = tuple(role.value for role in Role if role not in (Role.PUBLIC, Role.SERVICE))


def token(place: Place, role: str, units: tuple[str, ...]) -> str:
    """Sign a token of this copy's development issuer."""
    subject = "-".join((role, *units))
    return DevelopmentIssuer(place.home).token(roles=[role], units=units, now=now(), subject=subject)
