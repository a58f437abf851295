"""Planning rounds: beginning them, moving them through their phases, and keeping their calendar."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis.caller import Caller, Role
from domain.calendars import steps_of
from domain.phase import Phase
from domain.planning import (
    OverdueStep,
    PlanningRound,
    RoundPlanned,
    StepReported,
    advance,
    begin,
    complete,
    overdue,
    revise,
)

from agreements.ports import Filed, Ports, Work
from agreements.usecases.filing import Check, file, refile
from agreements.usecases.naming import must_know
from agreements.usecases.sight import NEGOTIATORS, READERS


async def plan(
    ports: Ports, caller: Caller, id: UUID, sent: RoundPlanned, calendar: str | None
) -> Filed[PlanningRound]:
    """Begin a round for the unit that leads it, with a shipped calendar where one is named."""
    caller.must_be(Role.SUPERVISOR)
    caller.must_act_for(sent.lead)
    begun = begin(sent, steps_of(calendar, sent.year) if calendar else ())
    async with ports.begin() as work:
        await must_know(work, {"/lead": sent.lead})
        return await file(work, caller, work.planning_rounds, id, begun, "planning_round.added")


async def matching(
    ports: Ports,
    caller: Caller,
    years: Sequence[int],
    leads: Sequence[str],
    phases: Sequence[Phase],
    after: UUID | None,
    limit: int,
) -> list[Filed[PlanningRound]]:
    """List rounds in the order of their ids; there are few, so phases are chosen here."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        found = await work.planning_rounds.matching({"year": years, "lead": leads}, after)
    return [filed for filed in found if not phases or filed.value.phase in phases][:limit]


async def one(ports: Ports, caller: Caller, id: UUID) -> Filed[PlanningRound]:
    """Give one round."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        return await work.planning_rounds.get(id)


async def change(ports: Ports, caller: Caller, id: UUID, check: Check, sent: RoundPlanned) -> Filed[PlanningRound]:
    """Plan a round anew; a round that gets another lead needs the word of both."""
    caller.must_be(Role.SUPERVISOR)
    async with ports.begin() as work:
        known = await led(work, caller, id)
        caller.must_act_for(sent.lead)
        check(known.version)
        await must_know(work, {"/lead": sent.lead})
        changed = revise(known.value, sent)
        return await refile(work, caller, work.planning_rounds, known, changed, "planning_round.changed")


async def move(ports: Ports, caller: Caller, id: UUID, check: Check) -> Filed[PlanningRound]:
    """Move a round to its next phase."""
    caller.must_be(Role.SUPERVISOR)
    async with ports.begin() as work:
        known = await led(work, caller, id)
        check(known.version)
        moved = advance(known.value)
        return await refile(work, caller, work.planning_rounds, known, moved, "planning_round.advanced")


async def finish_step(
    ports: Ports, caller: Caller, id: UUID, code: str, check: Check, sent: StepReported
) -> Filed[PlanningRound]:
    """Note that a step was done: by the round's lead, or by the unit that owns the step."""
    caller.must_be(*NEGOTIATORS)
    async with ports.begin() as work:
        known = await work.planning_rounds.locked(id)
        if known.value.step(code).owner not in caller.units:
            caller.must_act_for(known.value.lead)
        check(known.version)
        done = complete(known.value, code, sent, ports.today())
        return await refile(work, caller, work.planning_rounds, known, done, "planning_round.step_done")


async def late(ports: Ports, caller: Caller, id: UUID, on: date | None) -> tuple[OverdueStep, ...]:
    """List the steps that are overdue on a day."""
    return overdue((await one(ports, caller, id)).value, on or ports.today())


async def led(work: Work, caller: Caller, id: UUID) -> Filed[PlanningRound]:
    """Lock a round for somebody who acts for its lead."""
    known = await work.planning_rounds.locked(id)
    caller.must_act_for(known.value.lead)
    return known
