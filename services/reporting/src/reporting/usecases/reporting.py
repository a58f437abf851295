"""Making reports: everything a report shows is gathered once, frozen, and never looked up again."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from chassis.caller import Caller, Role
from chassis.canonical import canonical, sha256
from chassis.event import Event
from domain.agreement import Status
from domain.attainment import judge, trajectory
from domain.codec import encode
from domain.goal import Goal
from domain.identity import ReportId, UnitCode
from domain.period import Month, Period
from domain.report import Report, ReportKind, ReportLine, ReportParty, ReportPoint, ReportStatus
from domain.terms import USUAL, AppropriationTerms, DeliverableTerms, SupportOfferTerms
from domain.unit import Units

from reporting.ports import Agreed, KeptReport, Ports
from reporting.usecases.errors import NothingToReport, PeriodDoesNotFit
from reporting.usecases.judging import Read, read_all, readings_of, unit_of, with_parts
from reporting.usecases.sight import REPORT_READERS, must_reach, seeing

AUTHORS = (Role.CONTROLLER, Role.UNIT_LEAD, Role.SUPERVISOR)
LENGTHS = {ReportKind.MONTHLY: 1, ReportKind.QUARTERLY: 3, ReportKind.HALF_YEARLY: 6, ReportKind.ANNUAL: 12}


async def make(ports: Ports, caller: Caller, kind: ReportKind, unit: str, text: str, now: datetime) -> KeptReport:
    """Draft a report on a unit and period from what is judged and known now."""
    period = Period.parse(text)
    if len(period) != LENGTHS.get(kind, len(period)):
        raise PeriodDoesNotFit(kind=kind, months=LENGTHS[kind], period=text)
    async with seeing(ports, caller, *AUTHORS) as (work, units, reach):
        must_reach(units, reach, unit)
        found = [(one, await work.judgements.latest(one.id, period)) for one in await work.copies.agreements()]
    fitting = [(one, month) for one, month in found if month and one.status is Status.IN_FORCE and _concerns(one, unit)]
    if not fitting:
        raise NothingToReport(unit=unit, period=text)
    agreed, month = fitting[-1]
    report = await _report(ports, agreed, units, UnitCode(unit), month, period, kind, now)
    kept = KeptReport(
        id=ReportId(ports.new_id()),
        status=ReportStatus.DRAFT,
        digest=sha256(canonical({"report": encode(report)})),
        created_at=now,
        created_by=caller.subject,
        report=report,
    )
    async with ports.begin() as work:
        await work.reports.add(kept)
        data = {"report": str(kept.id), "unit": unit, "kind": kind.value, "period": text}
        await work.events.tell(Event(type="report.drafted", subject=str(kept.id), data=data))
    return kept


async def one(ports: Ports, caller: Caller, id: ReportId) -> KeptReport:
    """Give one report."""
    async with seeing(ports, caller, *REPORT_READERS) as (work, _, _):
        return await work.reports.get(id)


async def matching(
    ports: Ports,
    caller: Caller,
    units: Sequence[str],
    kinds: Sequence[ReportKind],
    periods: Sequence[str],
    after: UUID | None,
    limit: int,
) -> Sequence[KeptReport]:
    """List reports of units within reach, oldest first."""
    async with seeing(ports, caller, *REPORT_READERS) as (work, _, _):
        return await work.reports.matching(units, kinds, periods, after, limit)


def _concerns(agreed: Agreed, unit: str) -> bool:
    return any(unit_of(goal) == unit for goal in agreed.revision.goals)


async def _report(
    ports: Ports,
    agreed: Agreed,
    units: Units,
    unit: UnitCode,
    month: Month,
    period: Period,
    kind: ReportKind,
    now: datetime,
) -> Report:
    read = await read_all(ports, agreed)
    deliverers = sorted(with_parts(units, unit, month))
    revision = agreed.revision
    return Report(
        kind=kind,
        unit=unit,
        unit_name=units.get(unit).name,
        period=str(period),
        month=month,
        agreement=str(agreed.id),
        agreement_title=revision.title,
        revision=revision.number,
        as_of=now,
        notice=revision.note,
        thresholds=USUAL,
        parties=tuple(
            ReportParty(name=units.get(party.unit).name, role=party.role, office=party.signs_as)
            for party in revision.parties
        ),
        lines=tuple(_line(agreed, goal, month, read, units) for goal in revision.goals),
        overdue=tuple(await ports.indicators.overdue(deliverers, period)),
    )


def _line(agreed: Agreed, goal: Goal, month: Month, read: Read, units: Units) -> ReportLine:
    readings = readings_of(unit_of(goal), read)
    judged = judge(goal, unit_of(goal), month, readings, agreed.declarations)
    lacking = sorted({(missing.unit, missing.month) for one in judged.evidence for missing in one.missing})
    return ReportLine(
        goal=goal.code,
        section=goal.section,
        title=goal.title,
        kind=goal.kind,
        scope=goal.scope,
        light=judged.light,
        target=judged.target,
        unit_of_measure=judged.unit_of_measure,
        direction=judged.direction,
        expected=judged.expected,
        actual=judged.actual,
        degree=judged.degree,
        gap=judged.gap,
        state=judged.state,
        reason=judged.reason,
        path=judged.path,
        due=_due(goal),
        missing=tuple(f"{units.get(code).name}, {at}" for code, at in lacking),
        points=tuple(
            ReportPoint(month=point.month, expected=point.expected, actual=point.actual)
            for point in trajectory(goal, month, readings)
        ),
    )


def _due(goal: Goal) -> date | None:
    if isinstance(goal.terms, DeliverableTerms | SupportOfferTerms | AppropriationTerms):
        return goal.terms.due
    return None
