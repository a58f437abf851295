"""Meetings under an agreement, recorded by those who share in it."""

from uuid import UUID

from chassis.caller import Caller
from domain.identity import AgreementId
from domain.meeting import Meeting, MeetingHeld

from agreements.ports import Filed, Ports
from agreements.usecases.belonging import SHARERS, own
from agreements.usecases.filing import Check, file, refile
from agreements.usecases.naming import must_know
from agreements.usecases.sight import sharing


async def hold(ports: Ports, caller: Caller, id: AgreementId, held: MeetingHeld, new_id: UUID) -> Filed[Meeting]:
    """Record a meeting."""
    async with ports.begin() as work:
        await sharing(work, ports, caller, id, *SHARERS)
        await must_know(work, _participants(held))
        return await file(work, caller, work.meetings, new_id, Meeting(agreement=id, held=held), "meeting.held")


async def correct(
    ports: Ports, caller: Caller, id: AgreementId, key: UUID, check: Check, held: MeetingHeld
) -> Filed[Meeting]:
    """Change what is recorded of a meeting, such as the day of the next one."""
    async with ports.begin() as work:
        await sharing(work, ports, caller, id, *SHARERS)
        await must_know(work, _participants(held))
        known = await own(work.meetings, id, key)
        check(known.version)
        return await refile(work, caller, work.meetings, known, Meeting(agreement=id, held=held), "meeting.changed")


def _participants(held: MeetingHeld) -> dict[str, str | None]:
    return {f"/participants/{number}": unit for number, unit in enumerate(held.participants)}
