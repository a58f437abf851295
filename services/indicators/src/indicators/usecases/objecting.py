"""Objections: a unit contests a reading, its supervisor answers by a day, the unit may take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from chassis.caller import Caller, Reach, Role, visible
from domain.attestation import Withdrawal
from domain.deadline import deadline
from domain.identity import IndicatorCode, UnitCode
from domain.objection import Answered, NoFigureToContest, Objection, ObjectionStatus, must_be_the_figure
from domain.period import Month, View
from domain.place import Places

from indicators.ports import Ports, Work
from indicators.ports.documents import NO_BOUND, Filed
from indicators.usecases.errors import MonthAhead
from indicators.usecases.filing import Check, authority, file, refile
from indicators.usecases.objecting_errors import UnknownObjection
from indicators.usecases.plan import Asked
from indicators.usecases.reading import readings
from indicators.usecases.sight import must_reach, seeing
from indicators.usecases.telling import told

CONTESTANTS = (Role.CONTROLLER, Role.UNIT_LEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """
    What a unit contests.

    No view is the indicator's own, no value the figure as it stands, no `due` ten working days of the unit's Land.
    """

    unit: UnitCode
    indicator: IndicatorCode
    view: View | None
    month: Month
    contested: Decimal | None
    held_right: Decimal | None
    reason: str
    source: str
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which objections are asked for; empty selections are any."""

    units: Sequence[str] = ()
    indicators: Sequence[str] = ()
    months: Sequence[Month] = ()
    statuses: Sequence[ObjectionStatus] = ()
    overdue: bool = False


async def contest(ports: Ports, caller: Caller, id: UUID, raised: Raised, now: datetime) -> Filed[Objection]:
    """Raise an objection against a reading of a unit within reach."""
    caller.must_be(*CONTESTANTS)
    units, reach = await authority(ports, caller)
    must_reach(units, reach, raised.unit)
    today = ports.today()
    if raised.month.first_day > today:
        raise MonthAhead(str(raised.month))
    view, figure = await _figure(ports, caller, raised, now)
    must_be_the_figure(raised.contested, figure)
    objection = Objection(
        unit=raised.unit,
        indicator=raised.indicator,
        view=view,
        month=raised.month,
        contested=figure,
        held_right=raised.held_right,
        reason=raised.reason,
        source=raised.source,
        due=deadline(raised.due, today, Places(units).of(raised.unit, today)),
        by=caller.subject,
        at=now,
    )
    async with ports.begin() as work:
        return await file(work, caller, work.objections, id, objection, "objection.raised")


async def answer(
    ports: Ports, caller: Caller, id: UUID, check: Check, accepted: bool, reason: str, now: datetime
) -> Filed[Objection]:
    """Answer an objection as the supervisor."""
    caller.must_be(Role.SUPERVISOR)
    _, reach = await authority(ports, caller)
    async with ports.begin() as work:
        known = await _changeable(work, reach, id, check)
        answered = known.value.answered(Answered(accepted=accepted, reason=reason, by=caller.subject, at=now))
        return await refile(work, caller, work.objections, known, answered, "objection.answered")


async def withdraw(
    ports: Ports, caller: Caller, id: UUID, check: Check, reason: str, now: datetime
) -> Filed[Objection]:
    """Take an objection back before it is answered."""
    caller.must_be(*CONTESTANTS)
    _, reach = await authority(ports, caller)
    async with ports.begin() as work:
        known = await _changeable(work, reach, id, check)
        withdrawn = known.value.withdrawn(Withdrawal(by=caller.subject, at=now, reason=reason))
        return await refile(work, caller, work.objections, known, withdrawn, "objection.withdrawn")


async def one(ports: Ports, caller: Caller, id: UUID) -> Filed[Objection]:
    """Give one objection."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.objections.get(id)


async def matching(
    ports: Ports, caller: Caller, wanted: Wanted, after: UUID | None, limit: int
) -> Sequence[Filed[Objection]]:
    """List objections within reach in the order they were raised."""
    statuses, below = wanted.statuses, NO_BOUND
    if wanted.overdue:
        if statuses and ObjectionStatus.OPEN not in statuses:
            return []
        statuses, below = [ObjectionStatus.OPEN], {"due": ports.today()}
    keys = {"unit": wanted.units, "indicator": wanted.indicators, "month": wanted.months, "status": statuses}
    async with seeing(ports, caller) as (work, _, _):
        return await work.objections.matching(keys, after, limit, below)


async def _figure(ports: Ports, caller: Caller, raised: Raised, now: datetime) -> tuple[View, Decimal]:
    """Read what is contested as the caller does: its view, and its value as it is told; the indicator must be known."""
    asked = Asked(
        units=[raised.unit],
        indicators=[raised.indicator],
        views=[raised.view] if raised.view else [],
        first=raised.month,
        last=raised.month,
        as_of=None,
    )
    (reading,) = (await readings(ports, caller, asked, None, 1, now)).found
    figure = told(reading.value)
    if figure is None:
        place = {"unit": raised.unit, "indicator": raised.indicator, "month": str(raised.month)}
        raise NoFigureToContest(**place, reason=str(reading.reason))
    return reading.view, figure


async def _changeable(work: Work, reach: Reach, id: UUID, check: Check) -> Filed[Objection]:
    """Lock an objection for a change by somebody who sees it and holds its newest version."""
    known = await work.objections.locked(id)
    if not visible(reach, {known.value.unit}):
        raise UnknownObjection(id)
    check(known.version)
    return known
