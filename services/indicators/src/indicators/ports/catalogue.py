"""Variables and indicator definitions, and who owes what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from chassis.caller import Reach
from domain.collection import CollectionRound
from domain.comparison_group import Membership
from domain.duty import Duty
from domain.gate import ClosedMonth, Gates, LatePermit, Responsibility
from domain.identity import IndicatorCode, UnitCode, VariableCode
from domain.indicator import Definition
from domain.nearest_neighbour import NearestNeighbour
from domain.profile import MappingProfile
from domain.unit import Units
from domain.variable import Variable


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableVersion:
    """A variable as it was from an instant on, and who made it so."""

    version: int
    at: datetime
    by: str
    variable: Variable


class Catalogue(Protocol):
    """
    Variables and indicator definitions, within one transaction.

    With `as_of` they are those recorded by that instant; what shipped was known before any, as was the first version of
    every variable.
    """

    async def variables(self, as_of: datetime | None = None) -> Mapping[VariableCode, Variable]:
        """Give all variables by code, each with what formulas may use of any of its versions."""

    async def newest_variables(self) -> Mapping[VariableCode, Variable]:
        """Give the version of each variable that was made last."""

    async def variables_over_time(self) -> Mapping[VariableCode, Sequence[Variable]]:
        """Give all versions of all variables, in the order they were made."""

    async def definitions(self, as_of: datetime | None = None) -> Mapping[IndicatorCode, Sequence[Definition]]:
        """Give all versions of all indicators, those of the federal statistics first, each variant oldest first."""

    async def lock(self) -> datetime:
        """Let other changes of the catalogue wait until the transaction ends; give the instant of those made in it."""

    async def put_variable(self, version: VariableVersion) -> None:
        """Create or change a variable and keep this version of it."""

    async def variable_versions(self, code: VariableCode) -> Sequence[VariableVersion]:
        """Give every version of a variable, oldest first."""

    async def add_definition(self, definition: Definition, at: datetime) -> None:
        """Add a version of an indicator, recorded at an instant; VersionTaken where there is one of its name."""


class Profiles(Protocol):
    """Mapping profiles with their versions, within one transaction."""

    async def newest(self) -> Sequence[MappingProfile]:
        """List the newest version of each, in the order of their codes."""

    async def get(self, code: str) -> MappingProfile:
        """Give the newest version of one; UnknownProfile where there is none."""

    async def version(self, code: str, version: int) -> MappingProfile | None:
        """Give one version."""

    async def next_version(self, code: str) -> int:
        """Give the number of the next version; another that is being written waits."""

    async def add(self, profile: MappingProfile) -> None:
        """Keep a version."""


class StoredGates(Protocol):
    """Responsibilities, closed months and permits, within one transaction."""

    async def all(self, units: Collection[UnitCode] | None = None) -> Gates:
        """Give everything within reach, or of some units only."""

    async def put_responsibilities(self, responsibilities: Sequence[Responsibility]) -> None:
        """Keep responsibilities, each in place of an earlier one with the same key."""

    async def close(self, closed: Sequence[ClosedMonth]) -> None:
        """Close months of units; what is closed already stays so."""

    async def permit(self, permit: LatePermit) -> None:
        """Let one sender deliver late, in place of an earlier permit for the same."""


class Schedule(Protocol):
    """Who owes what by when, within one transaction."""

    async def put(self, duties: Sequence[Duty]) -> int:
        """Keep duties, each in place of an earlier one for the same unit, variables and months; count them."""

    async def remove(self, duties: Sequence[Duty]) -> None:
        """Remove the duties for the same units, variables and months, whatever their day."""

    async def duties(self, units: Reach) -> Sequence[Duty]:
        """List duties of these units, in the order of unit, first month, variables and last month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledRound:
    """A collection round as it is kept: under an id, its versions counted from 1."""

    id: UUID
    version: int
    round: CollectionRound


class CollectionRounds(Protocol):
    """Collection rounds with the units within reach, within one transaction."""

    async def get(self, id: UUID) -> FiledRound:
        """Give one; UnknownCollectionRound where there is none within reach."""

    async def add(self, filed: FiledRound) -> None:
        """Keep a new one."""

    async def update(self, filed: FiledRound) -> None:
        """Keep a changed one, whose version is one more than the kept one; CollectionRoundChanged where it is not."""

    async def matching(self, quarters: Sequence[str], after: UUID | None, limit: int) -> Sequence[FiledRound]:
        """List those of some quarters, or all, in the order of their ids."""


class KnownUnits(Protocol):
    """The copy of the units and of who is compared with whom, within one transaction."""

    async def tree(self) -> Units:
        """Give the copy; without one, UnitsNotKnownYet."""

    async def memberships(self) -> Sequence[Membership]:
        """Say who is in which comparison group, whenever; the copy has it too."""

    async def neighbours(self) -> Sequence[NearestNeighbour]:
        """Say who are the nearest neighbours of units, whenever; the copy has it too."""

    async def keep(self, document: Mapping[str, Any]) -> None:
        """Keep a newer copy."""

    async def cursor(self) -> str | None:
        """Say how far the feed of agreements has been read."""

    async def keep_cursor(self, cursor: str) -> None:
        """Remember how far."""
