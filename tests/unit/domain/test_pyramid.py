"""The goal pyramid from the orientation of all down to one product."""

from dataclasses import replace

from domain.goal import Goal, Level
from domain.pyramid import pyramid
from support.agreeing import a_goal


def below(code: str, origin: str | None, level: Level | None = None) -> Goal:
    return replace(a_goal(code=code, derived_from=origin), level=level)


TOP = below("participation", None, Level.GUIDING_ORIENTATION)


def ways(*goals: Goal) -> list[tuple[str, bool]]:
    return [("/".join(place.way), place.traced) for place in pyramid(goals)]


def test_every_goal_stands_below_the_one_it_is_derived_from() -> None:
    assert ways(below("school", "participation"), TOP, below("product", "school"), below("youth", "participation")) == [
        ("participation", True),
        ("participation/school", True),
        ("participation/school/product", True),
        ("participation/youth", True),
    ]


def test_a_goal_without_a_known_origin_stands_at_the_top_and_is_not_traced() -> None:
    assert ways(below("lost", "nowhere"), below("leaf", "lost")) == [("lost", False), ("lost/leaf", False)]


def test_goals_that_derive_from_each_other_in_a_circle_all_appear() -> None:
    assert [way for way, _ in ways(below("a", "b"), below("b", "a"), below("c", "a"))] == ["a", "a/c", "b"]


def test_depth_counts_the_goals_above() -> None:
    assert [place.depth for place in pyramid([TOP, below("school", "participation")])] == [0, 1]
