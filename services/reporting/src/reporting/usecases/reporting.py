"""Making reports: everything a report shows is gathered once, frozen, and never looked up again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.canonical import digest
from chassis.event import Event
from domain.attainment import judge, trajectory
from domain.codec import encode
from domain.goal import Goal
from domain.identity import AgreementId, ReportId, UnitCode
from domain.period import Month, Period
from domain.report import Report, ReportKind, ReportLine, ReportParty, ReportPoint, ReportStatus
from domain.terms import USUAL, AppropriationTerms, DeliverableTerms, SupportOfferTerms
from domain.unit import Units
from domain.unit_parts import with_parts

from reporting.ports import Agreed, KeptReport, Ports, Sought
from reporting.usecases.errors import NothingToReport, PeriodDoesNotFit, SeveralAgreements
from reporting.usecases.judging import Found, copied, readings_of, refreshed, unit_of
from reporting.usecases.sight import REPORT_READERS, must_reach, seeing

AUTHORS = (Role.CONTROLLER, Role.UNIT_LEAD, Role.SUPERVISOR)
LENGTHS = {ReportKind.MONTHLY: 1, ReportKind.QUARTERLY: 3, ReportKind.HALF_YEARLY: 6, ReportKind.ANNUAL: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which report is wanted; the agreement need not be named where only one is judged."""

    kind: ReportKind
    unit: UnitCode
    period: Period
    agreement: AgreementId | None = None


async def make(ports: Ports, caller: Caller, order: Order, now: datetime) -> KeptReport:
    """Draft a report on a unit and period from what is judged and known now."""
    if len(order.period) != LENGTHS.get(order.kind, len(order.period)):
        raise PeriodDoesNotFit(kind=order.kind, months=LENGTHS[order.kind], period=str(order.period))
    async with seeing(ports, caller, *AUTHORS) as (_, units, reach):
        must_reach(units, reach, order.unit)
    agreed = await _chosen(ports, order)
    report = await _report(ports, order, agreed, units, await refreshed(ports, agreed, now))
    kept = KeptReport(
        id=ReportId(ports.new_id()),
        status=ReportStatus.DRAFT,
        digest=digest({"report": encode(report)}),
        created_at=now,
        created_by=caller.subject,
        report=report,
    )
    async with ports.begin() as work:
        await work.reports.add(kept)
        data = {"report": str(kept.id), "unit": order.unit, "kind": order.kind.value, "period": report.period}
        drafted = Change(by=caller.subject, action="report.drafted", resource=f"report:{kept.id}", after=kept.digest)
        await work.audit.record(drafted)
        await work.events.tell(Event(type="report.drafted", subject=str(kept.id), data=data))
    return kept


async def one(ports: Ports, caller: Caller, id: ReportId) -> KeptReport:
    """Give one report."""
    async with seeing(ports, caller, *REPORT_READERS) as (work, _, _):
        return await work.reports.get(id)


async def matching(ports: Ports, caller: Caller, sought: Sought) -> Sequence[KeptReport]:
    """List reports of units within reach, oldest first."""
    async with seeing(ports, caller, *REPORT_READERS) as (work, units, reach):
        for code in sought.units or ():
            must_reach(units, reach, code)
        return await work.reports.matching(sought)


async def _chosen(ports: Ports, order: Order) -> Agreed:
    """Find the agreement in force that was judged for the unit in the period."""
    async with ports.look(None) as work:
        stakes = [s.agreement for s in await work.copies.stakes() if order.unit in s.units]
        judged = [id for id in stakes if await work.judgements.latest(id, order.period) is not None]
    fitting = [id for id in judged if order.agreement in (None, id)]
    if not fitting:
        raise NothingToReport(unit=order.unit, period=str(order.period))
    if len(fitting) > 1:
        raise SeveralAgreements(", ".join(map(str, fitting)))
    return (await copied(ports, fitting))[0]


async def _report(ports: Ports, order: Order, agreed: Agreed, units: Units, read: Found) -> Report:
    """
    Gather what the report shows.

    It is dated by the newest judgement it rests on: made again from the same inputs it is the same to the byte.
    """
    async with ports.look(None) as work:
        found = await work.judgements.latest(agreed.id, order.period)
    if found is None:
        raise NothingToReport(unit=order.unit, period=str(order.period))
    month, judged_at = found
    deliverers = sorted(with_parts(units, [order.unit], [month]))
    revision = agreed.revision
    return Report(
        kind=order.kind,
        unit=order.unit,
        unit_name=units.get(order.unit).name,
        period=str(order.period),
        month=month,
        agreement=str(agreed.id),
        agreement_title=revision.title,
        revision=revision.number,
        as_of=judged_at,
        notice=revision.note,
        thresholds=USUAL,
        parties=tuple(
            ReportParty(name=units.get(party.unit).name, role=party.role, office=party.signs_as)
            for party in revision.parties
        ),
        lines=tuple(_line(agreed, goal, month, read, units) for goal in revision.goals),
        overdue=tuple(await ports.indicators.overdue(deliverers, order.period)),
    )


def _line(agreed: Agreed, goal: Goal, month: Month, read: Found, units: Units) -> ReportLine:
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
