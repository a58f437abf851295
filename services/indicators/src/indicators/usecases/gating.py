"""Saying who delivers for a unit, closing months, letting somebody deliver late, and what a sender may deliver."""

from collections.abc import Sequence

from chassis.audit.change import Change
from chassis.caller import Caller, Reach, Role
from chassis.canonical import digest
from domain.admission import Admission
from domain.codec import encode
from domain.gate import ClosedMonth, Gates, LatePermit, PermitOver, Responsibility
from domain.unit import Units
from domain.validity import must_run_forward
from domain.variable import UnknownVariable

from indicators.ports import Ports, Work
from indicators.usecases.sight import known_units, seeing


async def gates(ports: Ports, caller: Caller) -> Gates:
    """Give what keeps deliveries out, within reach."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.gates.all()


async def put_responsibilities(
    ports: Ports, caller: Caller, wanted: Sequence[Responsibility]
) -> Sequence[Responsibility]:
    """Say which sender is responsible for a unit's variables; others' rows for them are then rejected."""
    caller.must_be(Role.OPERATOR)
    units = await known_units(ports)
    async with ports.begin() as work:
        variables = await work.catalogue.variables()
        for one in wanted:
            units.get(one.unit)
            must_run_forward(one.first.first_day, one.until.first_day if one.until else None, one.unit)
            if one.variable is not None and one.variable not in variables:
                raise UnknownVariable(one.variable)
        await work.gates.put_responsibilities(wanted)
        after = digest({"responsibilities": encode(list(wanted))})
        await work.audit.record(
            Change(by=caller.subject, action="responsibility.set", resource="sender-responsibilities", after=after)
        )
    return wanted


async def close(ports: Ports, caller: Caller, closed: Sequence[ClosedMonth]) -> Sequence[ClosedMonth]:
    """Close months of units: late files need a permit from now on."""
    caller.must_be(Role.OPERATOR)
    units = await known_units(ports)
    for one in closed:
        units.get(one.unit)
    async with ports.begin() as work:
        await work.gates.close(closed)
        after = digest({"closed": encode(list(closed))})
        await work.audit.record(
            Change(by=caller.subject, action="months.closed", resource="closed-months", after=after)
        )
    return closed


async def permit(ports: Ports, caller: Caller, wanted: LatePermit) -> LatePermit:
    """Let one sender deliver for a closed month of a unit until a day."""
    caller.must_be(Role.OPERATOR)
    (await known_units(ports)).get(wanted.unit)
    if wanted.until < ports.today():
        raise PermitOver(str(wanted.until))
    async with ports.begin() as work:
        await work.gates.permit(wanted)
        change = Change(
            by=caller.subject,
            action="late-permit.given",
            resource=f"late-permit:{wanted.unit}:{wanted.month}:{wanted.sender}",
            after=digest({"permit": encode(wanted)}),
        )
        await work.audit.record(change)
    return wanted


async def admitted(ports: Ports, work: Work, sender: str, allowed: Reach, units: Units) -> Admission:
    """Say what a sender may deliver today."""
    return Admission(units=units, allowed=allowed, today=ports.today(), sender=sender, gates=await work.gates.all())
