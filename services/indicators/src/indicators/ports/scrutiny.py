"""What a second look at deliveries needs from the world: those that wait, and what is known around them, as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl
from domain.delivery import Scrutiny
from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from domain.variable import Cell

from indicators.ports.delivered import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A month of a unit in which a delivery changed something: in how many cells."""

    unit: UnitCode
    month: Month
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """
    What is known, as columns: `unit` (its place in the list asked for), `month`, `series`, `value` (text).

    `cells` say what the series are.
    """

    values: pl.DataFrame
    cells: Mapping[int, Cell]


class Scrutinies(Protocol):
    """Deliveries whose figures are still to be held against the rules, and those figures, within one transaction."""

    async def claim(self, id: DeliveryId) -> bool:
        """Hold a delivery's scrutiny until the transaction ends; False where it is done or somebody else holds it."""

    async def attempted(self, id: DeliveryId) -> int:
        """Count one more attempt and give how many there were."""

    async def finish(self, id: DeliveryId, outcome: Scrutiny) -> None:
        """Keep what became of it."""

    async def waiting(self, limit: int) -> Sequence[Job]:
        """List deliveries whose scrutiny is pending, oldest first."""

    async def touched(self, id: DeliveryId) -> Sequence[Touched]:
        """List the units and months in which a delivery changed something, in their order."""

    async def hold(self, units: Sequence[UnitCode]) -> None:
        """Let other scrutinies of these units wait for the transaction's end."""

    async def known(self, units: Sequence[UnitCode], months: Sequence[Month]) -> Known:
        """Give the newest values of units in months; what was withdrawn is not known."""
