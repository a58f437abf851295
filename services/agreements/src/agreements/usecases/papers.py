"""Papers of administrations, and the register of standards."""

from datetime import date
from uuid import UUID

from chassis.caller import Caller, Role
from domain.paper import Link, Paper
from domain.standards import Standard
from domain.validity import within

from agreements.ports import Filed, Ports
from agreements.usecases.belonging import SHARERS
from agreements.usecases.errors import UnknownCode
from agreements.usecases.filing import Check, file, refile
from agreements.usecases.naming import must_know
from agreements.usecases.sight import READERS, seeing


async def papers(
    ports: Ports, caller: Caller, units: list[str], numbers: list[str], after: UUID | None, limit: int
) -> list[Filed[Paper]]:
    """List papers that are public or within reach."""
    async with seeing(ports, caller) as work:
        return await work.papers.matching({"unit": units, "number": numbers}, after, limit)


async def paper(ports: Ports, caller: Caller, id: UUID) -> tuple[Filed[Paper], list[tuple[str, Link]]]:
    """Give a paper, and the links by which other papers point to it."""
    async with seeing(ports, caller) as work:
        found = await work.papers.get(id)
        others = await work.papers.matching({})
    number = found.value.number
    pointing = [(one.value.number, link) for one in others for link in one.value.links if link.number == number]
    return found, pointing


async def add_paper(ports: Ports, caller: Caller, sent: Paper, new_id: UUID) -> Filed[Paper]:
    """Add a paper of a unit."""
    caller.must_be(*SHARERS)
    caller.must_act_for(sent.unit)
    async with ports.begin() as work:
        await must_know(work, {"/unit": sent.unit})
        return await file(work, caller, work.papers, new_id, sent, "paper.added")


async def change_paper(ports: Ports, caller: Caller, id: UUID, check: Check, sent: Paper) -> Filed[Paper]:
    """Change a paper of one's own unit."""
    caller.must_be(*SHARERS)
    caller.must_act_for(sent.unit)
    async with ports.begin() as work:
        known = await work.papers.locked(id)
        caller.must_act_for(known.value.unit)
        check(known.version)
        return await refile(work, caller, work.papers, known, sent, "paper.changed")


async def standards(ports: Ports, caller: Caller, codes: list[str], on: date | None) -> list[Filed[Standard]]:
    """List standards, all editions or those in force on a day."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        found = await work.standards.matching({"code": codes})
    return [one for one in found if on is None or within(on, one.value.valid_from, one.value.valid_until)]


async def standard(ports: Ports, caller: Caller, code: str, edition: str) -> Filed[Standard]:
    """Give one edition of a standard."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        for found in await work.standards.matching({"code": [code], "edition": [edition]}):
            return found
    raise UnknownCode(f"{code} ({edition})")


async def register(ports: Ports, caller: Caller, sent: Standard, new_id: UUID) -> Filed[Standard]:
    """Register an edition of a standard of one's own unit."""
    caller.must_be(Role.OPERATOR, *SHARERS)
    if Role.OPERATOR not in caller.roles:
        caller.must_act_for(sent.unit)
    async with ports.begin() as work:
        await must_know(work, {"/unit": sent.unit})
        return await file(work, caller, work.standards, new_id, sent, "standard.registered")
