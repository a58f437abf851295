"""Working days against published dates: holidays of the Länder over several years."""

from datetime import date

import pytest
from domain.period import Month
from domain.working_days import easter, holidays, is_working_day, nth_working_day, repentance_day, working_days_before

NORTH_RHINE, BAVARIA, SAXONY, BERLIN, HAMBURG, THURINGIA = "05", "09", "14", "11", "02", "16"


@pytest.mark.parametrize(
    "day",
    [
        date(1954, 4, 18),
        date(1981, 4, 19),
        date(2010, 4, 4),
        date(2011, 4, 24),
        date(2012, 4, 8),
        date(2013, 3, 31),
        date(2014, 4, 20),
        date(2015, 4, 5),
        date(2016, 3, 27),
        date(2018, 4, 1),
        date(2019, 4, 21),
        date(2020, 4, 12),
        date(2021, 4, 4),
        date(2023, 4, 9),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
        date(2285, 3, 22),
    ],
)
def test_easter_falls_on_its_published_day(day: date) -> None:
    assert easter(day.year) == day


@pytest.mark.parametrize(
    ("place", "count"),
    [
        ("01", 10),
        ("02", 10),
        ("03", 10),
        ("04", 10),
        ("05", 11),
        ("06", 10),
        ("07", 11),
        ("08", 12),
        ("09", 12),
        ("10", 12),
        ("11", 10),
        ("12", 10),
        ("13", 11),
        ("14", 11),
        ("15", 11),
        ("16", 11),
        ("09761", 13),
        ("", 9),
    ],
)
def test_each_land_has_its_number_of_holidays(place: str, count: int) -> None:
    assert len(holidays(2024, place)) == count


def test_the_holidays_of_north_rhine_westphalia_in_2014_are_those_published() -> None:
    assert sorted(holidays(2014, NORTH_RHINE)) == [
        date(2014, 1, 1),
        date(2014, 4, 18),
        date(2014, 4, 21),
        date(2014, 5, 1),
        date(2014, 5, 29),
        date(2014, 6, 9),
        date(2014, 6, 19),
        date(2014, 10, 3),
        date(2014, 11, 1),
        date(2014, 12, 25),
        date(2014, 12, 26),
    ]


@pytest.mark.parametrize("day", [date(2010, 11, 17), date(2014, 11, 19), date(2017, 11, 22), date(2024, 11, 20)])
def test_the_day_of_repentance_is_a_holiday_in_saxony_alone(day: date) -> None:
    assert repentance_day(day.year) == day
    assert day in holidays(day.year, SAXONY)
    assert day not in holidays(day.year, THURINGIA)


def test_a_holiday_counts_from_the_year_it_was_made_one() -> None:
    womens_day, childrens_day, reformation = (3, 8), (9, 20), (10, 31)
    assert [date(year, *womens_day) in holidays(year, BERLIN) for year in (2018, 2019, 2024)] == [False, True, True]
    assert [date(year, *womens_day) in holidays(year, "13") for year in (2022, 2023)] == [False, True]
    assert [date(year, *childrens_day) in holidays(year, THURINGIA) for year in (2018, 2019)] == [False, True]
    years = (2016, 2017, 2018)
    assert [date(year, *reformation) in holidays(year, HAMBURG) for year in years] == [False, True, True]
    assert [date(year, *reformation) in holidays(year, NORTH_RHINE) for year in years] == [False, True, False]
    assert [date(year, 5, 8) in holidays(year, BERLIN) for year in (2019, 2020, 2021, 2025)] == [
        False,
        True,
        False,
        True,
    ]


def test_a_town_may_have_a_holiday_of_its_own() -> None:
    assert not is_working_day(date(2024, 8, 8), "09761000")
    assert is_working_day(date(2024, 8, 8), "09762000")


def test_holidays_move_the_due_day_by_land() -> None:
    # January 2015: New Year is a Thursday; Epiphany, a Tuesday, is a holiday in Bavaria.
    assert nth_working_day(Month(2015, 1), 5, NORTH_RHINE) == date(2015, 1, 8)
    assert nth_working_day(Month(2015, 1), 5, BAVARIA) == date(2015, 1, 9)
    # May 2018 has nineteen working days in North Rhine-Westphalia: the twentieth is in June.
    assert nth_working_day(Month(2018, 5), 19, NORTH_RHINE) == date(2018, 5, 30)
    assert nth_working_day(Month(2018, 5), 20, NORTH_RHINE) == date(2018, 6, 1)


def test_working_days_are_counted_back_over_holidays_and_weekends() -> None:
    assert working_days_before(date(2015, 4, 8), 3) == date(2015, 4, 1)
    assert working_days_before(date(2015, 4, 8), 0) == date(2015, 4, 8)
