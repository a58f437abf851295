"""Judging the goals of agreements in force whenever an agreement or a delivery changes them."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.event import Event
from domain.agreement import Status
from domain.attainment import Attainment, Need, Readings, judge, needs
from domain.goal import Goal
from domain.identity import AgreementId, GoalCode, IndicatorCode, UnitCode
from domain.period import YEAR_LENGTH, Month, View
from domain.reading import Reading
from domain.unit import Units

from reporting.ports import Agreed, Judgement, Ports, Shown, Stake
from reporting.usecases.errors import JudgedMeanwhile
from reporting.usecases.items import digest_of, first_month, judgement_of

AT_ONCE = 4
TRIES = 5
Key = tuple[UnitCode, IndicatorCode, View, Month]
Found = Mapping[Key, Shown]
Known = Mapping[tuple[GoalCode, Month], tuple[UUID, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What judging an agreement gave against what was known; no newest month where it is not in force."""

    agreement: AgreementId
    known: Known
    changed: Sequence[Judgement]
    latest: Month | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """How far a service's feed has been read."""

    service: str
    upto: str


async def judged_and_kept(ports: Ports, ids: Collection[AgreementId], now: datetime, read: Read) -> None:
    """Judge agreements and keep that with the feed's cursor; anew where somebody else judged them meanwhile."""
    for left in reversed(range(TRIES)):
        judged = await judge_all(ports, await copied(ports, ids), now)
        try:
            return await keep(ports, judged, read)
        except JudgedMeanwhile:
            if not left:
                raise
    return None


async def copied(ports: Ports, ids: Collection[AgreementId]) -> list[Agreed]:
    """Give the copies of agreements."""
    async with ports.look(None) as work:
        return [found for id in sorted(ids) if (found := await work.copies.agreement(id)) is not None]


async def judge_all(ports: Ports, agreed: Iterable[Agreed], now: datetime) -> list[Judged]:
    """Judge several agreements, a few at a time, each by one round of questions to the indicators service."""
    async with ports.look(None) as work:
        units = await work.copies.units()
    turns = asyncio.Semaphore(AT_ONCE)

    async def in_turn(one: Agreed) -> Judged:
        async with turns:
            return await judge_one(ports, one, units, now)

    return await asyncio.gather(*(in_turn(one) for one in agreed))


async def judge_one(ports: Ports, agreed: Agreed, units: Units, now: datetime) -> Judged:
    """Judge every goal and month of an agreement; keep apart what differs from what is known."""
    if agreed.status is not Status.IN_FORCE:
        return Judged(agreement=agreed.id, known={}, changed=(), latest=None)
    async with ports.look(None) as work:
        known = await work.judgements.current(agreed.id)
    found = await read_all(ports, agreed)
    return await asyncio.to_thread(judged_by, agreed, found, known, units, now, ports.new_id)


def judged_by(
    agreed: Agreed, found: Found, known: Known, units: Units, now: datetime, new_id: Callable[[], UUID]
) -> Judged:
    """
    Judge an agreement by what was read, up to the newest month with data.

    A month that was judged before is judged again also where its data were withdrawn: whoever pulls changes is told.
    """
    latest, first = _latest(agreed, found), first_month(agreed)
    last = max([latest, *(month for _, month in known)])
    changed: list[Judgement] = []
    for goal in agreed.revision.goals:
        for month in (first.plus(number) for number in range(last - first + 1)):
            judged = judge(goal, unit_of(goal), month, readings_of(unit_of(goal), found), agreed.declarations)
            attested = _attested(judged, found)
            id, digest = known.get((goal.code, month), (None, None))
            if digest != digest_of(agreed, goal, judged, units, attested=attested):
                changed.append(judgement_of(agreed, goal, judged, units, now, id or new_id(), attested=attested))
    return Judged(agreement=agreed.id, known=known, changed=changed, latest=latest)


async def keep(ports: Ports, judged: Iterable[Judged], read: Read | None = None) -> None:
    """Keep judgements, and the cursor of the feed that caused them, in one transaction."""
    async with ports.begin() as work:
        await work.judgements.in_turn()
        if read is not None:
            await work.copies.keep_cursor(read.service, read.upto)
        news: list[Event] = []
        for one in judged:
            if one.latest is None:
                await work.judgements.end(one.agreement)
                continue
            if await work.judgements.current(one.agreement) != one.known:
                raise JudgedMeanwhile(one.agreement)
            await work.judgements.append(one.agreement, one.changed, one.latest)
            news += _news(one)
        await work.events.tell(*news)


async def refreshed(ports: Ports, agreed: Agreed, now: datetime) -> Found:
    """Judge an agreement by what is known now, keep what that changes, and give what was read for it."""
    async with ports.look(None) as work:
        units, known = await work.copies.units(), await work.judgements.current(agreed.id)
    found = await read_all(ports, agreed)
    judged = await asyncio.to_thread(judged_by, agreed, found, known, units, now, ports.new_id)
    if judged.changed:
        await keep(ports, [judged])
    return found


def unit_of(goal: Goal) -> UnitCode:
    """Give the unit a goal is judged for: the one that must act."""
    return goal.obligated or goal.carrier or UnitCode("")


def stake_of(agreed: Agreed) -> Stake:
    """Say what an agreement is judged by; nothing where it is not in force."""
    goals = agreed.revision.goals if agreed.status is Status.IN_FORCE else ()
    last = Month(agreed.revision.year, YEAR_LENGTH)
    return Stake(
        agreement=agreed.id,
        units=frozenset(unit_of(goal) for goal in goals),
        indicators=frozenset(need.indicator for goal in goals for need in needs(goal, last)),
    )


async def read_all(ports: Ports, agreed: Agreed) -> Found:
    """Ask for every reading that judging an agreement and drawing its year needs."""
    last = max(min(Month(agreed.revision.year, YEAR_LENGTH), Month.of(ports.today())), first_month(agreed))
    wanted: list[Need] = []
    for goal in agreed.revision.goals:
        wanted += needs(goal, last)
    units = sorted({unit_of(goal) for goal in agreed.revision.goals if needs(goal, last)})
    found = await ports.indicators.readings(units, wanted) if wanted else ()
    return {key_of(shown.reading): shown for shown in found}


def key_of(reading: Reading) -> Key:
    """Say by what a reading is found."""
    return reading.unit, reading.indicator, reading.view, reading.month


def _attested(judged: Attainment, found: Found) -> bool:
    """Say whether somebody stands for every reading that was judged by; nobody does where there is none."""
    return bool(judged.evidence) and all(found[key_of(reading)].attested for reading in judged.evidence)


def _latest(agreed: Agreed, found: Found) -> Month:
    """Give the newest month of the year in which any figure has a value; January where there is none."""
    months = [key[3] for key, shown in found.items() if shown.reading.value is not None]
    return max([month for month in months if month.year == agreed.revision.year], default=first_month(agreed))


def readings_of(unit: UnitCode, found: Found) -> Readings:
    """Give the readings of one unit as judging asks for them."""

    def reading(indicator: IndicatorCode, view: View, month: Month) -> Reading | None:
        shown = found.get((unit, indicator, view, month))
        return None if shown is None else shown.reading

    return reading


def _news(judged: Judged) -> list[Event]:
    if not judged.changed:
        return []
    units = sorted({one.unit for one in judged.changed})
    data = {"agreement": str(judged.agreement), "units": units, "changed": len(judged.changed)}
    return [Event(type="attainment.changed", subject=str(judged.agreement), data=data)]
