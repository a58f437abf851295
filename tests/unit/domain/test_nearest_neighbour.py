"""Nearest neighbours: who is at which rank on a day."""

from datetime import date

import pytest
from domain.nearest_neighbour import on_day
from domain.validity import BackwardValidity
from support.neighbours import TURN, a_neighbour, living

BEFORE = date(2014, 3, 31)


def test_neighbours_hold_for_their_days_and_are_told_by_rank() -> None:
    second, first = a_neighbour("a", 2, "c"), a_neighbour("a", 1, "b", until=TURN)
    after, other = a_neighbour("a", 1, "d", since=TURN), a_neighbour("b", 1, "a")
    known, units = [second, after, other, first], living("a", "b", "c", "d")
    assert on_day(known, units, BEFORE) == (first, second, other)
    assert on_day(known, units, TURN) == (after, second, other)


def test_an_open_side_lasts_while_both_units_exist() -> None:
    known = [a_neighbour("a", 1, "ended"), a_neighbour("ended", 1, "a"), a_neighbour("a", 2, "nobody")]
    units = living("a", ended=(None, TURN))
    assert [one.placing for one in on_day(known, units, BEFORE)] == [("a", 1, "ended"), ("ended", 1, "a")]
    assert on_day(known, units, TURN) == ()


def test_neighbours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(BackwardValidity, match="a nearest_neighbour b"):
        a_neighbour("a", 1, "b", since=TURN, until=TURN)
