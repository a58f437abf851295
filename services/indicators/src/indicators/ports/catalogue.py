"""Variables and indicator definitions, and who owes what."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from chassis.caller import Reach
from domain.duty import Duty
from domain.identity import IndicatorCode, VariableCode
from domain.indicator import Definition
from domain.unit import Units
from domain.variable import Variable


class Catalogue(Protocol):
    """Variables and indicator definitions, within one transaction."""

    async def variables(self) -> Mapping[VariableCode, Variable]:
        """Give all variables by code."""

    async def definitions(self) -> Mapping[IndicatorCode, Sequence[Definition]]:
        """Give all versions of all indicators, oldest first."""

    async def put_variable(self, variable: Variable) -> None:
        """Create or change a variable."""

    async def add_definition(self, definition: Definition) -> None:
        """Add a version of an indicator."""


class Schedule(Protocol):
    """Who owes what by when, within one transaction."""

    async def put(self, duties: Sequence[Duty]) -> int:
        """Keep duties, each in place of an earlier one for the same unit, variables and months; count them."""

    async def duties(self, units: Reach) -> Sequence[Duty]:
        """List duties of these units."""


class KnownUnits(Protocol):
    """The copy of the units, within one transaction."""

    async def tree(self) -> Units:
        """Give the copy; without one, UnitsNotKnownYet."""

    async def keep(self, document: object) -> None:
        """Keep a newer copy."""

    async def cursor(self) -> str | None:
        """Say how far the feed of agreements has been read."""

    async def keep_cursor(self, cursor: str) -> None:
        """Remember how far."""
