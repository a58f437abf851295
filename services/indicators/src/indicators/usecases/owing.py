"""The delivery schedule, and what became of what is owed."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.canonical import digest
from domain.codec import encode
from domain.duty import Duty, DutyStatus, Owed, owed
from domain.period import Month
from domain.place import Places
from domain.receipt import Incoming, Receipts, with_parts
from domain.unit import Units

from indicators.ports import Ports, Work
from indicators.usecases.sight import known_units, seeing

Claim = tuple[Duty, Month]
"""One month that a duty is about."""


async def put_schedule(ports: Ports, caller: Caller, duties: Sequence[Duty]) -> int:
    """Set who owes what by when; give how many duties were kept."""
    caller.must_be(Role.OPERATOR)
    units = await known_units(ports)
    for duty in duties:
        units.get(duty.unit)
    async with ports.begin() as work:
        count = await work.schedule.put(duties)
        after = digest({"duties": encode(list(duties))})
        await work.audit.record(Change(by=caller.subject, action="schedule.set", resource="schedule", after=after))
        return count


async def schedule(ports: Ports, caller: Caller) -> Sequence[Duty]:
    """List the duties of units within reach."""
    async with seeing(ports, caller) as (work, _, reach):
        return await work.schedule.duties(reach)


async def statuses(
    ports: Ports,
    caller: Caller,
    units: Sequence[str],
    months: Sequence[Month],
    wanted: Sequence[DutyStatus],
) -> tuple[list[Owed], Units]:
    """Judge every month owed by units within reach, in the order month, unit; the units are there to name them."""
    async with seeing(ports, caller) as (work, tree, reach):
        duties = [d for d in await work.schedule.duties(reach) if not units or d.unit in units]
        judged = await judge(work, tree, claims(duties, tree, months), ports.today())
    kept = [entry for entry in judged if not wanted or entry.status in wanted]
    return sorted(kept, key=lambda entry: (entry.month, entry.duty.unit, entry.duty.variables)), tree


def claims(duties: Iterable[Duty], units: Units, months: Collection[Month] = ()) -> list[Claim]:
    """List the months that duties are about, only some if some are asked for; a unit owes while it exists."""
    return [
        (duty, month)
        for duty in duties
        for month in (sorted(set(months)) if months else duty.months)
        if month in duty.months and _exists(units, duty, month)
    ]


async def judge(work: Work, units: Units, claimed: Sequence[Claim], today: date) -> list[Owed]:
    """Judge months of duties by what came in, read at once for all of them."""
    incoming, places = Incoming(units, await _receipts(work, units, claimed, today)), Places(units)
    return [owed(duty, month, incoming, today, places.of(duty.unit, month.first_day)) for duty, month in claimed]


async def _receipts(work: Work, units: Units, claimed: Sequence[Claim], today: date) -> Receipts:
    """Read what came for the months that have begun: for later ones nothing can have come."""
    begun = {month for _, month in claimed if month <= Month.of(today)}
    if not begun:
        return {}
    owing = {duty.unit for duty, month in claimed if month in begun}
    variables = {variable for duty, month in claimed if month in begun for variable in duty.variables}
    return await work.received.receipts(with_parts(units, owing, begun), variables, min(begun), max(begun))


def _exists(units: Units, duty: Duty, month: Month) -> bool:
    unit = units.units.get(duty.unit)
    return unit is None or unit.valid_on(month.first_day) or unit.valid_on(month.last_day)
