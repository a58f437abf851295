"""The delivery schedule, and what became of what is owed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.canonical import digest
from domain.codec import encode
from domain.duty import Duty, DutyStatus, Owed, owed
from domain.identity import VariableCode
from domain.period import Month
from domain.unit import Units

from indicators.ports import Ports
from indicators.usecases.sight import known_units, seeing

BERLIN = ZoneInfo("Europe/Berlin")


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
        if not duties:
            return [], tree
        codes = sorted({duty.unit for duty in duties})
        first, last = min(d.months.start for d in duties), max(d.months.last for d in duties)
        arrivals = await work.history.arrivals(codes, first, last)
    judged = [
        owed(duty, month, _days(arrivals.get((duty.unit, month), {})), ports.today())
        for duty in duties
        for month in duty.months
        if not months or month in months
    ]
    kept = [entry for entry in judged if not wanted or entry.status in wanted]
    return sorted(kept, key=lambda entry: (entry.month, entry.duty.unit, entry.duty.variables)), tree


def _days(instants: Mapping[VariableCode, datetime]) -> dict[VariableCode, date]:
    return {variable: instant.astimezone(BERLIN).date() for variable, instant in instants.items()}
