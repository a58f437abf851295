"""What the indicators service needs to keep case records: immutable files a unit and month, the newest counts."""

from collections.abc import Callable, Collection, Sequence
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Whom and which towns records name: `unit`, `person` or `town`, and `last`, the last month of it."""

    persons: pl.DataFrame
    towns: pl.DataFrame


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

    async def announce(self, named: Named) -> None:
        """Make known whom units will name, before their records are taken in: who comes later waits for these units."""

    async def hold(self, units: Collection[str]) -> None:
        """Wait until nobody else holds one of these units; they are held to the end, those held before are let go."""

    async def sharing_persons(self, units: Collection[str], named: Named, since: Month) -> frozenset[str]:
        """
        Give the units of the persons that these units have named since a month, and of those named now.

        Whom a unit has not named from the month before on is not counted among its persons.
        """

    async def sharing_towns(self, units: Collection[str], named: Named) -> frozenset[str]:
        """Give the units that name a town which these units name, or which is named now."""

    async def keep(self, files: Sequence[RecordFile]) -> None:
        """Keep files; each is newer than what there is for its unit, kind and month."""

    async def newest(self, kind: RecordKind, units: Collection[str], first: Month, last: Month) -> Sequence[RecordFile]:
        """Give the file kept last of each of these units and months, in the order of units and months."""

    async def latest(self, kind: RecordKind) -> Month | None:
        """Give the last month there are records of."""

    async def forget(self, before: Month) -> Sequence[Forgotten]:
        """Delete the files of all months before one, older versions too, and who is named in no later one."""
