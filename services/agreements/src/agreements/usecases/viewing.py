"""Reading what was agreed, and noting which party has seen which revision."""

from datetime import datetime

from chassis.caller import Caller
from domain.agreement import Agreement, Declaration
from domain.comparison import Difference, compare
from domain.congruence import GoalRef
from domain.evidence import Sighting
from domain.goal import Goal
from domain.identity import AgreementId
from domain.pyramid import Place, pyramid
from domain.terms import Extra

from agreements.ports import Kept, Ports, Work
from agreements.usecases.sight import seeing


async def one(ports: Ports, caller: Caller, id: AgreementId, now: datetime) -> Agreement:
    """Give one agreement, and note that its present revision was seen."""
    async with seeing(ports, caller) as work:
        agreement = await work.agreements.get(id)
        new = await _unseen(work, caller, agreement, agreement.revision.number, now)
    await _note(ports, id, new)
    return agreement


async def revisions(ports: Ports, caller: Caller, id: AgreementId) -> list[Kept]:
    """List all revisions, oldest first."""
    async with seeing(ports, caller) as work:
        await work.agreements.get(id)
        return list(await work.agreements.revisions(id))


async def revision(ports: Ports, caller: Caller, id: AgreementId, number: int, now: datetime) -> Kept:
    """Give one revision, and note that it was seen."""
    async with seeing(ports, caller) as work:
        agreement = await work.agreements.get(id)
        kept = await work.agreements.revision(id, number)
        new = await _unseen(work, caller, agreement, number, now)
    await _note(ports, id, new)
    return kept


async def differences(ports: Ports, caller: Caller, id: AgreementId, before: int, after: int) -> tuple[Difference, ...]:
    """Compare two revisions of an agreement."""
    async with seeing(ports, caller) as work:
        await work.agreements.get(id)
        old, new = [(await work.agreements.revision(id, number)).revision for number in (before, after)]
    return compare(old, new)


async def sightings(ports: Ports, caller: Caller, id: AgreementId) -> list[Sighting]:
    """List which party saw which revision when first."""
    async with seeing(ports, caller) as work:
        await work.agreements.get(id)
        return list(await work.sightings.of(id))


async def declarations(ports: Ports, caller: Caller, id: AgreementId) -> list[Declaration]:
    """List what was declared of an agreement's goals."""
    async with seeing(ports, caller) as work:
        await work.agreements.get(id)
        return list(await work.agreements.declarations(id))


async def lineage(ports: Ports, caller: Caller, name: str) -> list[GoalRef]:
    """List the goals of a lineage over the years, also where their kind changed."""
    async with seeing(ports, caller) as work:
        return list(await work.goals.of_lineage(name))


async def goals_over(ports: Ports, caller: Caller, indicators: list[str], years: list[int]) -> list[GoalRef]:
    """List the goals of live agreements of some years over some indicators."""
    async with seeing(ports, caller) as work:
        return list(await work.goals.over(indicators, years))


async def goals_by_level(ports: Ports, caller: Caller, id: AgreementId) -> tuple[Place, ...]:
    """Give an agreement's goals as a pyramid, from the guiding orientations down."""
    async with seeing(ports, caller) as work:
        return pyramid((await work.agreements.get(id)).revision.goals)


async def conditions(
    ports: Ports, caller: Caller, id: AgreementId, code: str
) -> tuple[Goal, Extra | None, list[Declaration]]:
    """Give a goal's conditional extra with what was declared of its conditions."""
    async with seeing(ports, caller) as work:
        goal = (await work.agreements.get(id)).revision.goal(code)
        declared = [d for d in await work.agreements.declarations(id) if d.goal == code and d.condition]
        return goal, getattr(goal.terms, "extra", None), declared


async def _unseen(work: Work, caller: Caller, agreement: Agreement, number: int, now: datetime) -> list[Sighting]:
    named = caller.units & agreement.units
    known = {(s.revision, s.unit, s.subject) for s in await work.sightings.of(agreement.id)} if named else set()
    return [
        Sighting(revision=number, unit=unit, subject=caller.subject, seen_at=now)
        for unit in sorted(named)
        if (number, unit, caller.subject) not in known
    ]


async def _note(ports: Ports, id: AgreementId, new: list[Sighting]) -> None:
    if new:
        async with ports.begin() as work:
            await work.sightings.note(id, new)
