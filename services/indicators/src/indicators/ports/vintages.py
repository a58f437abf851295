"""The history as it stood at instants, and the named states of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from domain.identity import UnitCode, VariableCode
from domain.period import Month
from domain.release import Release
from domain.value_status import ValueStatus
from domain.variable import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A month of some units, up to an instant or up to now."""

    units: Sequence[UnitCode]
    month: Month
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """A value, or how it came to be, that differs between two states; none where it was not known, or is withdrawn."""

    unit: UnitCode
    month: Month
    cell: Cell
    old: Decimal | None
    new: Decimal | None
    old_status: ValueStatus | None
    new_status: ValueStatus | None

    @property
    def place(self) -> tuple[str, int, str]:
        """Give its place in the list."""
        return self.unit, self.month.ordinal, str(self.cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Which two states of the data are compared, and for what; empty selections are any."""

    since: datetime
    until: datetime
    first: Month
    last: Month
    units: Sequence[UnitCode] = ()
    variables: Sequence[VariableCode] = ()


class Vintages(Protocol):
    """The history as it stood at instants, within one transaction."""

    async def revisions(self, extents: Sequence[Extent]) -> Sequence[int]:
        """Count everything that was ever recorded of each extent."""

    async def changes(
        self, compared: Compared, after: tuple[str, int, str] | None, limit: int
    ) -> Sequence[ValueChange]:
        """List what differs, in the order unit, month, cell."""

    async def mark(self) -> str:
        """Name the present state of deliveries and catalogue, as far as they are within reach."""


class Releases(Protocol):
    """Named states of the data, which are only ever added."""

    async def settle(self) -> None:
        """Let deliveries and definitions under way finish and others wait: what an instant knows stays as it is."""

    async def add(self, release: Release) -> None:
        """Keep a new release; CodeTaken where its code is."""

    async def get(self, code: str) -> Release:
        """Give one; UnknownRelease where there is none."""

    async def all(self) -> Sequence[Release]:
        """List all, in the order they were published."""
