"""What the indicators service needs from the world."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

import polars as pl
from chassis.audit.change import Audit
from chassis.caller import Reach
from chassis.event import Events
from domain.delivery import Covered, Delivery, DeliveryMode
from domain.duty import Duty
from domain.identity import DeliveryId, IndicatorCode, UnitCode, VariableCode
from domain.indicator import Definition
from domain.intake import FindingCode
from domain.observation import Observation
from domain.period import Month
from domain.unit import Units
from domain.variable import Cell, Variable

from indicators.ports_records import Records


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFinding:
    """What is wrong with one row of a file; `row` counts as the sender's program shows it."""

    row: int
    column: str
    code: FindingCode
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a delivery changes, or would change."""

    unit: UnitCode
    cell: Cell
    month: Month
    old: Decimal | None
    new: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The good rows of a file as columns: unit, month (ordinal), series, value (text), and what its series are."""

    rows: pl.DataFrame
    series: Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the history took of a delivery: counts of rows by their fate, and the first differences."""

    added: int
    corrected: int
    unchanged: int
    withdrawn: int
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which observations are asked for: units, cells, months from first to last."""

    units: Sequence[UnitCode]
    cells: Sequence[Cell]
    first: Month
    last: Month


Arrivals = Mapping[tuple[UnitCode, Month], Mapping[VariableCode, datetime]]


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


class Deliveries(Protocol):
    """Deliveries and their findings, within one transaction."""

    async def known(self, sender: str, digest: str, options: str) -> Delivery | None:
        """Give the first delivery of the same bytes in the same way; others with them wait."""

    async def add(self, delivery: Delivery, options: str, units: frozenset[str], covered: Sequence[Covered]) -> int:
        """Keep a delivery and what it brought; give its number, which grows with time."""

    async def coverage(self, id: DeliveryId, after: str, limit: int) -> Sequence[Covered]:
        """List what a delivery brought, in the order of the units' codes."""

    async def finish(self, number: int, delivery: Delivery, findings: Sequence[RowFinding], found: int) -> None:
        """Keep the outcome, the findings that are shown, and how many there were."""

    async def keep_differences(self, number: int, differences: Sequence[Difference]) -> None:
        """Keep what a dry run would change."""

    async def get(self, id: DeliveryId) -> Delivery:
        """Give one; UnknownDelivery where there is none within reach."""

    async def matching(
        self, units: Sequence[str], statuses: Sequence[str], before: int | None, limit: int
    ) -> Sequence[tuple[int, Delivery]]:
        """List deliveries, newest first, with their numbers."""

    async def findings(self, id: DeliveryId, after: int, limit: int) -> tuple[int, Sequence[tuple[int, RowFinding]]]:
        """List the findings shown, numbered from 1, and how many there were."""

    async def differences(self, id: DeliveryId, after: int, limit: int) -> Sequence[tuple[int, Difference]]:
        """List the differences of a dry run, numbered from 1."""


class History(Protocol):
    """Observations with everything they ever were, within one transaction."""

    async def take_in(self, number: int, intake: Intake, mode: DeliveryMode, *, keep: bool) -> Taken:
        """Compare rows with the newest known and append what is new, corrected or withdrawn."""

    async def newest(self, span: Span, as_of: datetime | None) -> Sequence[Observation]:
        """Give the newest observation of each key as known at an instant."""

    async def all_revisions(self, span: Span, as_of: datetime | None) -> Sequence[Observation]:
        """Give every revision, oldest first."""

    async def cells(self, variables: Sequence[str]) -> Sequence[Cell]:
        """Give every cell of some variables that was ever delivered."""

    async def arrivals(self, units: Sequence[UnitCode], first: Month, last: Month) -> Arrivals:
        """Give when each unit's variable was first known for a month."""


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


@dataclass(frozen=True, slots=True)
class Work:
    """What one transaction offers."""

    catalogue: Catalogue
    deliveries: Deliveries
    history: History
    schedule: Schedule
    records: Records
    units: KnownUnits
    events: Events
    audit: Audit


Read = Callable[[bytes, str], pl.DataFrame]
"""Read a file of a media type into text columns and `row`; raises a FileUnreadable."""

Rekey = Callable[[pl.Series], pl.Series]
"""Replace the senders' pseudonyms of persons by the service's own; they cannot be turned back."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a use case may ask for."""

    begin: Callable[[], AbstractAsyncContextManager[Work]]
    look: Callable[[Reach], AbstractAsyncContextManager[Work]]
    read: Read
    fetch_units: Callable[[], Awaitable[object]]
    rekey: Rekey
    today: Callable[[], date]
