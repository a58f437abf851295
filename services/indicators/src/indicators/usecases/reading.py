"""Reading indicators for units, sets, groups and neighbours, month by month."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from chassis.caller import Caller, Reach, visible
from domain.delivery import OPEN
from domain.identity import DeliveryId, UnitCode
from domain.reading import Reading
from domain.unit import Units

from indicators.ports import Ports, Work
from indicators.usecases.chosen import with_sets
from indicators.usecases.comparing import group_named
from indicators.usecases.grouped import Group, with_groups
from indicators.usecases.lacking import Lacks, lacks, shown
from indicators.usecases.marks import Marks, marks_of
from indicators.usecases.neighbouring import neighbourhood
from indicators.usecases.plan import TILE, Asked, Plan, must_be_short, plan_of
from indicators.usecases.reading_errors import NotTried, TooManyReadings
from indicators.usecases.sight import READERS, known_units, must_reach, seeing
from indicators.usecases.tiling import Sheets, sheets_of

MOST_READINGS = 1_000_000
"""How many readings one table has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Readings in their order, their marks, why what they lack is not there, and whether there are more."""

    found: Sequence[Reading]
    marks: Marks
    lacks: Lacks
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a table: the figures of a tile, and the marks of the table's units and months."""

    sheets: Sheets
    marks: Marks


async def readings(
    ports: Ports, caller: Caller, asked: Asked, after: tuple[str, ...] | None, limit: int, now: datetime
) -> Page:
    """Give a page of readings in the order unit, indicator, view, month."""
    async with planned(ports, caller, asked) as (work, units, plan, reach):
        start, found = plan.behind(after), list[Reading]()
        at_once = limit + 1 if asked.updated_after is None else max(limit + 1, TILE)
        while start < plan.count and len(found) <= limit:
            for tile, skipped, count in plan.window(start, at_once):
                sheets = await sheets_of(work, units, plan, tile, asked, (asked.as_of or now).date())
                found += sheets.readings(skipped, count)
            start += at_once
        more, found = len(found) > limit, found[:limit]
        months = sorted({one.month for one in found})
        marks = await marks_of(work, {one.unit for one in found}, months, plan.groups)
        why_missing = await lacks(work, shown(found), asked, ports.today(), reach)
    return Page(found=found, marks=marks, lacks=why_missing, more=more)


async def all_readings(ports: Ports, caller: Caller, asked: Asked, now: datetime) -> AsyncGenerator[Part]:
    """Give all readings in the same order, part by part; more than a table holds are refused at the start."""
    async with planned(ports, caller, asked) as (work, units, plan, _):
        if plan.count > MOST_READINGS:
            raise TooManyReadings(count=plan.count, limit=MOST_READINGS)
        marks = await marks_of(work, plan.units, plan.months, plan.groups)
        for tile in plan.tiles():
            sheets = await sheets_of(work, units, plan, tile, asked, (asked.as_of or now).date())
            yield Part(sheets=sheets, marks=marks)


def position(reading: Reading) -> tuple[str, ...]:
    """Give a reading's place in the list."""
    return reading.unit, reading.indicator, reading.view, str(reading.month)


@asynccontextmanager
async def planned(ports: Ports, caller: Caller, asked: Asked) -> AsyncIterator[tuple[Work, Units, Plan, Reach]]:
    """Open what the caller may see and plan what is asked for; the units hold sets and groups, the reach does not."""
    must_be_short(asked.first, asked.last)
    groups = await _groups(ports, caller, asked)
    async with seeing(ports, caller, [(group.whose, group.everybody) for group in groups]) as (work, units, reach):
        members = [member for chosen in asked.sets for member in chosen.members]
        for code in (*asked.units, *members, *asked.neighbours_of):
            must_reach(units, reach, code)
        for group in groups:
            if not (group.everybody and visible(reach, group.whose)):
                raise group.unknown
        await _must_be_tried(work, asked.dry_run)
        known = asked.catalogue_as_of
        plan = plan_of(asked, await work.catalogue.definitions(known), await work.catalogue.variables(known), groups)
        yield work, with_groups(with_sets(units, asked.sets, asked.first, asked.last), groups), plan, reach


async def _groups(ports: Ports, caller: Caller, asked: Asked) -> list[Group]:
    """Find the comparison groups and neighbours asked for, as they are from month to month."""
    if not (asked.groups or asked.neighbours_of):
        return []
    caller.must_be(*READERS)
    units = await known_units(ports)
    async with ports.look(None) as work:
        memberships = await work.units.memberships() if asked.groups else ()
        neighbours = await work.units.neighbours() if asked.neighbours_of else ()
    named = [group_named(name, memberships, asked.months) for name in sorted(set(asked.groups))]
    near = [
        neighbourhood(UnitCode(unit), asked.nearest, neighbours, units, asked.months)
        for unit in sorted(set(asked.neighbours_of))
    ]
    return [*named, *(group for found in near for group in found)]


async def _must_be_tried(work: Work, dry_run: DeliveryId | None) -> None:
    """Refuse what is not within reach, was no dry run, or is not worked off yet."""
    if dry_run is None:
        return
    delivery = await work.deliveries.get(dry_run)
    if not delivery.dry_run or delivery.status in OPEN:
        raise NotTried(id=dry_run, status=delivery.status)
