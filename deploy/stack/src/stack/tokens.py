"""Development tokens for people and for the demonstration."""

from chassis.clock import now
from chassis.issuer import DevelopmentIssuer

from stack.place import Place


def token(place: Place, role: str, units: tuple[str, ...]) -> str:
    """Sign a token of this copy's development issuer."""
    subject = "-".join((role, *units))
    return DevelopmentIssuer(place.home).token(roles=[role], units=units, now=now(), subject=subject)
