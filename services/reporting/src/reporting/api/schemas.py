"""Attainment and reports on the wire."""

from typing import Any
from uuid import UUID

from chassis.wire import DecimalText, FigureText, Instant, MonthText, Sent, Told
from domain.identity import AgreementId, UnitCode
from domain.indicator import Direction
from domain.path import PathKind
from domain.period import Period
from domain.quantity import Measure
from domain.reading import DataState
from domain.report import ReportKind, ReportStatus
from domain.responsibility import Scope
from domain.terms import GoalKind
from domain.undertaking import Light, Reason
from pydantic import Field

from reporting.ports import KeptReport
from reporting.usecases.reporting import Order


class AttainmentOut(Told):
    """
    One goal in one month: expected so far, actual, degree in percent, light, and how firm that is.

    `attested` says that somebody stands for every reading it was judged by, as it is known.
    """

    id: UUID
    unit: str
    unit_name: str
    agreement: UUID
    agreement_title: str
    revision: int
    goal: str
    goal_title: str
    kind: GoalKind
    scope: Scope | None
    period: str
    month: MonthText
    target: FigureText | None
    unit_of_measure: Measure | None
    direction: Direction | None
    expected: FigureText | None
    actual: FigureText | None
    degree: FigureText | None
    gap: FigureText | None
    light: Light
    data_state: DataState | None
    reason: Reason | None
    missing: list[str]
    path: PathKind | None
    attested: bool
    forecast: None
    deliveries: int
    judged_at: Instant


class AttainmentPage(Told):
    """Attainment in the order of unit, agreement and goal."""

    items: list[AttainmentOut]
    next: str | None


class ChangePage(Told):
    """What changed, in the order of change; `next` is always given."""

    items: list[AttainmentOut]
    next: str


class ThresholdsOut(Told):
    """From which degree in percent a light is green, and from which yellow."""

    green: DecimalText
    yellow: DecimalText


class EvidenceReading(Told):
    """A reading as it was when the goal was judged."""

    unit: str
    indicator: str
    month: str
    view: str
    value: FigureText | None
    numerator: FigureText | None
    denominator: FigureText | None
    definition: str
    state: DataState
    reason: str | None
    deliveries: list[UUID]


class AttainmentWhy(Told):
    """The whole chain: signed goal, judgement, readings, and each reading's formula, observations, deliveries."""

    attainment: AttainmentOut
    agreement: UUID
    revision: int
    digest: str
    goal: dict[str, Any]
    thresholds: ThresholdsOut
    readings: list[EvidenceReading]
    lineage: list[dict[str, Any]]


class ReportIn(Sent):
    """A report to draft."""

    kind: ReportKind
    unit: str = Field(min_length=1, max_length=40, examples=["36402"])
    period: str = Field(max_length=10, examples=["2014-Q4"])
    agreement: UUID | None = Field(None, description="which one, where several are judged for the unit and period")

    def order(self) -> Order:
        """Read it as what the use case takes."""
        agreement = None if self.agreement is None else AgreementId(self.agreement)
        return Order(kind=self.kind, unit=UnitCode(self.unit), period=Period.parse(self.period), agreement=agreement)


class ReportOut(Told):
    """A report without its content; the document has that."""

    id: UUID
    kind: ReportKind
    unit: str
    unit_name: str
    period: str
    month: str
    status: ReportStatus
    agreement: UUID
    agreement_title: str
    lights: dict[Light, int]
    digest: str
    created_at: Instant
    created_by: str


class ReportPage(Told):
    """Reports, oldest first."""

    items: list[ReportOut]
    next: str | None


def report_out(kept: KeptReport) -> ReportOut:
    """Tell a report."""
    report = kept.report
    return ReportOut(
        id=kept.id,
        kind=report.kind,
        unit=report.unit,
        unit_name=report.unit_name,
        period=report.period,
        month=str(report.month),
        status=kept.status,
        agreement=UUID(report.agreement),
        agreement_title=report.agreement_title,
        lights=dict(report.lights),
        digest=kept.digest,
        created_at=kept.created_at,
        created_by=kept.created_by,
    )
