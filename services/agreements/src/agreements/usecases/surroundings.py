"""What an agreement's surroundings say against it: its tier, other agreements, round, budget, committees."""

from collections.abc import AsyncIterator

from chassis.caller import Caller
from domain import congruence
from domain.agreement import Agreement
from domain.checking import check
from domain.congruence import GoalRef
from domain.finding import Finding, found_at
from domain.identity import AgreementId
from domain.tier import misfits

from agreements.ports import Ports, Work
from agreements.usecases.sight import seeing
from agreements.usecases.tiers import known_tiers


async def findings(ports: Ports, caller: Caller, id: AgreementId) -> tuple[Finding, ...]:
    """Check the present revision by every rule, with what the caller may see around it."""
    async with seeing(ports, caller) as work:
        agreement = await work.agreements.get(id)
        return (*check(agreement.revision), *await around(work, agreement))


async def around(work: Work, agreement: Agreement) -> tuple[Finding, ...]:
    """Check an agreement against everything beside it."""
    return tuple([found async for found in _around(work, agreement)])


async def contradictions(ports: Ports, caller: Caller, year: int) -> list[tuple[GoalRef, GoalRef]]:
    """Find goals of different agreements of a year that ask different things of the same unit."""
    async with seeing(ports, caller) as work:
        return [(one, other) for one, other in await work.goals.doubled(year) if congruence.contradict(one, other)]


async def _around(work: Work, agreement: Agreement) -> AsyncIterator[Finding]:
    for finding in [*await _of_tier(work, agreement), *await _of_others(work, agreement)]:
        yield finding


async def _of_tier(work: Work, agreement: Agreement) -> list[Finding]:
    tier = (await known_tiers(work)).get(agreement.revision.tier or "")
    if tier is None:
        return []
    return [found_at(place) for place in misfits(agreement.revision, tier, await work.units.tree())]


async def _of_others(work: Work, agreement: Agreement) -> list[Finding]:
    revision = agreement.revision
    pointers = {f"/goals/{number}": _ref(agreement, number) for number in range(len(revision.goals))}
    indicators = {str(code) for ref in pointers.values() if (code := getattr(ref.goal.terms, "indicator", None))}
    if not indicators:
        return []
    others = await work.goals.about(revision.year, sorted(indicators))
    units, day = await work.units.tree(), revision.valid_from
    parts = {unit: units.parts(unit, day) for goal in revision.goals if (unit := goal.obligated)}
    return [*congruence.contradictions(pointers, others), *congruence.sums(pointers, others, parts)]


def _ref(agreement: Agreement, number: int) -> GoalRef:
    revision = agreement.revision
    return GoalRef(
        agreement=agreement.id,
        predecessor=agreement.predecessor,
        title=revision.title,
        year=revision.year,
        status=agreement.status,
        goal=revision.goals[number],
    )
