"""Carrying what came of the goals agreed before into the next negotiation."""

from collections.abc import Sequence
from uuid import UUID

from chassis.caller import Caller
from domain.agreement import Declaration
from domain.carryover import Outcomes, Result, carried_over
from domain.congruence import GoalRef
from domain.identity import AgreementId, GoalCode

from agreements.ports import Ports, Work
from agreements.usecases.sight import seeing


async def results_before(ports: Ports, caller: Caller, id: AgreementId) -> tuple[Result, ...]:
    """Tell what came of the goals agreed before those of an agreement, for its negotiation."""
    async with seeing(ports, caller) as work:
        revision = (await work.agreements.get(id)).revision
        units = sorted({goal.obligated for goal in revision.goals if goal.obligated})
        lineages = sorted({goal.lineage for goal in revision.goals if goal.lineage})
        earlier = await work.goals.concluded(revision.year, units, lineages)
        declared: dict[tuple[UUID, GoalCode], Declaration] = {
            (ref, one.goal): one
            for ref in sorted({AgreementId(known.agreement) for known in earlier})
            for one in await work.agreements.declarations(ref)
            if one.condition is None
        }
        return carried_over(revision, earlier, await _outcomes(work, earlier), declared)


async def _outcomes(work: Work, earlier: Sequence[GoalRef]) -> Outcomes:
    rounds = await work.planning_rounds.matching({"year": sorted({ref.year for ref in earlier})}) if earlier else []
    years = {filed.id: filed.value.year for filed in rounds}
    units = sorted({ref.goal.obligated for ref in earlier if ref.goal.obligated})
    values = await work.reference_values.of(list(years), units=units) if years and units else []
    return {(years[v.round], v.unit, v.indicator): v.outcome for v in values if v.outcome is not None}
