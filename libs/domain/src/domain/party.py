"""Who agrees: a unit in a role in one agreement (§ 48b SGB II)."""

from dataclasses import dataclass
from enum import StrEnum

from domain.identity import UnitCode
from domain.responsibility import Scope


class PartyRole(StrEnum):
    """The role of a unit in an agreement."""

    SUPERVISING_BODY = "supervising_body"
    MUNICIPAL_BODY = "municipal_body"
    FEDERAL_BODY = "federal_body"
    OBLIGATED_UNIT = "obligated_unit"
    ASSOCIATED = "associated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A unit in its role, with the area it answers for and the office that signs."""

    unit: UnitCode
    role: PartyRole
    scope: Scope
    signs_as: str

    @property
    def binds(self) -> bool:
        """Say whether the party accepts and signs; associated units only take note."""
        return self.role is not PartyRole.ASSOCIATED
