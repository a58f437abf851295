"""Judging the goals of agreements in force whenever an agreement or a delivery changes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.event import Event
from domain.agreement import Status
from domain.attainment import Need, Readings, judge, needs
from domain.goal import Goal
from domain.identity import AgreementId, IndicatorCode, UnitCode
from domain.period import YEAR_LENGTH, Month, View
from domain.reading import Reading
from domain.unit import Units

from reporting.ports import Agreed, Judgement, Ports
from reporting.usecases.items import digest_of, first_month, judgement_of

Read = Mapping[tuple[UnitCode, IndicatorCode, View, Month], Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What judging an agreement gave: the judgements that changed, and the newest month with data."""

    agreement: AgreementId
    changed: Sequence[Judgement]
    latest: Month | None


async def judge_all(ports: Ports, agreed: Iterable[Agreed], now: datetime) -> list[Judged]:
    """Judge several agreements, each by one round of questions to the indicators service."""
    return [await judge_one(ports, agreement, now) for agreement in agreed]


async def judge_one(ports: Ports, agreed: Agreed, now: datetime) -> Judged:
    """Judge every goal and month of an agreement; keep apart what differs from what is known."""
    if agreed.status is not Status.IN_FORCE:
        return Judged(agreement=agreed.id, changed=(), latest=None)
    async with ports.look(None) as work:
        units, known = await work.copies.units(), await work.judgements.current(agreed.id)
    read = await read_all(ports, agreed)
    latest = _latest(agreed, read)
    changed: list[Judgement] = []
    for goal in agreed.revision.goals:
        for number in range(latest - first_month(agreed) + 1):
            month = first_month(agreed).plus(number)
            judged = judge(goal, unit_of(goal), month, readings_of(unit_of(goal), read), agreed.declarations)
            id, digest = known.get((goal.code, month), (None, None))
            if digest != digest_of(agreed, goal, judged, units):
                changed.append(judgement_of(agreed, goal, judged, units, now, id or ports.new_id()))
    return Judged(agreement=agreed.id, changed=changed, latest=latest)


async def keep(ports: Ports, judged: Iterable[Judged], service: str, cursor: str) -> None:
    """Keep judgements and the cursor of the feed that caused them in one transaction."""
    async with ports.begin() as work:
        await work.copies.keep_cursor(service, cursor)
        for one in judged:
            if one.latest is None:
                await work.judgements.end(one.agreement)
            else:
                await work.judgements.append(one.agreement, one.changed, one.latest)
                await work.events.tell(*_news(one))


def unit_of(goal: Goal) -> UnitCode:
    """Give the unit a goal is judged for: the one that must act."""
    return goal.obligated or goal.carrier or UnitCode("")


def concerned(agreed: Iterable[Agreed], delivered: frozenset[str], units: Units, on: Month) -> list[Agreed]:
    """Choose the agreements in force with a goal for a unit that was delivered for, or that has it as a part."""
    return [
        one
        for one in agreed
        if one.status is Status.IN_FORCE
        and any(not delivered.isdisjoint(with_parts(units, unit_of(goal), on)) for goal in one.revision.goals)
    ]


def with_parts(units: Units, code: UnitCode, on: Month) -> set[UnitCode]:
    """Give a unit and everything that is part of it."""
    found, waiting = set[UnitCode](), [code]
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting += units.parts(unit, on.first_day)
    return found


async def read_all(ports: Ports, agreed: Agreed) -> Read:
    """Ask for every reading that judging an agreement and drawing its year needs."""
    last = min(Month(agreed.revision.year, YEAR_LENGTH), Month.of(ports.today()))
    wanted: list[Need] = []
    for goal in agreed.revision.goals:
        wanted += needs(goal, max(last, first_month(agreed)))
    units = sorted({unit_of(goal) for goal in agreed.revision.goals if needs(goal, last)})
    found = await ports.indicators.readings(units, wanted) if wanted else ()
    return {(r.unit, r.indicator, r.view, r.month): r for r in found}


def _latest(agreed: Agreed, read: Read) -> Month:
    """Give the newest month of the year in which any figure has a value; January where there is none."""
    months = [key[3] for key, reading in read.items() if reading.value is not None]
    return max([month for month in months if month.year == agreed.revision.year], default=first_month(agreed))


def readings_of(unit: UnitCode, read: Read) -> Readings:
    """Give the readings of one unit as judging asks for them."""
    return lambda indicator, view, month: read.get((unit, indicator, view, month))


def _news(judged: Judged) -> list[Event]:
    if not judged.changed:
        return []
    units = sorted({one.unit for one in judged.changed})
    data = {"agreement": str(judged.agreement), "units": units, "changed": len(judged.changed)}
    return [Event(type="attainment.changed", subject=str(judged.agreement), data=data)]
