"""What the indicators service needs to keep case records: immutable files a unit and month, the newest counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

import polars as pl
from domain.identity import UnitCode
from domain.period import Month

T = TypeVar("T")
R = TypeVar("R")


class RecordKind(StrEnum):
    """What a file of records holds."""

    CASE_RECORDS = "case_records"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFile:
    """A unit's re-keyed records of a month as Parquet, as a delivery left them."""

    unit: UnitCode
    kind: RecordKind
    month: Month
    delivery: int
    rows: int
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Forgotten:
    """A file that was deleted, with the SHA-256 of its content."""

    unit: UnitCode
    kind: RecordKind
    month: Month
    delivery: int
    digest: str


Rekey = Callable[[pl.Series], pl.Series]
"""Replace the senders' pseudonyms of persons by the service's own; they cannot be turned back."""


class Executor(Protocol):
    """Runs a pure function on independent tasks, in so many parts: here, in other processes, or on a cluster."""

    parts: int

    def map(self, function: Callable[[T], R], tasks: Sequence[T]) -> list[R]:
        """Give the results in the order of the tasks."""


class Records(Protocol):
    """Files of case records, within one transaction; they never leave the service."""

    async def in_turn(self) -> None:
        """Wait until no other delivery of records is being taken in: persons move between units."""

    async def keep(self, files: Sequence[RecordFile]) -> None:
        """Keep files; each is newer than what there is for its unit, kind and month."""

    async def newest(self, kind: RecordKind, first: Month, last: Month) -> Sequence[RecordFile]:
        """Give the newest file of every unit and month, in the order of units and months."""

    async def latest(self, kind: RecordKind) -> Month | None:
        """Give the last month there are records of."""

    async def forget(self, before: Month) -> Sequence[Forgotten]:
        """Delete the files of all months before one, older versions too; say what was deleted."""
