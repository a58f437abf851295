"""Drafting an agreement and changing its revision."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from chassis.caller import Caller
from domain.agreement import Agreement, Revision, Status
from domain.goal import Goal
from domain.identity import AgreementId, GoalCode
from domain.negotiation import revise

from agreements.ports import Listed, Ports, Wanted, Work
from agreements.usecases.errors import GoalExists
from agreements.usecases.filing import Check
from agreements.usecases.keeping import keep, keep_new
from agreements.usecases.naming import must_know
from agreements.usecases.sight import NEGOTIATORS, changeable, seeing


def with_content(content: Revision) -> Callable[[Revision], Revision]:
    """Edit: put other content in place; what is attached stays attached."""
    return lambda present: replace(content, attachments=present.attachments)


async def draft(ports: Ports, caller: Caller, id: AgreementId, content: Revision) -> Agreement:
    """Begin an agreement on behalf of one of its parties."""
    caller.must_be(*NEGOTIATORS)
    agreement = Agreement(id=id, version=1, status=Status.DRAFT, revision=content)
    if not caller.units & agreement.units:
        caller.must_act_for(min(agreement.units, default="of a party"))
    async with ports.begin() as work:
        await must_name_known_units(work, content)
        await keep_new(work, caller, agreement)
    return agreement


async def change(
    ports: Ports, caller: Caller, id: AgreementId, check: Check, edit: Callable[[Revision], Revision]
) -> Agreement:
    """Put an edited revision in place; `check` refuses a caller who holds another version."""
    async with ports.begin() as work:
        agreement = await changeable(work, ports, caller, id)
        check(agreement.version)
        changed = revise(agreement, edit(agreement.revision))
        await must_name_known_units(work, changed.revision)
        await keep(work, caller, agreement, changed, "agreement.revised")
    return changed


def with_goal(goal: Goal) -> Callable[[Revision], Revision]:
    """Edit: add a goal at the end."""

    def edit(revision: Revision) -> Revision:
        if any(other.code == goal.code for other in revision.goals):
            raise GoalExists(goal.code)
        return replace(revision, goals=(*revision.goals, goal))

    return edit


def with_goal_replaced(code: GoalCode, goal: Goal) -> Callable[[Revision], Revision]:
    """Edit: put a goal in another's place."""

    def edit(revision: Revision) -> Revision:
        known = revision.goal(code)
        if goal.code != code and any(other.code == goal.code for other in revision.goals):
            raise GoalExists(goal.code)
        return replace(revision, goals=tuple(goal if other is known else other for other in revision.goals))

    return edit


def without_goal(code: GoalCode) -> Callable[[Revision], Revision]:
    """Edit: take a goal out."""

    def edit(revision: Revision) -> Revision:
        known = revision.goal(code)
        return replace(revision, goals=tuple(other for other in revision.goals if other is not known))

    return edit


async def matching(ports: Ports, caller: Caller, wanted: Wanted) -> Sequence[Listed]:
    """List agreements with a party within the caller's reach."""
    async with seeing(ports, caller) as work:
        return await work.agreements.matching(wanted)


async def must_name_known_units(work: Work, content: Revision) -> None:
    """Refuse a revision that names units or a planning round nobody knows."""
    if content.round is not None:
        await work.planning_rounds.get(content.round)
    named: dict[str, str | None] = {f"/parties/{n}/unit": party.unit for n, party in enumerate(content.parties)}
    for number, goal in enumerate(content.goals):
        named |= {f"/goals/{number}/carrier": goal.carrier, f"/goals/{number}/obligated": goal.obligated}
    await must_know(work, named)
