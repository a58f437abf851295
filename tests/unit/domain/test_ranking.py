"""Ranking nearest neighbours: what does not fit is found with its place; units are ranked anew from a day on."""

from collections.abc import Sequence
from datetime import date

import pytest
from domain.nearest_neighbour import NearestNeighbour
from domain.ranking import NeighboursDoNotFit, misfits, ranked_anew
from domain.validity import BackwardValidity
from support.neighbours import TURN, a_neighbour, living

BEFORE, AFTER = date(2014, 1, 1), date(2015, 1, 1)
UNITS = living("a", "b", "c", "d", ended=(None, TURN), begun=(TURN, None))


def named(*sent: NearestNeighbour) -> dict[str, NearestNeighbour]:
    return {f"/{number}": one for number, one in enumerate(sent)}


def found(*sent: NearestNeighbour, known: Sequence[NearestNeighbour] = ()) -> list[tuple[str, str]]:
    return [(place.pointer, place.code) for place in misfits(named(*sent), known, UNITS)]


def test_ranks_of_different_units_times_and_neighbours_fit() -> None:
    first, second = a_neighbour("a", 1, "b", until=TURN), a_neighbour("a", 2, "c")
    again, other = a_neighbour("a", 1, "b", since=TURN), a_neighbour("b", 1, "a")
    assert found(first, second, again, other) == []


@pytest.mark.parametrize(
    ("one", "place", "code"),
    [
        (a_neighbour("a", 1, "a"), "/0/neighbour", "own_neighbour"),
        (a_neighbour("a", 0, "b"), "/0/rank", "rank_out_of_range"),
        (a_neighbour("a", 100, "b"), "/0/rank", "rank_out_of_range"),
        (a_neighbour("a", 1, "ended", since=TURN), "/0/neighbour", "not_there_then"),
        (a_neighbour("a", 1, "ended", until=AFTER), "/0/neighbour", "not_there_then"),
        (a_neighbour("begun", 1, "a", since=BEFORE), "/0/unit", "not_there_then"),
        (a_neighbour("begun", 1, "ended"), "/0/neighbour", "not_there_then"),
    ],
)
def test_what_does_not_fit_by_itself_is_told_with_its_place(one: NearestNeighbour, place: str, code: str) -> None:
    assert found(one) == [(place, code)]


def test_an_open_side_fits_a_unit_that_ends_or_begins() -> None:
    assert found(a_neighbour("a", 1, "ended"), a_neighbour("begun", 1, "a"), a_neighbour("ended", 1, "b")) == []


def test_a_rank_is_given_once_at_a_time() -> None:
    held, late = a_neighbour("a", 1, "b", since=BEFORE), a_neighbour("a", 1, "c", since=TURN)
    assert found(held, late) == [("/1/rank", "rank_taken")]
    assert found(late, known=[held]) == [("/0/rank", "rank_taken")]
    assert found(a_neighbour("a", 1, "d", until=TURN), known=[held]) == [("/0/rank", "rank_taken")]


def test_a_rank_is_held_for_the_days_given_whoever_has_ended_by_then() -> None:
    held, follows = a_neighbour("a", 1, "ended"), a_neighbour("a", 1, "b", since=TURN)
    assert found(follows, known=[held]) == [("/0/rank", "rank_taken")]
    assert ranked_anew(named(follows), [held], UNITS, TURN).ended == (a_neighbour("a", 1, "ended", until=TURN),)


def test_a_neighbour_is_named_once_at_a_time() -> None:
    assert found(a_neighbour("a", 1, "b"), a_neighbour("a", 2, "b", since=TURN)) == [
        ("/1/neighbour", "neighbour_twice")
    ]
    assert found(a_neighbour("a", 1, "b"), a_neighbour("a", 1, "b")) == [("/1/neighbour", "neighbour_twice")]


def test_who_stands_in_the_way_is_named() -> None:
    (place,) = misfits(named(a_neighbour("a", 1, "c")), [a_neighbour("a", 1, "b", since=TURN)], UNITS)
    assert "'b' has rank 1 from 2014-04-01 to before …" in place.detail.en
    assert "„b“ hat Rang 1 von 2014-04-01 bis vor …" in place.detail.de


def test_what_is_sent_again_takes_the_place_of_what_was_kept_of_it() -> None:
    ended, follows = a_neighbour("a", 1, "b", until=TURN), a_neighbour("a", 1, "c", since=TURN)
    assert found(ended, follows, known=[a_neighbour("a", 1, "b")]) == []


def test_ranked_anew_who_is_listed_alike_stays_and_who_is_not_ends() -> None:
    stays, ends = a_neighbour("a", 1, "b"), a_neighbour("a", 2, "c", since=BEFORE)
    over, others = a_neighbour("a", 3, "d", until=BEFORE), a_neighbour("b", 1, "d")
    listed = named(a_neighbour("a", 1, "b", since=TURN), a_neighbour("a", 2, "d", since=TURN))
    anew = ranked_anew(listed, [stays, ends, over, others], UNITS, TURN)
    assert anew.begun == (a_neighbour("a", 2, "d", since=TURN),)
    assert anew.ended == (a_neighbour("a", 2, "c", since=BEFORE, until=TURN),)
    assert (anew.gone, anew.unchanged) == ((), 1)


def test_ranked_anew_a_list_of_the_same_day_is_corrected() -> None:
    wrong, other = a_neighbour("a", 1, "b", since=TURN), a_neighbour("a", 2, "c", since=TURN)
    listed = named(a_neighbour("a", 1, "c", since=TURN))
    anew = ranked_anew(listed, [wrong, other], UNITS, TURN)
    assert (anew.begun, anew.ended, anew.gone) == (tuple(listed.values()), (), (wrong,))


def test_always_is_from_the_first_day_there_is() -> None:
    always, first_day = a_neighbour("a", 1, "b"), a_neighbour("a", 2, "b", since=date.min)
    assert found(always, first_day) == [("/1/neighbour", "neighbour_twice")]
    anew = ranked_anew(named(first_day), [always, a_neighbour("a", 2, "c")], UNITS, date.min)
    assert (anew.begun, anew.ended, anew.gone) == ((first_day,), (), (a_neighbour("a", 2, "c"),))
    with pytest.raises(BackwardValidity):
        a_neighbour("a", 1, "b", until=date.min)


def test_ranked_anew_a_list_that_runs_into_a_later_one_is_refused() -> None:
    later = a_neighbour("a", 1, "c", since=AFTER)
    with pytest.raises(NeighboursDoNotFit) as refused:
        ranked_anew(named(a_neighbour("a", 1, "b", since=TURN)), [later], UNITS, TURN)
    assert [place.code for place in refused.value.places()] == ["rank_taken"]
    assert str(refused.value) == "1 of 1 places are shown; nothing was kept"
