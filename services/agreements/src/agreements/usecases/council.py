"""What council information systems link to: bodies, meetings, papers and their consultations within reach."""

from collections.abc import Sequence
from uuid import UUID

from chassis.caller import Caller
from domain.body import Body
from domain.consultation import Consultation
from domain.paper import Paper

from agreements.ports import Filed, Ports, Work
from agreements.usecases.errors import UnknownCode
from agreements.usecases.sight import READERS, seeing
from agreements.usecases.tiers import known_body


def must_read(caller: Caller) -> None:
    """Refuse who may not read at all."""
    caller.must_be(*READERS)


async def bodies(ports: Ports, caller: Caller) -> list[tuple[str, str]]:
    """List the units that have bodies, by code and name."""
    async with seeing(ports, caller) as work:
        units = (await work.units.tree()).units
        codes = sorted({filed.value.unit for filed in await work.bodies.matching({})})
    return [(code, units[code].on(ports.today()).name if code in units else code) for code in codes]


async def organizations(ports: Ports, caller: Caller) -> list[Filed[Body]]:
    """List all bodies."""
    async with seeing(ports, caller) as work:
        return await work.bodies.matching({})


async def organization(ports: Ports, caller: Caller, code: str) -> Filed[Body]:
    """Give a body."""
    async with seeing(ports, caller) as work:
        return await known_body(work, code)


async def steps(ports: Ports, caller: Caller) -> list[Filed[Consultation]]:
    """List consultations within reach."""
    async with seeing(ports, caller) as work:
        return await work.consultations.matching({})


async def step(ports: Ports, caller: Caller, id: UUID) -> Filed[Consultation]:
    """Give a consultation."""
    async with seeing(ports, caller) as work:
        return await work.consultations.get(id)


async def meeting(ports: Ports, caller: Caller, key: str) -> Consultation:
    """Give a step of a meeting, which names body and day."""
    for filed in await steps(ports, caller):
        if f"{filed.value.body}.{filed.value.meeting_on.isoformat()}" == key:
            return filed.value
    raise UnknownCode(key)


async def papers(
    ports: Ports, caller: Caller, after: UUID | None, limit: int
) -> tuple[list[Filed[Paper]], list[Filed[Consultation]]]:
    """List papers with the consultations of all of them."""
    async with seeing(ports, caller) as work:
        found = await work.papers.matching({}, after, limit)
        return found, await _steps(work, found)


async def paper(ports: Ports, caller: Caller, id: UUID) -> tuple[Filed[Paper], list[Filed[Consultation]]]:
    """Give a paper with its consultations."""
    async with seeing(ports, caller) as work:
        found = await work.papers.get(id)
        return found, await _steps(work, [found])


async def _steps(work: Work, found: Sequence[Filed[Paper]]) -> list[Filed[Consultation]]:
    numbers = [filed.value.number for filed in found]
    return await work.consultations.matching({"paper_number": numbers}) if numbers else []
