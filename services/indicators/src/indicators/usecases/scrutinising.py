"""Holding what a delivery changed against the quality rules, behind its acceptance: nothing of it is rejected."""

from dataclasses import dataclass

from chassis.audit.change import Change
from chassis.event import Event
from domain.delivery import Scrutiny
from domain.identity import DeliveryId
from domain.soft_finding import settled
from domain.unit import Units

from indicators.ports import Ports, Work
from indicators.ports.quality import Place
from indicators.usecases.sheets import Months, findings_in, groups
from indicators.usecases.sight import known_units

MOST_ATTEMPTS = 3
"""How often a scrutiny is begun before it is given up."""
BY = "indicators"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How many findings came and went with a delivery."""

    new: int = 0
    gone: int = 0

    def __add__(self, other: "Found") -> "Found":
        """Count both together."""
        return Found(new=self.new + other.new, gone=self.gone + other.gone)


async def scrutinise(ports: Ports, id: DeliveryId) -> None:
    """
    Hold a delivery against the rules and keep what they doubt; what is not doubted any more is resolved.

    Each group of units is a transaction of its own; whoever takes over behind a crash finds the same again.
    """
    async with ports.begin() as held:
        if not await held.scrutinies.claim(id):
            return
        if await _attempts(ports, id) > MOST_ATTEMPTS:
            await held.scrutinies.finish(id, Scrutiny.FAILED)
            return
        units = await known_units(ports)
        found = Found()
        for months in groups(await held.scrutinies.touched(id), units):
            async with ports.begin() as work:
                found += await _settle(ports, work, id, months, units)
        await held.scrutinies.finish(id, Scrutiny.DONE)
        if found != Found():
            await _tell(held, id, found)


async def resume(ports: Ports) -> None:
    """Put scrutinies in line that another process left behind, and those of deliveries that were taken back."""
    async with ports.look(None) as work:
        left = await work.scrutinies.waiting(100)
    for job in left:
        ports.scrutiny.submit(job)


async def _settle(ports: Ports, work: Work, id: DeliveryId, months: Months, units: Units) -> Found:
    """Judge one group of units, keep what is new, resolve what is gone."""
    await work.scrutinies.hold(sorted(months))
    found = await findings_in(work, await work.quality_rules.newest(), months, units)
    places: list[Place] = [(unit, month) for unit, asked in months.items() for month in asked]
    new, gone = settled(await work.soft_findings.standing(places), found)
    await work.soft_findings.resolve([filed.id for filed in gone], id)
    await work.soft_findings.keep(id, [(ports.new_id(), finding) for finding in new])
    return Found(new=len(new), gone=len(gone))


async def _attempts(ports: Ports, id: DeliveryId) -> int:
    async with ports.begin() as work:
        return await work.scrutinies.attempted(id)


async def _tell(work: Work, id: DeliveryId, found: Found) -> None:
    resource = f"delivery:{id}"
    await work.audit.record(Change(by=BY, action="delivery.scrutinised", resource=resource))
    data = {"delivery": str(id), "found": found.new, "resolved": found.gone}
    await work.events.tell(Event(type="delivery.scrutinised", subject=str(id), data=data))
