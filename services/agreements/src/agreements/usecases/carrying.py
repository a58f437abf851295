"""Carrying what came of the goals agreed before into the next negotiation."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from chassis.caller import Caller
from domain.agreement import Declaration
from domain.carryover import Outcomes, Result, carried_over
from domain.congruence import GoalRef
from domain.identity import AgreementId, GoalCode, IndicatorCode, UnitCode

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
    years = sorted({ref.year for ref in earlier})
    rounds = await work.planning_rounds.matching({"year": years}) if years else []
    found: dict[tuple[int, UnitCode, IndicatorCode], Decimal] = {}
    for filed in rounds:
        units = sorted({str(ref.goal.obligated) for ref in earlier if ref.year == filed.value.year})
        for value in await work.reference_values.of([filed.id], units=units):
            if value.outcome is not None:
                found[filed.value.year, value.unit, value.indicator] = value.outcome
    return found
