"""Official tables, and the runs that compare them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

import polars as pl
from chassis.caller import Reach
from domain.official_fault import OfficialFault
from domain.reconciliation import Cause, FigureDifference, Reconciliation

from indicators.ports.lines import Held

OFFICIAL_COLUMNS = ("unit", "indicator", "month", "value", "view", "variant", "sex")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialTable:
    """
    An official table while it is read: its rows in slices, and the columns nobody asked for.

    Slices have `row` and the official columns as text: month, number, view and sex in our notation as far as they were
    understood; what a table does not have is empty, and DOUBT names what is against a number, if anything. A slice that
    cannot be read raises a FileUnreadable.
    """

    slices: Iterator[pl.DataFrame]
    ignored: tuple[str, ...]


ReadOfficial = Callable[[Path, str], OfficialTable]
"""Open an official table of a media type; raises a FileUnreadable where it has no header, or no row below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialFinding:
    """What is wrong with one row of an official table."""

    row: int
    column: str
    code: OfficialFault
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A run that waits for its outcome; `allowed` are the units its sender saw, None is all."""

    id: UUID
    sender: str
    size: int
    allowed: Reach

    @property
    def number(self) -> int:
        """Give its number, which grows with time as its id does."""
        return self.id.int


class Reconciliations(Protocol):
    """Runs of comparison with official figures, within one transaction."""

    async def wait_for(self, by: str, digest: str) -> None:
        """Wait until nobody else keeps a run of the same table; others wait until the transaction ends."""

    async def known(self, run: Reconciliation, allowed: Reach) -> Reconciliation | None:
        """Give the first run of the same table and reach that waits, or is over the same data and has not failed."""

    async def add(self, run: Reconciliation, allowed: Reach, units: frozenset[str]) -> None:
        """Keep a run over what is within reach; `units` see it before it is compared."""

    async def report(self, run: Reconciliation) -> None:
        """Say over which state of the data a run is compared, and how far it is."""

    async def keep_findings(self, id: UUID, findings: pl.DataFrame) -> None:
        """Keep what is wrong with some rows; they have `row`, `column`, `code`, `value`."""

    async def keep_differences(self, id: UUID, first: int, differences: Sequence[FigureDifference]) -> None:
        """Keep differences, numbered from a first one."""

    async def finish(self, run: Reconciliation, units: frozenset[str]) -> None:
        """Keep a run's outcome, which does not change any more, and the units whose figures it is about."""

    async def get(self, id: UUID) -> Reconciliation:
        """Give one; UnknownReconciliation where there is none within reach."""

    async def matching(self, before: UUID | None, limit: int) -> Sequence[Reconciliation]:
        """List runs within reach, newest first."""

    async def differences(
        self, id: UUID, causes: Sequence[Cause], units: Sequence[str], after: int, limit: int
    ) -> Sequence[tuple[int, FigureDifference]]:
        """List a run's differences within reach in the order of their numbers."""

    async def findings(self, id: UUID, after: int, limit: int) -> Sequence[OfficialFinding]:
        """List what is wrong with a run's rows behind one of them."""


class Comparisons(Held[UUID], Protocol):
    """Runs that wait to be compared, within one transaction, by their ids."""

    async def add(self, comparison: Comparison) -> None:
        """Put a run in line."""

    async def waiting(self, limit: int) -> Sequence[Comparison]:
        """List runs that nobody holds, oldest first."""

    async def needing_files(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Say which of these still need their file."""
