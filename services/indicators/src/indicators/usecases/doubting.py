"""What rules doubt: listing it, and standing for a figure that is right all the same."""

from collections.abc import Sequence
from uuid import UUID

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.canonical import digest
from chassis.event import Event
from domain.soft_finding import Acknowledgement, SoftFindingFiled

from indicators.ports import Ports
from indicators.ports.quality import Acknowledging, SoftAsked, SoftPosition
from indicators.usecases.sight import must_reach, seeing


async def matching(
    ports: Ports, caller: Caller, asked: SoftAsked, after: SoftPosition | None, limit: int
) -> Sequence[SoftFindingFiled]:
    """List soft findings within reach, in the order of unit, month and id."""
    async with seeing(ports, caller) as (work, units, reach):
        for code in asked.units:
            must_reach(units, reach, code)
        if asked.delivery is not None:
            await work.deliveries.get(asked.delivery)
        return await work.soft_findings.matching(asked, after, limit)


async def one(ports: Ports, caller: Caller, id: UUID) -> SoftFindingFiled:
    """Give one soft finding."""
    async with seeing(ports, caller) as (work, _, _):
        return await work.soft_findings.get(id)


async def acknowledge(ports: Ports, caller: Caller, id: UUID, given: Acknowledging) -> SoftFindingFiled:
    """Stand for a figure of a unit within reach, once, with the reason why it is right."""
    caller.must_be(Role.CONTROLLER, Role.UNIT_LEAD)
    await one(ports, caller, id)
    async with ports.begin() as work:
        answer = Acknowledgement(by=caller.subject, at=given.at, reason=given.reason)
        filed = await work.soft_findings.acknowledge(id, answer)
        change = Change(
            by=caller.subject,
            action="soft_finding.acknowledged",
            resource=f"soft-finding:{id}",
            after=digest({"reason": given.reason}),
        )
        await work.audit.record(change)
        data = {"finding": str(id), "unit": filed.finding.unit, "month": str(filed.finding.month)}
        await work.events.tell(Event(type="soft_finding.acknowledged", subject=str(id), data=data))
    return filed
