"""What came of last time's goals is carried into the next negotiation."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from domain.agreement import Declaration, DeclarationKind, Revision, Status
from domain.carryover import carried_over
from domain.congruence import GoalRef
from domain.goal import Goal
from domain.identity import GoalCode, IndicatorCode
from domain.terms import QualitativeTerms
from support.agreeing import DISTRICT, JOBCENTER, a_goal, a_revision, a_target

FIGURE = IndicatorCode("figure")


def a_ref(number: int, goal: Goal, year: int = 2013) -> GoalRef:
    return GoalRef(
        agreement=UUID(int=number),
        predecessor=None,
        title=f"Vereinbarung {year}",
        year=year,
        status=Status.CLOSED,
        goal=goal,
    )


def carried(revision: Revision, *earlier: GoalRef) -> list[tuple[str, int]]:
    return [(result.goal, result.previous.agreement.int) for result in carried_over(revision, earlier, {}, {})]


def test_a_goal_goes_on_from_the_latest_year_over_the_same_indicator_of_the_same_unit() -> None:
    own = a_revision(a_goal(a_target("90"), code="stock"))
    refs = [a_ref(1, a_goal(code="old"), 2011), a_ref(2, a_goal(code="older"), 2013), a_ref(3, a_goal(), 2014)]
    assert carried(own, *refs) == [("stock", 2)]


@pytest.mark.parametrize(
    "other", [a_goal(obligated=DISTRICT), replace(a_goal(), filters={"sex": "women"}), a_goal(QualitativeTerms())]
)
def test_another_unit_group_or_kind_is_another_goal(other: Goal) -> None:
    assert carried(a_revision(a_goal()), a_ref(1, other)) == []


def test_a_lineage_leads_on_over_a_change_of_kind_and_unit() -> None:
    tendency = replace(a_goal(QualitativeTerms(), obligated=DISTRICT), lineage="housing")
    measured = replace(a_goal(code="housing_costs"), lineage="housing")
    assert carried(a_revision(measured), a_ref(1, tendency, 2012)) == [("housing_costs", 1)]


def test_a_goal_without_a_figure_goes_on_from_one_of_the_same_code() -> None:
    places = a_goal(QualitativeTerms(), code="child_care_places")
    assert carried(a_revision(places), a_ref(1, places), a_ref(2, a_goal(QualitativeTerms()))) == [
        ("child_care_places", 1)
    ]


def test_what_happened_and_what_was_declared_come_along() -> None:
    ref = a_ref(1, a_goal(code="old"))
    said = Declaration(
        goal=GoalCode("old"),
        kind=DeclarationKind.BETTER,
        on=date(2013, 12, 1),
        party=JOBCENTER,
        subject="lead",
        narrative="gesunken",
    )
    [result] = carried_over(
        a_revision(a_goal()), [ref], {(2013, JOBCENTER, FIGURE): Decimal(17100)}, {(ref.agreement, ref.goal.code): said}
    )
    assert (result.outcome, result.declared) == (Decimal(17100), said)
    [nothing] = carried_over(a_revision(a_goal()), [ref], {(2012, JOBCENTER, FIGURE): Decimal(1)}, {})
    assert (nothing.outcome, nothing.declared) == (None, None)
