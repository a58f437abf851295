"""What came in of what is owed, and the reminders that were sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.identity import DeliveryId, UnitCode, VariableCode
from domain.lack import Bearer
from domain.observation import Key
from domain.period import Month
from domain.receipt import Receipts
from domain.reminder import Reminder
from domain.vintage import Turn

from indicators.ports.history import Span

RejectedKey = tuple[UnitCode, Month, VariableCode]
"""What rows that gave no figure were for; the variable is ANY_VARIABLE where the row does not tell a known one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """How many rows of a delivery were rejected for a unit, month and variable."""

    unit: UnitCode
    month: Month
    variable: VariableCode
    rows: int

    @property
    def key(self) -> RejectedKey:
        """Say what they were for."""
        return self.unit, self.month, self.variable


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBack:
    """That a source keeps a value back: since when, and by which delivery it said so last."""

    since: datetime
    by: Bearer


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding:
    """That a delivery told a value as kept back, or took that back."""

    key: Key
    turn: Turn


class Received(Protocol):
    """What came in, and what was rejected beside it, within one transaction."""

    async def receipts(
        self, units: Collection[UnitCode], variables: Collection[VariableCode], first: Month, last: Month
    ) -> Receipts:
        """Say what came of variables for units and months (inclusive), by days in Berlin."""

    async def open_rejections(self, units: Collection[UnitCode]) -> Sequence[RejectedKey]:
        """List what rows were rejected for and nothing has cured, in order."""

    async def keep_rejections(self, number: int, rejected: Sequence[Rejected], cured: Collection[RejectedKey]) -> None:
        """Keep what a delivery, by its number, rejected, and that it brought what was rejected before."""

    async def refused(
        self, units: Collection[UnitCode], variables: Collection[VariableCode], first: Month, last: Month
    ) -> Mapping[RejectedKey, Bearer]:
        """Name the newest deliveries whose rejected rows nothing has cured."""

    async def keep_withheld(self, number: int, withheld: Sequence[Key]) -> None:
        """Keep what a delivery or a dry run, by its number, brought as kept back by its source."""

    async def withheld(
        self, units: Collection[UnitCode], variables: Collection[VariableCode], first: Month, last: Month
    ) -> Collection[RejectedKey]:
        """Say of which variables anything is kept back; what was taken back, or told since, is not."""

    async def kept_back(
        self, span: Span, as_of: datetime | None, dry_run: DeliveryId | None = None
    ) -> Mapping[Key, KeptBack]:
        """Say which values of a span are kept back, as known at an instant, or as if a dry run were kept."""

    async def withholdings(self, span: Span, as_of: datetime | None) -> Sequence[Withholding]:
        """List every time that a value of a span was told as kept back, or that was taken back, up to an instant."""


class Reminders(Protocol):
    """Reminders that were sent, within one transaction."""

    async def note(self, reminders: Sequence[Reminder]) -> Sequence[Reminder]:
        """Note reminders as sent and give those that were not before."""
