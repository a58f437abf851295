"""Sums of rounds: rates are ratios of sums, each beside the same offices' rounds before."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from domain.identity import UnitCode
from domain.period import Month
from domain.quantity import half_up
from domain.review_results import Closed, Grouping, Line, Results, Tally, error_rate, summed
from hypothesis import given
from hypothesis import strategies as st


def a_tally(checkpoint: int = 1, errors: int = 0, answered: int = 10, amount: str = "0") -> Tally:
    return Tally(
        checkpoint=checkpoint,
        right=answered - errors,
        errors=errors,
        not_applicable=1,
        amount=Decimal(amount),
    )


def a_round(unit: str, month: int, *tallies: Tally, grid: str = "leistung") -> Closed:
    results = Results(reviewed=10, with_errors=1, not_found=0, tallies=tallies)
    return Closed(unit=UnitCode(unit), month=Month(2012, month), grid=grid, results=results)


def told(lines: Sequence[Line]) -> list[tuple[object, ...]]:
    return [(line.unit, line.month and line.month.month, line.tally.errors, line.tally.answered) for line in lines]


@pytest.mark.parametrize(
    ("errors", "answered", "low", "high"),
    [(0, 10, "0.0", "27.8"), (1, 10, "1.8", "40.4"), (5, 10, "23.7", "76.3"), (10, 10, "72.2", "100.0")],
)
def test_the_interval_is_that_of_wilson(errors: int, answered: int, low: str, high: str) -> None:
    rate = error_rate(errors, answered)
    assert rate is not None
    assert (str(half_up(rate.low, 1)), str(half_up(rate.high, 1))) == (low, high)


def test_where_nothing_was_answered_there_is_no_rate() -> None:
    assert error_rate(0, 0) is None


@given(st.integers(1, 5_000), st.integers(0, 5_000))
def test_a_rate_lies_in_its_interval_and_errors_mirror_what_is_right(answered: int, errors: int) -> None:
    errors = min(errors, answered)
    wrong, right = error_rate(errors, answered), error_rate(answered - errors, answered)
    assert wrong is not None
    assert right is not None
    assert 0 <= wrong.low <= wrong.percent <= wrong.high <= 100
    assert half_up(wrong.low + right.high, 30) == 100


def test_sums_are_made_for_units_for_months_or_for_all() -> None:
    rounds = [a_round("A", 1, a_tally(errors=1)), a_round("A", 2, a_tally(errors=3)), a_round("B", 2, a_tally())]
    assert told(list(summed(rounds, [], Grouping.UNIT))) == [("A", None, 4, 20), ("B", None, 0, 10)]
    assert told(list(summed(rounds, [], Grouping.MONTH))) == [(None, 1, 1, 10), (None, 2, 3, 20)]
    assert told(list(summed(rounds, [], Grouping.TOTAL))) == [(None, None, 4, 30)]


def test_the_round_before_is_the_last_one_of_the_same_office_and_grid() -> None:
    before = [
        a_round("A", 1, a_tally(errors=9)),
        a_round("A", 3, a_tally(errors=2, amount="7.50")),
        a_round("A", 4, a_tally(errors=8), grid="markt"),
        a_round("B", 4, a_tally(errors=8)),
    ]
    (line,) = summed([a_round("A", 5, a_tally(errors=1))], before, Grouping.UNIT)
    assert line.before == a_tally(errors=2, amount="7.50")
    assert line.change == -10


def test_months_are_compared_with_the_rounds_before_each_of_them() -> None:
    rounds = [a_round("A", 2, a_tally(errors=3)), a_round("B", 2, a_tally()), a_round("A", 1, a_tally(errors=1))]
    first, second = summed(rounds, [], Grouping.MONTH)
    assert (first.before, second.before) == (None, a_tally(errors=1))
    assert second.change == 5


def test_a_checkpoint_that_is_new_has_no_round_before() -> None:
    old, new = a_round("A", 1, a_tally(1)), a_round("A", 2, a_tally(1), a_tally(2, answered=0))
    lines = list(summed([new], [old], Grouping.TOTAL))
    assert [(line.tally.checkpoint, line.rounds, line.before is None) for line in lines] == [
        (1, 1, False),
        (2, 1, True),
    ]
    assert lines[1].tally.rate is None
    assert lines[1].change is None
