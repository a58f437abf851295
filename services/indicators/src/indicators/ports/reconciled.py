"""Official tables, and the runs that compare them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.official_fault import OfficialFault
from domain.reconciliation import Cause, FigureDifference, Reconciliation


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialRow:
    """A row of an official table as it is written, month and number in our notation as far as they were understood."""

    row: int
    unit: str
    indicator: str
    month: str
    value: str
    view: str
    variant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialTable:
    """The rows of an official table, and the columns nobody asked for."""

    rows: Sequence[OfficialRow]
    ignored: tuple[str, ...]


ReadOfficial = Callable[[bytes, str], OfficialTable]
"""Read an official table of a media type; raises a FileUnreadable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialFinding:
    """What is wrong with one row of an official table."""

    row: int
    column: str
    code: OfficialFault
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A reconciliation with everything that came of it."""

    head: Reconciliation
    units: frozenset[str]
    findings: Sequence[OfficialFinding]
    differences: Sequence[FigureDifference]


class Reconciliations(Protocol):
    """Runs of comparison with official figures, within one transaction."""

    async def wait_for(self, by: str, digest: str) -> None:
        """Wait until nobody else keeps a run of the same table; others wait until the transaction ends."""

    async def known(self, by: str, digest: str, state: str) -> Reconciliation | None:
        """Give the run of somebody's same table over the same state of the data."""

    async def add(self, run: Run) -> None:
        """Keep a run."""

    async def get(self, id: UUID) -> Reconciliation:
        """Give one; UnknownReconciliation where there is none within reach."""

    async def matching(self, before: UUID | None, limit: int) -> Sequence[Reconciliation]:
        """List runs within reach, newest first."""

    async def differences(
        self, id: UUID, causes: Sequence[Cause], units: Sequence[str], after: int, limit: int
    ) -> Sequence[tuple[int, FigureDifference]]:
        """List a run's differences within reach, numbered from 1."""

    async def findings(self, id: UUID, after: int, limit: int) -> Sequence[tuple[int, OfficialFinding]]:
        """List what is wrong with a run's rows, numbered from 1."""
