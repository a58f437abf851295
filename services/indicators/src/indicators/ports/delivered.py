"""What deliveries need from the world: a spool for files, rows of their outcome, a line to wait in."""

from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol
from uuid import UUID

import polars as pl
from domain.delivery import Covered, Delivery, DeliveryKind, Progress
from domain.identity import DeliveryId, UnitCode
from domain.intake import FindingCode
from domain.period import Month
from domain.profile import MappingProfile
from domain.value_status import ValueStatus
from domain.variable import Cell

from indicators.ports.lines import Held

DOUBT = "doubt"
"""The column in which a format's reader says what it doubts about a row."""
RETURNED = ("finding_code", "finding_column", "finding_detail")
"""The columns added to a file that is returned; they are read over when it comes again."""
MOST_ROWS = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Which columns the rows of a kind of delivery have, which of them are numbers, and what else they are called."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Name all columns."""
        return (*self.needed, *self.optional)

    def with_optional(self, name: str) -> "Shape":
        """Give the same shape with one more column."""
        return replace(self, optional=(*self.optional, name))


Read = Callable[[Path, str, Shape, MappingProfile], Iterator[pl.DataFrame]]
"""Read a file of a media type in slices of text columns and `row`; raises a FileUnreadable."""


Found = Mapping[int, tuple[str, str, str]]
"""For rows that have findings, their codes, columns and remedies."""
NOTHING_FOUND = ("", "", "")


@dataclass(frozen=True, slots=True)
class Written:
    """A file on its way out, and the name of its encoding where the file does not say it itself."""

    content: Iterator[bytes]
    charset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of a file says of the whole: what kind its rows are, who sends them; and the line it begins on."""

    module: str
    sender: str
    line: int


HeadOf = Callable[[Path, str, MappingProfile], Head | None]
"""Read the head of a file of a media type; None where such files have none, or it cannot be read."""
GiveBack = Callable[[Path, str, MappingProfile, Found], Written]
"""Write a sender's own file again with what was found in its rows added."""
Blank = Callable[[str, pl.DataFrame, DeliveryKind], bytes]
"""Write rows of text columns as a file of a media type, delivered as that kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFinding:
    """What is wrong with one row of a file; `row` counts as the sender's program shows it."""

    row: int
    column: str
    code: FindingCode
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a delivery changes, or would change: the value, or how it came to be."""

    unit: UnitCode
    cell: Cell
    month: Month
    old: Decimal | None
    new: Decimal | None
    old_status: ValueStatus | None
    new_status: ValueStatus | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A file that has come in whole."""

    digest: str
    size: int


class Buckets(Protocol):
    """Rows put aside by unit and month while a file is read, so that memory does not grow with it."""

    def add(self, rows: pl.DataFrame) -> None:
        """Put rows aside; they have `unit`, `month`, `series`, `row`, `value`, `status`."""

    def drain(self) -> Iterator[pl.DataFrame]:
        """Give all rows back, those of one unit and month together."""

    def close(self) -> None:
        """Forget everything."""


class Spool(Protocol):
    """Files on the way in, and those that are kept to be returned; each is known by what it is brought for."""

    async def keep(self, id: UUID, chunks: AsyncIterator[bytes]) -> Arrived:
        """Write a file down as it comes in."""

    async def extend(self, id: UUID, offset: int, chunks: AsyncIterator[bytes], most: int) -> int:
        """
        Write a piece behind what is there; give how much there is then, which survives a crash.

        OffsetDiffers where something else is there, TooMuchSent beyond `most`, BeingWritten where another does it.
        """

    async def written(self, id: UUID) -> int:
        """Say how many bytes of a file are there."""

    async def whole(self, id: UUID) -> Arrived:
        """Hash a file that has come in by pieces."""

    async def secure(self, id: UUID) -> None:
        """Make sure that a file survives a crash."""

    def path(self, id: UUID) -> Path:
        """Say where a file is; UnknownFile where it is gone."""

    async def drop(self, id: UUID) -> None:
        """Forget a file and what was made of it."""

    async def tidy(self, before: datetime) -> int:
        """Forget files that were last written before an instant; count them."""

    async def resting(self, before: datetime) -> Sequence[UUID]:
        """Name what was last written before an instant, files and what was made of them."""

    def buckets(self, id: UUID) -> Buckets:
        """Give room to put rows of a file aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A delivery that waits for its outcome; `allowed` are the units its sender may deliver for, None is all."""

    number: int
    id: DeliveryId
    sender: str
    size: int
    allowed: frozenset[str] | None


class Jobs(Held[int], Protocol):
    """Deliveries that wait, within one transaction, by their numbers."""

    async def add(self, job: Job) -> None:
        """Put a delivery in line."""

    async def waiting(self, limit: int) -> Sequence[Job]:
        """List jobs that nobody holds, oldest first; those of cancelled deliveries too."""


class Deliveries(Protocol):
    """Deliveries and their findings, within one transaction."""

    async def known(self, delivery: Delivery) -> Delivery | None:
        """Give the first one of the same sender, bytes and terms that is not wanting; others with them wait."""

    async def add(self, delivery: Delivery, units: frozenset[str]) -> int:
        """Keep a delivery; give its number, which grows with time. `units` see it before it is judged."""

    async def add_retraction(self, retraction: Delivery, of: DeliveryId) -> int:
        """Keep a delivery that takes another back, and say so of the other; NothingToTakeBack where that cannot be."""

    async def report(self, number: int, progress: Progress) -> bool:
        """Say how far it is; False where it was cancelled."""

    async def finish(
        self, number: int, delivery: Delivery, found: int, covered: Sequence[Covered] = (), revision: int | None = None
    ) -> bool:
        """Keep the outcome, how many findings there were and what it brought; False where it was cancelled."""

    async def cancel(self, id: DeliveryId) -> Delivery:
        """Cancel what is still open; DeliveryDone where it is not."""

    async def coverage(self, id: DeliveryId, after: str, limit: int) -> Sequence[Covered]:
        """List what a delivery brought, in the order of the units' codes."""

    async def keep_findings(self, number: int, findings: pl.DataFrame) -> None:
        """Keep findings; they have `row`, `column`, `code`, `value`."""

    async def get(self, id: DeliveryId) -> Delivery:
        """Give one; UnknownDelivery where there is none within reach."""

    async def senders(self, ids: Collection[DeliveryId]) -> Mapping[DeliveryId, str]:
        """Say who sent deliveries, of those within reach."""

    async def number(self, id: DeliveryId) -> int:
        """Give its number; UnknownDelivery where there is none within reach."""

    async def matching(
        self, units: Sequence[str], statuses: Sequence[str], before: int | None, limit: int
    ) -> Sequence[tuple[int, Delivery]]:
        """List deliveries, newest first, with their numbers."""

    async def findings(self, id: DeliveryId, after: tuple[int, str], limit: int) -> tuple[int, Sequence[RowFinding]]:
        """List the findings that are kept, in the order of row and column, and how many there were."""

    async def needing_files(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Say which of these still need their file: they wait, or it can be given back with its findings."""

    async def differences(self, id: DeliveryId, after: tuple[str, int, str], limit: int) -> Sequence[Difference]:
        """List what a delivery changes or would change, in the order of unit, month and cell."""
