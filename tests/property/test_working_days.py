"""Working days as laws."""

from datetime import date, timedelta

from domain.period import Month
from domain.working_days import (
    DAY,
    easter,
    holidays,
    is_working_day,
    nth_working_day,
    working_days_after,
    working_days_before,
)
from hypothesis import given
from hypothesis import strategies as st

YEARS = st.integers(1583, 4099)
MONTHS = st.builds(Month, st.integers(2005, 2100), st.integers(1, 12))
PLACES = st.sampled_from(["", "09761", *(f"{land:02}" for land in range(1, 17))])
NUMBERS = st.integers(1, 20)


@given(YEARS)
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


@given(MONTHS, NUMBERS, PLACES)
def test_the_nth_working_day_is_one_and_has_exactly_so_many_up_to_it(month: Month, number: int, place: str) -> None:
    day = nth_working_day(month, number, place)
    until = [month.first_day + timedelta(days=n) for n in range((day - month.first_day).days + 1)]
    assert is_working_day(day, place)
    assert sum(is_working_day(one, place) for one in until) == number


@given(MONTHS, NUMBERS, PLACES)
def test_holidays_of_a_land_never_bring_a_due_day_forward(month: Month, number: int, place: str) -> None:
    assert nth_working_day(month, number, place) >= nth_working_day(month, number)
    assert holidays(month.year) <= holidays(month.year, place)


@given(MONTHS, NUMBERS, NUMBERS, PLACES)
def test_counting_back_undoes_counting_on(month: Month, number: int, back: int, place: str) -> None:
    early, late = sorted((number, back))
    assert working_days_before(nth_working_day(month, late, place), late - early, place) == nth_working_day(
        month, early, place
    )


@given(st.dates(date(2005, 1, 10), date(2100, 1, 1)), PLACES)
def test_no_holiday_and_no_weekend_is_a_working_day(day: date, place: str) -> None:
    assert is_working_day(day, place) == (day.weekday() < 5 and day not in holidays(day.year, place))
    assert working_days_before(day, 1, place) <= day - DAY


@given(st.dates(date(2005, 1, 10), date(2100, 1, 1)), NUMBERS, PLACES)
def test_so_many_working_days_after_a_day_lie_between(day: date, number: int, place: str) -> None:
    due = working_days_after(day, number, place)
    between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert is_working_day(due, place)
    assert sum(is_working_day(one, place) for one in between) == number
