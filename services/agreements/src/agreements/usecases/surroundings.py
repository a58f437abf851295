"""What an agreement's surroundings say against it: its tier, other agreements, round, budget, committees."""

from datetime import date

from chassis.caller import Caller
from domain import congruence
from domain.agreement import Agreement
from domain.appropriation import above_title
from domain.checking import check
from domain.concept import unsettled
from domain.congruence import GoalRef
from domain.consultation import misordered
from domain.finding import Finding, found_at
from domain.identity import AgreementId
from domain.known_indicators import Defined
from domain.meeting import missed
from domain.offer import AgreedTarget, outside_corridor
from domain.planning import before_budget_law
from domain.standards import doubtful
from domain.terms import TargetTerms
from domain.tier import misfits
from domain.unit_lineage import not_valid

from agreements.ports import Ports, Work
from agreements.usecases.indicators import indicators_for, of_indicators
from agreements.usecases.sight import READERS, seeing
from agreements.usecases.tiers import known_tiers


async def findings(ports: Ports, caller: Caller, id: AgreementId) -> tuple[Finding, ...]:
    """Check the present revision by every rule, with what the caller may see around it."""
    caller.must_be(*READERS)
    defined = await indicators_for(ports, id)
    async with seeing(ports, caller) as work:
        agreement = await work.agreements.get(id)
        return (*check(agreement.revision), *await around(work, agreement, ports.today(), defined))


async def around(work: Work, agreement: Agreement, on: date, defined: Defined | None) -> tuple[Finding, ...]:
    """Check an agreement against everything beside it, as of a day, and the indicators that are defined."""
    return (
        *of_indicators(agreement.revision, defined),
        *await _of_units(work, agreement),
        *await _of_others(work, agreement),
        *await _of_round(work, agreement, on),
        *await _of_bodies(work, agreement, on),
        *await _of_budgets(work, agreement),
    )


async def contradictions(ports: Ports, caller: Caller, year: int) -> list[tuple[GoalRef, GoalRef]]:
    """Find goals of different agreements of a year that ask different things of the same unit."""
    async with seeing(ports, caller) as work:
        return [(one, other) for one, other in await work.goals.doubled(year) if congruence.contradict(one, other)]


async def _of_units(work: Work, agreement: Agreement) -> list[Finding]:
    """Check that the parties are there when it begins, and that they fit the tier it names."""
    revision, units = agreement.revision, await work.units.tree()
    places = [*not_valid(revision, units)]
    if revision.tier:
        places += misfits(revision, (await known_tiers(work)).get(revision.tier), units)
    return [found_at(place) for place in places]


async def _of_others(work: Work, agreement: Agreement) -> list[Finding]:
    revision = agreement.revision
    pointers = {f"/goals/{number}": _ref(agreement, number) for number in range(len(revision.goals))}
    indicators = {str(code) for ref in pointers.values() if (code := getattr(ref.goal.terms, "indicator", None))}
    if not indicators:
        return []
    units, day = await work.units.tree(), revision.valid_from
    parts = {unit: units.parts(unit, day) for goal in revision.goals if (unit := goal.obligated)}
    bound = {*parts, *(part for among in parts.values() for part in among)}
    others = await work.goals.about(revision.year, sorted(indicators), sorted(bound))
    return [*congruence.contradictions(pointers, others), *congruence.sums(pointers, others, parts)]


async def _of_bodies(work: Work, agreement: Agreement, on: date) -> list[Finding]:
    """Check the consultation sequence, unresolved points, the standards referred to and the rhythm of meetings."""
    keys = {"agreement": [agreement.id]}
    steps = [filed.value for filed in await work.consultations.matching(keys)]
    points = [filed.value for filed in await work.escalations.matching(keys)]
    codes = [standard.code for standard in agreement.revision.standards]
    register = [filed.value for filed in await work.standards.matching({"code": codes})] if codes else []
    places = [
        *misordered(steps, on),
        *unsettled(agreement.revision, points),
        *doubtful(agreement.revision, register),
        *missed([filed.value for filed in await work.meetings.matching(keys)], on),
    ]
    return [found_at(place) for place in places]


async def _of_budgets(work: Work, agreement: Agreement) -> list[Finding]:
    """Check appropriations against the titles they are tied to."""
    goals = agreement.revision.goals
    units = sorted({goal.obligated for goal in goals if getattr(goal.terms, "budget_title", None) and goal.obligated})
    if not units:
        return []
    found = await work.budgets.matching({"unit": units, "year": [agreement.revision.year]})
    return [found_at(place) for place in above_title(goals, {filed.value.unit: filed.value for filed in found})]


async def _of_round(work: Work, agreement: Agreement, on: date) -> list[Finding]:
    """Check targets against the corridors of the round the agreement is negotiated in, and the budget law's day."""
    revision = agreement.revision
    if revision.round is None:
        return []
    planned = (await work.planning_rounds.get(revision.round)).value
    targets = [
        AgreedTarget(pointer=f"/goals/{number}/target", unit=goal.obligated, indicator=indicator, value=target)
        for number, goal in enumerate(revision.goals)
        if isinstance(goal.terms, TargetTerms)
        and (indicator := goal.terms.indicator) is not None
        and (target := goal.terms.target) is not None
        and goal.obligated is not None
    ]
    units = sorted({target.unit for target in targets})
    references = await work.reference_values.of([revision.round], units=units) if units else []
    offers = await work.offers.matching({"round": [revision.round], "unit": units}) if units else []
    granted = await work.mandates.matching({"agreement": [agreement.id]})
    mandates = [filed.value for filed in granted if filed.value.holder in revision.binding]
    concluded = max((signature.signed_at.date() for signature in agreement.signatures), default=on)
    places = [
        *outside_corridor(targets, references, [filed.value for filed in offers], mandates),
        *before_budget_law(concluded, planned.budget_law_on),
    ]
    return [found_at(place) for place in places]


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
