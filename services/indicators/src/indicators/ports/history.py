"""Observations with everything they ever were."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

import polars as pl
from domain.delivery import DeliveryMode
from domain.identity import DeliveryId, UnitCode, VariableCode
from domain.observation import Observation
from domain.period import Month
from domain.value_status import ValueStatus
from domain.variable import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the history took of rows: counts by their fate."""

    added: int = 0
    corrected: int = 0
    unchanged: int = 0
    withdrawn: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        """Count both together."""
        return Taken(
            added=self.added + other.added,
            corrected=self.corrected + other.corrected,
            unchanged=self.unchanged + other.unchanged,
            withdrawn=self.withdrawn + other.withdrawn,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which observations are asked for: units, cells, months from first to last."""

    units: Sequence[UnitCode]
    cells: Sequence[Cell]
    first: Month
    last: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The history's numbers of a file's units and series, in the file's own order, and the revision they come with."""

    units: pl.Series
    series: pl.Series
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figured:
    """Values that were computed: rows of `unit` (code), `month`, `series` (a place in `series`), `value` (text)."""

    rows: pl.DataFrame
    series: Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """
    The newest values of a span in columns; what was withdrawn is not among them.

    `rows` have `unit` and `cell` (positions in the span), `month` (its ordinal), `value` (text, digits as delivered),
    `status` and `delivery` (position in `deliveries`). `touched` are the `unit`, `cell` and `month` of which anything
    was recorded since an instant, withdrawals too; none where no instant was asked for.
    """

    rows: pl.DataFrame
    deliveries: Sequence[DeliveryId]
    touched: pl.DataFrame | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """
    Everything ever told of a span in columns, those of one key oldest first.

    `rows` have `unit` and `cell` (positions in the span), `month` (its ordinal), `value` (text, none withdraws),
    `status` and `delivery` (position in `deliveries`, which say when each was recorded).
    """

    rows: pl.DataFrame
    deliveries: Sequence[tuple[DeliveryId, datetime]]

    def observations(self, span: Span, some: pl.DataFrame | None = None) -> Iterator[Observation]:
        """Give some of the rows, or all, one by one in their order."""
        months = {month: Month.numbered(month) for month in range(span.first.ordinal, span.last.ordinal + 1)}
        for unit, cell, month, value, status, by in (self.rows if some is None else some).iter_rows():
            delivery, recorded_at = self.deliveries[by]
            yield Observation(
                unit=span.units[unit],
                cell=span.cells[cell],
                month=months[month],
                value=None if value is None else Decimal(value),
                recorded_at=recorded_at,
                delivery=delivery,
                status=ValueStatus(status or ValueStatus.COUNTED),
            )


class History(Protocol):
    """Observations with everything they ever were, within one transaction."""

    async def numbers(self, units: Sequence[UnitCode], cells: Sequence[Cell]) -> Numbers:
        """Give units and series numbers; deliveries of the same units wait for the transaction's end."""

    async def take_in(self, rows: pl.DataFrame, numbers: Numbers, mode: DeliveryMode) -> Taken:
        """
        Compare rows with the newest known and append what is new, corrected or withdrawn.

        Rows are distinct and ordered, and have `unit_id`, `month`, `series_id` (numbers of the history), `value` (text,
        none withdraws) and `status`. Another status is a correction, also where the value is the same. A column
        `withheld`, where there is one, says of which rows the source keeps the value back: they have none, withdraw
        what is known, and otherwise count as nothing that the history took.
        """

    async def try_out(self, number: int, rows: pl.DataFrame, numbers: Numbers, mode: DeliveryMode) -> Taken:
        """Do the same for a dry run: keep the differences and nothing else."""

    async def newest(
        self, span: Span, as_of: datetime | None, dry_run: DeliveryId | None = None
    ) -> Sequence[Observation]:
        """Give the newest observation of each key as known at an instant, or as if a dry run were kept."""

    async def columns(
        self, span: Span, as_of: datetime | None, dry_run: DeliveryId | None = None, since: datetime | None = None
    ) -> Known:
        """Give the same as `newest` in columns, without what was withdrawn; and what was touched since an instant."""

    async def all_revisions(self, span: Span, as_of: datetime | None) -> Sequence[Observation]:
        """Give every revision, oldest first."""

    async def revisions(self, span: Span) -> Revisions:
        """Give the same in columns, up to the present."""

    async def cells(self, variables: Sequence[str]) -> Sequence[Cell]:
        """Give every cell of some variables that was ever delivered."""

    async def brought(
        self, delivery: DeliveryId, units: Collection[UnitCode]
    ) -> Collection[tuple[UnitCode, VariableCode, Month]]:
        """Name the variables and months of some units that a delivery changed or keeps back, each once."""

    async def take_back(self, delivery: DeliveryId) -> tuple[int, Taken]:
        """
        Append, as a new revision, what stands without a delivery that was taken back, where that changes anything.

        That is the newest that was told by deliveries that stand; nothing where one of them keeps it back since.
        """
