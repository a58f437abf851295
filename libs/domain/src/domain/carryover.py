"""What came of the goals agreed before, carried into the next negotiation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.agreement import Declaration, Revision
from domain.congruence import GoalRef
from domain.goal import Goal
from domain.identity import GoalCode, IndicatorCode, UnitCode

Outcomes = Mapping[tuple[int, UnitCode, IndicatorCode], Decimal]
"""What happened in a year, by unit and indicator, as the rounds of that year recorded it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was agreed before a goal, what happened, and what was declared of it last."""

    goal: GoalCode
    previous: GoalRef
    outcome: Decimal | None
    declared: Declaration | None


def carried_over(
    revision: Revision,
    concluded: Iterable[GoalRef],
    outcomes: Outcomes,
    declared: Mapping[tuple[UUID, GoalCode], Declaration],
) -> tuple[Result, ...]:
    """
    Give each goal of a revision the goals of the latest year before it that it goes on from.

    A goal goes on from one of its lineage, also of another kind, or one of the same unit over the same
    indicator or of the same code and kind.
    """
    earlier = [ref for ref in concluded if ref.year < revision.year]
    return tuple(
        Result(
            goal=goal.code,
            previous=ref,
            outcome=_outcome(ref, outcomes),
            declared=declared.get((ref.agreement, ref.goal.code)),
        )
        for goal in revision.goals
        for ref in _latest(goal, earlier)
    )


def _latest(goal: Goal, earlier: Iterable[GoalRef]) -> Iterator[GoalRef]:
    before = [ref for ref in earlier if _goes_on(goal, ref.goal)]
    year = max((ref.year for ref in before), default=0)
    return (ref for ref in sorted(before, key=lambda ref: (ref.agreement, ref.goal.code)) if ref.year == year)


def _goes_on(goal: Goal, before: Goal) -> bool:
    if goal.lineage is not None and goal.lineage == before.lineage:
        return True
    if (goal.obligated, goal.filters) != (before.obligated, before.filters):
        return False
    named_alike = (goal.code, goal.kind) == (before.code, before.kind)
    return named_alike or (_indicator(goal) is not None and _indicator(goal) == _indicator(before))


def _outcome(ref: GoalRef, outcomes: Outcomes) -> Decimal | None:
    unit, indicator = ref.goal.obligated, _indicator(ref.goal)
    return outcomes.get((ref.year, unit, indicator)) if unit and indicator and not ref.goal.filters else None


def _indicator(goal: Goal) -> IndicatorCode | None:
    code: IndicatorCode | None = getattr(goal.terms, "indicator", None)
    return code
