"""Contradictions between agreements, and parts that do not come to their whole."""

from dataclasses import replace
from uuid import UUID

import pytest
from domain.agreement import Status
from domain.congruence import GoalRef, contradict, contradictions, sums
from domain.goal import Goal
from domain.identity import UnitCode
from domain.indicator import Direction
from domain.quantity import Measure
from domain.terms import DeliverableTerms
from support.agreeing import DISTRICT, JOBCENTER, a_goal, a_target

TOWNS = (UnitCode("05158004"), UnitCode("05158008"))


def a_ref(number: int, goal: Goal, *, year: int = 2014, predecessor: int | None = None) -> GoalRef:
    return GoalRef(
        agreement=UUID(int=number),
        predecessor=UUID(int=predecessor) if predecessor else None,
        title=f"Vereinbarung {number}",
        year=year,
        status=Status.IN_FORCE,
        goal=goal,
    )


OWN = a_ref(1, a_goal(a_target("100")))


@pytest.mark.parametrize(
    ("other", "contradicts"),
    [
        (a_ref(2, a_goal(a_target("99"))), True),
        (a_ref(2, a_goal(a_target("100", direction=Direction.AT_LEAST))), True),
        (a_ref(2, a_goal(a_target("99"), code="named_otherwise")), True),
        (a_ref(2, a_goal(a_target("100"))), False),
        (a_ref(2, a_goal(a_target("99"), obligated=DISTRICT)), False),
        (a_ref(2, a_goal(a_target("99")), year=2015), False),
        (a_ref(2, replace(a_goal(a_target("99")), filters={"sex": "women"})), False),
        (a_ref(1, a_goal(a_target("99"))), False),
        (a_ref(2, a_goal(a_target("99")), predecessor=1), False),
        (a_ref(2, a_goal(DeliverableTerms())), False),
    ],
)
def test_a_contradiction_asks_the_same_unit_for_something_else_of_the_same(other: GoalRef, contradicts: bool) -> None:
    assert contradict(OWN, other) is contradicts
    assert contradict(other, OWN) is contradicts


def test_a_contradiction_is_told_with_both_places() -> None:
    [finding] = contradictions({"/goals/0": OWN}, [a_ref(2, a_goal(a_target("99"), code="stock")), OWN])
    assert (finding.pointer, finding.rule.value) == ("/goals/0", "contradiction")
    assert f"/v1/agreements/{UUID(int=2)}/goals/stock" in finding.detail.en


def parts(*targets: str, whole: str = "100", measure: Measure = Measure.PERSONS) -> list[str]:
    given = [a_ref(n + 2, a_goal(a_target(t, measure=measure), obligated=TOWNS[n])) for n, t in enumerate(targets)]
    own = a_ref(1, a_goal(a_target(whole, measure=measure)))
    return [finding.pointer for finding in sums({"/goals/0": own}, given, {JOBCENTER: TOWNS})]


@pytest.mark.parametrize(
    ("targets", "places"),
    [
        (("60", "40"), []),
        (("60", "41"), ["/goals/0/target"]),
        (("60", "39"), ["/goals/0/target"]),
        (("60",), []),
        (("101",), ["/goals/0/target"]),
        ((), []),
    ],
)
def test_parts_come_to_the_whole_and_not_beyond_it_while_some_are_missing(
    targets: tuple[str, ...], places: list[str]
) -> None:
    assert parts(*targets) == places


def test_rates_do_not_add_up() -> None:
    assert parts("60", "60", measure=Measure.PERCENT) == []
