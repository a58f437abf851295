"""What the reporting service needs from the world."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from chassis.audit.change import Audit
from chassis.caller import Reach
from chassis.event import Events
from domain.agreement import Declaration, Revision, Status
from domain.attainment import Need
from domain.identity import AgreementId, GoalCode, IndicatorCode, ReportId, UnitCode
from domain.period import Month, Period
from domain.reading import Reading
from domain.report import OverdueDelivery, Report, ReportKind, ReportStatus
from domain.undertaking import Light
from domain.unit import Units

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """An agreement as the agreements service tells it, with what was declared of its goals."""

    id: AgreementId
    status: Status
    revision: Revision
    digest: str
    declarations: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What an agreement in force is judged by: the units that must act, and the indicators of its goals."""

    agreement: AgreementId
    units: frozenset[UnitCode]
    indicators: frozenset[IndicatorCode]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One judged goal and month, ready to be served: `body` is the JSON of the item, `why` its evidence."""

    id: UUID
    unit: UnitCode
    agreement: AgreementId
    goal: GoalCode
    month: Month
    light: Light
    digest: str
    body: str
    why: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """A page of items as JSON ready to be sent, what version that is, how far it goes, and whether there is more."""

    items: str
    version: str
    position: int
    last: tuple[str, ...] | None
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which attainment a list shows; units None is any, no period is each agreement's newest month with data."""

    units: Sequence[str] | None = None
    agreements: Sequence[UUID] = ()
    lights: Sequence[Light] = ()
    period: Period | None = None
    as_of: datetime | None = None
    after: tuple[str, ...] | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which reports a list shows; units None is any, another empty selection is any too."""

    units: Sequence[str] | None = None
    kinds: Sequence[ReportKind] = ()
    periods: Sequence[str] = ()
    statuses: Sequence[ReportStatus] = ()
    after: UUID | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReport:
    """A report as it is kept: its frozen content and the digest of that."""

    id: ReportId
    status: ReportStatus
    digest: str
    created_at: datetime
    created_by: str
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A reading as the indicators service shows it: `attested` where somebody stands for its month as it is known."""

    reading: Reading
    attested: bool


class Judgements(Protocol):
    """Attainment with everything it ever was, within one transaction."""

    async def in_turn(self) -> None:
        """Wait for the writers before; from here to the commit nobody else keeps judgements."""

    async def current(self, agreement: AgreementId) -> Mapping[tuple[GoalCode, Month], tuple[UUID, str]]:
        """Give id and digest of each current judgement of an agreement."""

    async def append(self, agreement: AgreementId, changed: Sequence[Judgement], latest: Month) -> None:
        """Keep what changed in place of what was current; remember the newest month with data."""

    async def end(self, agreement: AgreementId) -> None:
        """Take an agreement that is no longer in force out of the current list."""

    async def pull(self, wanted: Wanted) -> Pulled:
        """List current attainment in the order unit, agreement, goal."""

    async def changes(self, after: int, limit: int) -> Pulled:
        """List what changed behind a position, in the order of change."""

    async def one(self, id: UUID) -> Judgement:
        """Give one; UnknownAttainment where there is none within reach."""

    async def latest(self, agreement: AgreementId, period: Period) -> tuple[Month, datetime] | None:
        """Give the newest judged month inside a period, and when anything up to it was last judged anew."""


class Reports(Protocol):
    """Reports, within one transaction."""

    async def add(self, kept: KeptReport) -> None:
        """Keep a report."""

    async def get(self, id: ReportId) -> KeptReport:
        """Give one; UnknownReport where there is none within reach."""

    async def matching(self, sought: Sought) -> Sequence[KeptReport]:
        """List reports, oldest first."""


class Copied(Protocol):
    """Copies of what the other services tell, within one transaction."""

    async def units(self) -> Units:
        """Give the tree of units; an empty one before the first copy."""

    async def keep_units(self, document: Document) -> None:
        """Keep a newer tree."""

    async def agreement(self, id: AgreementId) -> Agreed | None:
        """Give an agreement, if there is a copy."""

    async def stakes(self) -> Sequence[Stake]:
        """Say of every agreement in force what it is judged by, without reading them all."""

    async def keep_agreement(self, id: AgreementId, document: Document) -> None:
        """Keep a newer agreement."""

    async def cursor(self, service: str) -> str | None:
        """Say how far a feed has been read."""

    async def keep_cursor(self, service: str, cursor: str) -> None:
        """Remember how far."""


class AgreementsService(Protocol):
    """The agreements service."""

    async def units(self) -> Document:
        """Give the tree of units."""

    async def agreement(self, id: AgreementId) -> Document:
        """Give an agreement with its declarations and digest."""


class IndicatorsService(Protocol):
    """The indicators service."""

    async def readings(self, units: Sequence[UnitCode], needs: Sequence[Need]) -> Sequence[Shown]:
        """Read everything that is needed."""

    async def why(self, reading: Document, as_of: datetime) -> Document:
        """Trace a reading down to observations and deliveries, as it was known then."""

    async def overdue(self, units: Sequence[UnitCode], months: Period) -> Sequence[OverdueDelivery]:
        """List deliveries of units for months that are missing, late or incomplete."""


@dataclass(frozen=True, slots=True)
class Work:
    """What one transaction offers."""

    judgements: Judgements
    reports: Reports
    copies: Copied
    events: Events
    audit: Audit


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a use case may ask for."""

    begin: Callable[[], AbstractAsyncContextManager[Work]]
    look: Callable[[Reach], AbstractAsyncContextManager[Work]]
    agreements: AgreementsService
    indicators: IndicatorsService
    units: Callable[[], Awaitable[Units]]
    today: Callable[[], date]
    new_id: Callable[[], UUID]
