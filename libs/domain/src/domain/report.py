"""A report as a value: everything it shows, frozen, so that it can be made again byte for byte."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.duty import DutyStatus
from domain.identity import GoalCode, UnitCode, VariableCode
from domain.indicator import Direction
from domain.party import PartyRole
from domain.path import PathKind
from domain.period import Month
from domain.quantity import Measure
from domain.reading import DataState
from domain.responsibility import Scope
from domain.terms import GoalKind, Thresholds
from domain.undertaking import Light, Reason


class ReportKind(StrEnum):
    """For whom and how often a report is made."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    ANNUAL = "annual"
    INVENTORY = "inventory"


class ReportStatus(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    IN_COORDINATION = "in_coordination"
    DISCUSSED = "discussed"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPoint:
    """A month of a goal's year: what was expected, what was reached."""

    month: Month
    expected: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One goal as the report shows it; figures unrounded in `unit_of_measure`, degree in percent."""

    goal: GoalCode
    section: str | None
    title: str
    kind: GoalKind
    scope: Scope | None
    light: Light
    target: Decimal | None = None
    unit_of_measure: Measure | None = None
    direction: Direction | None = None
    expected: Decimal | None = None
    actual: Decimal | None = None
    degree: Decimal | None = None
    gap: Decimal | None = None
    state: DataState | None = None
    reason: Reason | None = None
    path: PathKind | None = None
    due: date | None = None
    missing: tuple[str, ...] = ()
    points: tuple[ReportPoint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportParty:
    """A party as the report names it: by unit and office."""

    name: str
    role: PartyRole
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueDelivery:
    """A delivery that is missing, late or incomplete; `labels` name its variables in German, one each."""

    unit: UnitCode
    unit_name: str
    month: Month
    variables: tuple[VariableCode, ...]
    due: date
    status: DutyStatus
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report on the goals of one agreement, judged up to `month`, as known at `as_of`."""

    kind: ReportKind
    unit: UnitCode
    unit_name: str
    period: str
    month: Month
    agreement: str
    agreement_title: str
    revision: int
    as_of: datetime
    notice: str | None
    thresholds: Thresholds
    parties: tuple[ReportParty, ...]
    lines: tuple[ReportLine, ...]
    overdue: tuple[OverdueDelivery, ...]

    @property
    def lights(self) -> Mapping[Light, int]:
        """Count the goals by light."""
        return {light: sum(line.light is light for line in self.lines) for light in Light}
