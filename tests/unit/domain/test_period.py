"""Months and periods."""

from datetime import date

import pytest
from domain.period import BadMonth, BadPeriod, Month, Period, PeriodBackward


def test_a_month_knows_its_first_and_last_day() -> None:
    assert (Month(2016, 2).first_day, Month(2016, 2).last_day) == (date(2016, 2, 1), date(2016, 2, 29))


def test_months_go_over_the_turn_of_the_year() -> None:
    assert Month(2014, 12).next == Month(2015, 1)
    assert Month(2014, 1).previous == Month(2013, 12)
    assert Month(2015, 1) - Month(2013, 12) == 13


@pytest.mark.parametrize(
    "text", ["", "2014", "2014-13", "2014-00", "0000-01", "2014-1", "14-11", "2014-11-01", "٢٠١٤-11"]
)
def test_anything_but_a_year_and_month_is_no_month(text: str) -> None:
    with pytest.raises(BadMonth):
        Month.parse(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2014-11", Month(2014, 11), Month(2014, 11)),
        ("2014-Q4", Month(2014, 10), Month(2014, 12)),
        ("2014-H2", Month(2014, 7), Month(2014, 12)),
        ("2014", Month(2014, 1), Month(2014, 12)),
    ],
)
def test_a_period_is_written_as_it_is_read(text: str, first: Month, last: Month) -> None:
    period = Period.parse(text)
    assert (period.start, period.last, str(period)) == (first, last, text)


@pytest.mark.parametrize("text", ["", "2014-Q5", "2014-Q0", "2014-H3", "2014-13", "0000", "2014/2015"])
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(BadPeriod):
        Period.parse(text)


def test_a_period_ends_before_the_month_after_it() -> None:
    assert Month(2014, 12) in Period.parse("2014")
    assert Month(2015, 1) not in Period.parse("2014")


def test_an_empty_period_is_refused() -> None:
    with pytest.raises(PeriodBackward, match="swap"):
        Period(Month(2014, 1), Month(2014, 1))
