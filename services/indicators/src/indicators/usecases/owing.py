"""The delivery schedule, and what became of what is owed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.canonical import digest
from domain.codec import encode
from domain.duty import Duty, DutyStatus, Owed, UnknownDuty, owed
from domain.identity import VariableCode
from domain.period import Month
from domain.place import Places
from domain.receipt import Incoming, Receipts
from domain.unit import Units
from domain.unit_months import lives_in
from domain.unit_parts import with_parts
from domain.variable import UnknownVariable

from indicators.ports import Ports, Work
from indicators.usecases.sight import known_units, seeing

Claim = tuple[Duty, Month]
"""One month that a duty is about."""
Codes = tuple[VariableCode, ...]
Position = tuple[str, ...]
AT_ONCE = 2_000
"""Months judged at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which months owed are wanted: of which units, in which months and states; none named is all."""

    units: Collection[str] = ()
    months: Collection[Month] = ()
    statuses: Collection[DutyStatus] = ()


async def put_schedule(ports: Ports, caller: Caller, duties: Sequence[Duty]) -> int:
    """Set who owes what by when; give how many duties were kept."""
    caller.must_be(Role.OPERATOR)
    units = await known_units(ports)
    for duty in duties:
        units.get(duty.unit)
    async with ports.begin() as work:
        _must_name_variables(duties, await work.catalogue.variables())
        count = await work.schedule.put(duties)
        after = _digest(duties)
        await work.audit.record(Change(by=caller.subject, action="schedule.set", resource="schedule", after=after))
        return count


async def remove_duties(ports: Ports, caller: Caller, named: Sequence[Duty]) -> int:
    """Take duties out of the schedule, all that are named or none, whatever their day; give how many those were."""
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        known = {duty.place: duty for duty in await work.schedule.duties(frozenset(duty.unit for duty in named))}
        for duty in named:
            if duty.place not in known:
                raise UnknownDuty(unit=duty.unit, variables=", ".join(duty.variables), months=str(duty.months))
        removed = [known[place] for place in sorted({duty.place for duty in named})]
        await work.schedule.remove(removed)
        change = Change(
            by=caller.subject, action="schedule.duties_removed", resource="schedule", before=_digest(removed)
        )
        await work.audit.record(change)
        return len(removed)


async def schedule(ports: Ports, caller: Caller) -> Sequence[Duty]:
    """List the duties of units within reach."""
    async with seeing(ports, caller) as (work, _, reach):
        return await work.schedule.duties(reach)


async def statuses(
    ports: Ports, caller: Caller, wanted: Wanted, after: Position | None = None, limit: int | None = None
) -> tuple[list[Owed], Units]:
    """
    Judge months owed by units within reach, in the order month, unit, variables; the units are there to name them.

    Judged is as much as the limit needs, behind the position given.
    """
    async with seeing(ports, caller) as (work, tree, reach):
        duties = [duty for duty in await work.schedule.duties(reach) if not wanted.units or duty.unit in wanted.units]
        claimed = [claim for claim in claims(duties, tree, wanted.months) if after is None or place(*claim) > after]
        claimed.sort(key=lambda claim: place(*claim))
        found: list[Owed] = []
        for start in range(0, len(claimed), AT_ONCE):
            judged = await judge(work, tree, claimed[start : start + AT_ONCE], ports.today())
            found += [entry for entry in judged if not wanted.statuses or entry.status in wanted.statuses]
            if limit is not None and len(found) >= limit:
                break
    return found[:limit], tree


def place(duty: Duty, month: Month) -> Position:
    """Give the place of one month of a duty in the list."""
    return str(month), duty.unit, " ".join(duty.variables), str(duty.months)


def claims(duties: Iterable[Duty], units: Units, months: Collection[Month] = ()) -> list[Claim]:
    """List the months that duties are about, only some if some are asked for; a unit owes while it exists."""
    return [
        (duty, month)
        for duty in duties
        for month in (sorted(set(months)) if months else duty.months)
        if month in duty.months and _exists(units, duty, month)
    ]


async def judge(work: Work, units: Units, claimed: Sequence[Claim], today: date) -> list[Owed]:
    """Judge months of duties by what came in, read at once for all; where no variable is in force nothing is owed."""
    incoming, places = Incoming(units, await _receipts(work, units, claimed, today)), Places(units)
    over = await _not_in_force(work, claimed)
    return [
        owed(duty, month, incoming, today, places.of(duty.unit, month.first_day), over[duty.variables, month])
        for duty, month in claimed
        if over[duty.variables, month] != duty.variables
    ]


async def _not_in_force(work: Work, claimed: Sequence[Claim]) -> dict[tuple[Codes, Month], Codes]:
    """Say which variables of duties are not in force in a month; duties over the same ones are looked at once."""
    versions = await work.catalogue.variables_over_time()
    alike = {(duty.variables, month): duty for duty, month in claimed}
    return {key: duty.not_in_force(key[1], versions) for key, duty in alike.items()}


async def _receipts(work: Work, units: Units, claimed: Sequence[Claim], today: date) -> Receipts:
    """Read what came for the months that have begun: for later ones nothing can have come."""
    begun = {month for _, month in claimed if month <= Month.of(today)}
    if not begun:
        return {}
    owing = {duty.unit for duty, month in claimed if month in begun}
    variables = {variable for duty, month in claimed if month in begun for variable in duty.variables}
    return await work.received.receipts(with_parts(units, owing, begun), variables, min(begun), max(begun))


def _must_name_variables(duties: Sequence[Duty], known: Collection[VariableCode]) -> None:
    """Refuse duties over variables that nobody knows: they would be missing for ever."""
    for number, duty in enumerate(duties):
        for code in duty.variables:
            if code not in known:
                raise UnknownVariable(code, f"/duties/{number}/variables")


def _digest(duties: Sequence[Duty]) -> str:
    return digest({"duties": encode(list(duties))})


def _exists(units: Units, duty: Duty, month: Month) -> bool:
    unit = units.units.get(duty.unit)
    return unit is None or lives_in(unit, month)
