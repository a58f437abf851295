"""Months as they are written, in German and English."""

from contextlib import nullcontext
from datetime import date

import pytest
from domain.period import BadMonth, Month
from domain.written_month import month_of
from hypothesis import given
from hypothesis import strategies as st

NAMES = (
    ("Januar", "January"),
    ("Februar", "February"),
    ("März", "March"),
    ("April", "April"),
    ("Mai", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("August", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Dezember", "December"),
)
MONTHS = st.builds(Month, st.integers(1000, 9999), st.integers(1, 12))


@given(MONTHS, st.booleans())
def test_a_month_is_read_however_it_is_written(month: Month, any_day: bool) -> None:
    year, number = f"{month.year:04}", month.month
    names = NAMES[number - 1]
    written = [
        str(month),
        f"{year}{number:02}",
        f"{number}/{year}",
        f"{number:02}.{year}",
        f"{month.first_day}",
        f"{month.first_day} 00:00:00",
        f"01.{number:02}.{year}",
        *(f"{name} {year}" for name in names),
        *(f"{name[:3].upper()}. {year}" for name in names),
    ]
    assert {month_of(text, any_day=any_day) for text in written} == {month}


@given(st.dates(min_value=Month(1000, 1).first_day))
def test_of_its_days_only_the_first_stands_for_a_month_unless_any_may(day: date) -> None:
    for text in (f"{day}", f"{day} 00:00:00", f"{day:%d.%m.%Y}"):
        assert month_of(text, any_day=True) == Month.of(day)
        with nullcontext() if day.day == 1 else pytest.raises(BadMonth):
            assert month_of(text) == Month.of(day)


@pytest.mark.parametrize("text", ["Mrz 2014", "Maerz 2014", "mär-2014", "March 2014"])
def test_march_has_many_names(text: str) -> None:
    assert month_of(text) == Month(2014, 3)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2014", "2014-13", "2014-1", "13/2014", "11/14", "112014", "0000-01", "-2014-11", "2014‑11", "2014-11\0"),
        *("Nov 14", "Lenz 2014", "Ja 2014"),
        *("31.11.2014", "11/30/2014", "2014-11-15", "30.11.2014", "2014-11-15 12:00:00"),
    ],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(BadMonth):
        month_of(text)
