"""Nearest neighbours as they are read: together and by rank, as they were in each month."""

from domain.identity import UnitCode
from domain.period import Month, Period
from indicators.usecases.neighbouring import Placed, neighbourhood, placed
from support.neighbours import TURN, a_neighbour, living

MARCH, APRIL, MAY = Month(2014, 3), Month(2014, 4), Month(2014, 5)
SPRING = Period(MARCH, Month(2014, 6))
UNITS = living("own", "a", "b", "c", ended=(None, TURN))
KNOWN = [
    a_neighbour("own", 1, "a"),
    a_neighbour("own", 2, "ended", until=TURN),
    a_neighbour("own", 2, "b", since=MAY.first_day),
    a_neighbour("own", 3, "c"),
    a_neighbour("a", 1, "c"),
]
OWN = UnitCode("own")


def test_neighbours_are_read_together_and_each_by_rank() -> None:
    together, *ranks = neighbourhood(OWN, 99, KNOWN, UNITS, SPRING)
    assert (together.code, together.rank) == ("neighbours:own", None)
    assert together.whose == {OWN}
    assert [together.members(month) for month in SPRING] == [("a", "c", "ended"), ("a", "c"), ("a", "b", "c")]
    assert [(one.code, one.rank) for one in ranks] == [
        ("neighbours:own#01", 1),
        ("neighbours:own#02", 2),
        ("neighbours:own#03", 3),
    ]
    assert [made.members for made in ranks[1].compositions] == [("ended",), (), ("b",)]


def test_only_the_nearest_up_to_a_rank_are_read() -> None:
    together, *ranks = neighbourhood(OWN, 2, KNOWN, UNITS, SPRING)
    assert [one.rank for one in ranks] == [1, 2]
    assert together.everybody == {"a", "b", "ended"}


def test_a_rank_names_who_stands_there_in_the_month_or_nobody() -> None:
    groups = neighbourhood(OWN, 2, KNOWN, UNITS, SPRING)
    code = UnitCode("neighbours:own#02")
    assert placed(groups, {code, UnitCode("neighbours:own")}, [MARCH, APRIL, MAY]) == {
        (code, MARCH): Placed(2, UnitCode("ended")),
        (code, APRIL): Placed(2, None),
        (code, MAY): Placed(2, UnitCode("b")),
    }


def test_a_unit_without_neighbours_is_read_with_nobody() -> None:
    (together,) = neighbourhood(UnitCode("b"), 99, KNOWN, UNITS, SPRING)
    assert together.everybody == frozenset()
