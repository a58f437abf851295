"""Meetings under an agreement: recorded by those who share in it, with tasks that stay open until done."""

from uuid import UUID

from chassis.caller import Caller
from domain.agreement import Agreement
from domain.identity import AgreementId
from domain.meeting import Meeting, MeetingHeld, Open, still_open

from agreements.ports import Filed, Ports, Work
from agreements.usecases.belonging import SHARERS, belonging, own
from agreements.usecases.filing import Check, file, refile
from agreements.usecases.naming import must_know
from agreements.usecases.sight import sharing


async def hold(ports: Ports, caller: Caller, id: AgreementId, held: MeetingHeld, new_id: UUID) -> Filed[Meeting]:
    """Record a meeting."""
    async with ports.begin() as work:
        await _must_fit(work, await sharing(work, ports, caller, id, *SHARERS), held)
        return await file(work, caller, work.meetings, new_id, Meeting(agreement=id, held=held), "meeting.held")


async def correct(
    ports: Ports, caller: Caller, id: AgreementId, key: UUID, check: Check, held: MeetingHeld
) -> Filed[Meeting]:
    """Change what is recorded of a meeting, such as that a task is done."""
    async with ports.begin() as work:
        await _must_fit(work, await sharing(work, ports, caller, id, *SHARERS), held)
        known = await own(work.meetings, id, key)
        check(known.version)
        return await refile(work, caller, work.meetings, known, Meeting(agreement=id, held=held), "meeting.changed")


async def open_now(ports: Ports, caller: Caller, id: AgreementId) -> Open:
    """Tell what is open under an agreement today."""
    found = await belonging(ports, caller, id, lambda work: work.meetings)
    return still_open((filed.value.held for filed in found), ports.today())


async def _must_fit(work: Work, agreement: Agreement, held: MeetingHeld) -> None:
    for task in held.tasks:
        if task.goal is not None:
            agreement.revision.goal(task.goal)
    named: dict[str, str | None] = {f"/participants/{n}": unit for n, unit in enumerate(held.participants)}
    await must_know(work, named | {f"/tasks/{n}/owner": task.owner for n, task in enumerate(held.tasks)})
