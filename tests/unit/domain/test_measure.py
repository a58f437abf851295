"""The measure programme and its overlaps."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from domain.identity import GoalCode, UnitCode
from domain.measure import Measure, MeasureBackwards, Need, Served, overlaps, programme

FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))


def a_measure(
    *needs: str,
    groups: tuple[str, ...] = ("under_25",),
    months: tuple[int, int] = (1, 6),
    goals: tuple[str, ...] = ("integration",),
    cost: str | None = None,
    justification: str | None = None,
) -> Measure:
    return Measure(
        unit=UnitCode("05158"),
        year=2012,
        title="Kurs",
        starts_on=date(2012, months[0], 1),
        ends_on=date(2012, months[1], 1),
        needs=tuple(Need(code=code, text=code) for code in needs),
        target_groups=groups,
        goals=tuple(Served(goal=GoalCode(code)) for code in goals),
        cost=None if cost is None else Decimal(cost),
        justification=justification,
    )


def test_the_same_for_the_same_people_at_the_same_time_is_an_overlap() -> None:
    one, other = a_measure("language", "childcare"), a_measure("language", months=(6, 9), justification="zwei Orte")
    [overlap] = overlaps({SECOND: other, FIRST: one})
    assert (overlap.one, overlap.other, overlap.needs, overlap.target_groups) == (
        FIRST,
        SECOND,
        ("language",),
        ("under_25",),
    )
    assert (overlap.starts_on, overlap.ends_on, overlap.justification) == (
        date(2012, 6, 1),
        date(2012, 6, 1),
        "zwei Orte",
    )


@pytest.mark.parametrize(
    "other",
    [
        a_measure("debts"),
        a_measure("language", groups=("lone_parents",)),
        a_measure("language", months=(7, 9)),
        a_measure(),
    ],
)
def test_other_needs_other_people_or_another_time_are_none(other: Measure) -> None:
    assert overlaps({FIRST: a_measure("language"), SECOND: other}) == ()


def test_a_programme_leads_from_needs_over_measures_to_goals() -> None:
    measures = {
        FIRST: a_measure("language", cost="100.50"),
        SECOND: a_measure("language", "debts", groups=("lone_parents",), goals=("child_care",), cost="50"),
        THIRD: a_measure(goals=()),
    }
    told = programme(measures)
    assert [(b.need, b.target_groups, b.measures, b.goals) for b in told.branches] == [
        ("debts", ("lone_parents",), (SECOND,), ("child_care",)),
        ("language", ("lone_parents", "under_25"), (FIRST, SECOND), ("child_care", "integration")),
    ]
    assert (told.without_need, told.without_goal, told.cost) == ((THIRD,), (THIRD,), Decimal("150.50"))


def test_a_measure_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(MeasureBackwards):
        a_measure(months=(6, 5))
