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
from indicators.usecases.sheets import Months, groups, judged
from indicators.usecases.sight import known_units
from indicators.usecases.suspecting import MOST_FOUND

MOST_ATTEMPTS = 3
"""How often a scrutiny is begun before it is given up."""
PATIENCE = 20.0
"""How many seconds a group of units lets uploads go first."""
BY = "indicators"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How many doubts there are with a delivery, how many of them are new, how many are gone."""

    all: int = 0
    new: int = 0
    gone: int = 0
    cut_off: bool = False

    def __add__(self, other: "Found") -> "Found":
        """Count both together."""
        return Found(
            all=self.all + other.all,
            new=self.new + other.new,
            gone=self.gone + other.gone,
            cut_off=self.cut_off or other.cut_off,
        )


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
            await ports.line.quiet(PATIENCE)
            async with ports.begin() as work:
                found += await _settle(ports, work, id, months, units, MOST_FOUND - found.all)
            if found.cut_off:
                break
        await held.scrutinies.finish(id, Scrutiny.CUT_OFF if found.cut_off else Scrutiny.DONE)
        if found.new or found.gone:
            await _tell(held, id, found)


async def resume(ports: Ports) -> None:
    """Put scrutinies in line that another process left behind, and those of deliveries that were taken back."""
    async with ports.look(None) as work:
        left = await work.scrutinies.waiting(100)
    for job in left:
        ports.scrutiny.submit(job)


async def _settle(ports: Ports, work: Work, id: DeliveryId, months: Months, units: Units, most: int) -> Found:
    """Judge one group of units, keep what is new, resolve what is gone of the units that were judged."""
    await work.scrutinies.hold(sorted(months))
    outcome = await judged(work, await work.quality_rules.newest(), months, units, most)
    places: list[Place] = [(unit, month) for unit in outcome.units for month in months[unit]]
    new, gone = settled(await work.soft_findings.standing(places), outcome.found)
    await work.soft_findings.resolve([filed.id for filed in gone], id)
    await work.soft_findings.keep(id, [(ports.new_id(), finding) for finding in new])
    return Found(all=len(outcome.found), new=len(new), gone=len(gone), cut_off=outcome.cut_off)


async def _attempts(ports: Ports, id: DeliveryId) -> int:
    async with ports.begin() as work:
        return await work.scrutinies.attempted(id)


async def _tell(work: Work, id: DeliveryId, found: Found) -> None:
    resource = f"delivery:{id}"
    await work.audit.record(Change(by=BY, action="delivery.scrutinised", resource=resource))
    data = {"delivery": str(id), "found": found.new, "resolved": found.gone}
    await work.events.tell(Event(type="delivery.scrutinised", subject=str(id), data=data))
