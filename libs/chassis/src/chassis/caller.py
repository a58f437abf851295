"""Who asks: an identity with roles and units, as use cases see it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Forbidden, Text


class Role(StrEnum):
    """What somebody may do at all; for which units is another question."""

    UPLOADER = "uploader"
    CONTROLLER = "controller"
    UNIT_LEAD = "unit_lead"
    SUPERVISOR = "supervisor"
    OFFICE = "office"
    READER = "reader"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    SERVICE = "service"
    PUBLIC = "public"


SEES_EVERYTHING = frozenset({Role.AUDITOR, Role.OPERATOR, Role.SERVICE})

Reach = frozenset[str] | None
"""The unit codes whose rows somebody may see; None is all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """An authenticated person or machine."""

    subject: str
    name: str
    roles: frozenset[Role]
    units: frozenset[str]

    def must_be(self, *roles: Role) -> None:
        """Refuse unless the caller has one of these roles."""
        if not self.roles.intersection(roles):
            names = ", ".join(roles)
            raise Forbidden(needed=Text(f"one of the roles: {names}", f"nötig ist eine der Rollen: {names}"))

    def must_act_for(self, unit: str) -> None:
        """Refuse unless the caller is named for this very unit; authority over a unit is no right to act as it."""
        if unit not in self.units:
            raise Forbidden(needed=Text(f"to act for the unit {unit}", f"nötig ist, für die Einheit {unit} zu handeln"))

    @property
    def sees_everything(self) -> bool:
        """Say whether rows of all units are open to the caller."""
        return bool(self.roles & SEES_EVERYTHING)


def reach_of(caller: Caller, below: Callable[[Collection[str]], Collection[str]]) -> Reach:
    """Give the units whose rows a caller may see; `below` finds what an authority over units reaches."""
    return None if caller.sees_everything else frozenset(below(caller.units))


PUBLIC = Caller(subject="public", name="public", roles=frozenset({Role.PUBLIC}), units=frozenset())


def visible(reach: Reach, units: Collection[str]) -> bool:
    """Say whether any of these units is within reach."""
    return reach is None or not reach.isdisjoint(units)
