"""Laws of numbers and of time."""

from decimal import Decimal

from domain.period import Month, Period
from domain.quantity import decimal_of, half_up
from hypothesis import given
from hypothesis import strategies as st

NUMBERS = st.decimals(-(10**18), 10**18, allow_nan=False, places=10)
PLACES = st.integers(0, 6)
MONTHS = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))
SPANS = st.integers(1, 60)


@given(NUMBERS, PLACES)
def test_rounding_moves_a_number_by_at_most_half_a_place(number: Decimal, places: int) -> None:
    assert abs(half_up(number, places) - number) <= Decimal(5).scaleb(-places - 1)


@given(NUMBERS, PLACES)
def test_rounding_is_the_same_on_both_sides_of_zero(number: Decimal, places: int) -> None:
    assert half_up(-number, places) == -half_up(number, places)


@given(NUMBERS, PLACES)
def test_rounding_twice_changes_nothing(number: Decimal, places: int) -> None:
    assert half_up(half_up(number, places), places) == half_up(number, places)


@given(st.decimals(-(10**17), 10**17, allow_nan=False, places=4))
def test_a_number_comes_back_as_it_was_written(number: Decimal) -> None:
    assert str(decimal_of(f"{number:f}")) == f"{number:f}"


@given(MONTHS, st.integers(-600, 600), st.integers(-600, 600))
def test_steps_over_months_add_up(month: Month, first: int, second: int) -> None:
    assert month.plus(first).plus(second) == month.plus(first + second)
    assert month.plus(first) - month == first
    assert (month < month.plus(first)) == (first > 0)


@given(MONTHS)
def test_a_month_comes_back_as_it_was_written(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert Month.of(month.first_day) == Month.of(month.last_day) == month
    assert (month.next.first_day - month.last_day).days == 1


@given(MONTHS, SPANS, st.data())
def test_the_halves_of_a_period_share_nothing_and_lose_nothing(start: Month, length: int, data: st.DataObject) -> None:
    whole = Period.lasting(start, length + 1)
    first, second = whole.split(start.plus(data.draw(st.integers(1, length))))
    assert (*first, *second) == whole.months()
    assert set(first).isdisjoint(second)


@given(MONTHS, SPANS, MONTHS)
def test_a_period_holds_exactly_the_months_it_lists(start: Month, length: int, month: Month) -> None:
    period = Period.lasting(start, length)
    assert (month in period) == (month in period.months())


@given(st.integers(1900, 2200), st.sampled_from([["{}-Q1", "{}-Q2", "{}-Q3", "{}-Q4"], ["{}-H1", "{}-H2"]]))
def test_quarters_and_half_years_partition_the_year(year: int, parts: list[str]) -> None:
    months = [month for part in parts for month in Period.parse(part.format(year))]
    assert tuple(months) == Period.parse(f"{year}").months()
