"""The delivery schedule behaves alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from domain.duty import Duty
from domain.identity import UnitCode, VariableCode
from domain.period import Period
from indicators.ports import Schedule
from support.catalogue_twins import RememberedSchedule
from support.conformance import Begin, remembered, stored_figures

Opening = Begin[Schedule]
TOWN, OTHER, MINISTRY = "05158004", "05158008", "MAIS-NRW"
JULY = date(2014, 7, 31)


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, templates: dict[str, str]) -> AsyncIterator[Opening]:
    if request.param == "remembered":
        yield remembered(RememberedSchedule())
        return
    async with stored_figures(templates["indicators"], lambda work: work.schedule) as opened:
        yield opened


def a_duty(
    unit: str = TOWN,
    months: str = "2014",
    *variables: str,
    working_day: int | None = None,
    due_on: date | None = None,
) -> Duty:
    """Build a duty to deliver the stock by the tenth working day, where nothing else is said."""
    return Duty(
        unit=UnitCode(unit),
        variables=tuple(map(VariableCode, variables or ("ltr_stock",))),
        months=Period.parse(months),
        working_day=working_day if working_day or due_on else 10,
        due_on=due_on,
    )


async def test_who_owes_nothing_has_no_duties(begin: Opening) -> None:
    async with begin() as schedule:
        assert await schedule.put([]) == 0
        assert await schedule.duties(None) == []


async def test_duties_are_read_back_with_their_day_or_their_working_day(begin: Opening) -> None:
    sent = [a_duty(working_day=20), a_duty(OTHER, "2014-06", due_on=JULY)]
    async with begin() as schedule:
        assert await schedule.put(sent) == 2
    async with begin() as schedule:
        assert await schedule.duties(None) == sent


async def test_the_variables_of_a_duty_are_told_by_their_codes_however_they_were_named(begin: Opening) -> None:
    async with begin() as schedule:
        await schedule.put([a_duty(TOWN, "2014", "ltr_stock", "elb_stock")])
        assert await schedule.put([a_duty(TOWN, "2014", "elb_stock", "ltr_stock", working_day=5)]) == 1
    async with begin() as schedule:
        assert await schedule.duties(None) == [a_duty(TOWN, "2014", "elb_stock", "ltr_stock", working_day=5)]


async def test_a_duty_takes_the_place_of_the_one_for_the_same_unit_variables_and_months(begin: Opening) -> None:
    dated = a_duty(due_on=JULY)
    async with begin() as schedule:
        await schedule.put([a_duty(), a_duty(OTHER)])
    async with begin() as schedule:
        assert await schedule.put([dated]) == 1
    async with begin() as schedule:
        assert await schedule.duties(None) == [dated, a_duty(OTHER)]
        assert await schedule.put([a_duty()]) == 1
        assert await schedule.duties(None) == [a_duty(), a_duty(OTHER)]


async def test_of_a_duty_that_is_sent_twice_the_last_counts_and_counts_once(begin: Opening) -> None:
    async with begin() as schedule:
        assert await schedule.put([a_duty(working_day=5), a_duty(OTHER), a_duty(working_day=7)]) == 2
    async with begin() as schedule:
        assert await schedule.duties(None) == [a_duty(working_day=7), a_duty(OTHER)]


async def test_duties_whose_months_or_variables_overlap_stand_side_by_side(begin: Opening) -> None:
    beside = [
        a_duty(TOWN, "2014", "elb_stock", "ltr_stock"),
        a_duty(TOWN, "2014-Q1", due_on=JULY),
        a_duty(TOWN, "2014"),
        a_duty(TOWN, "2014-02"),
    ]
    async with begin() as schedule:
        assert await schedule.put(beside) == 4
    async with begin() as schedule:
        assert await schedule.duties(None) == beside


async def test_duties_are_listed_in_the_order_of_unit_first_month_variables_and_last_month(begin: Opening) -> None:
    ordered = [
        a_duty(TOWN, "2013-12"),
        a_duty(TOWN, "2014-01", "elb_stock"),
        a_duty(TOWN, "2014-01", "elb_stock", "ltr_stock"),
        a_duty(TOWN, "2014-01", "ltr_stock"),
        a_duty(TOWN, "2014-Q1", "ltr_stock"),
        a_duty(TOWN, "2014", "ltr_stock"),
        a_duty(OTHER, "2012"),
        a_duty(MINISTRY, "2012"),
        a_duty("a-town", "2012"),
    ]
    async with begin() as schedule:
        await schedule.put(ordered[::-1])
    async with begin() as schedule:
        assert await schedule.duties(None) == ordered


async def test_duties_of_some_units_are_those_alone(begin: Opening) -> None:
    async with begin() as schedule:
        await schedule.put([a_duty(), a_duty(OTHER), a_duty(MINISTRY)])
    async with begin() as schedule:
        assert await schedule.duties(frozenset(map(UnitCode, (MINISTRY, TOWN, "99999")))) == [
            a_duty(),
            a_duty(MINISTRY),
        ]
        assert await schedule.duties(frozenset()) == []


async def test_a_duty_is_removed_by_its_unit_variables_and_months_whatever_its_day(begin: Opening) -> None:
    staying = [a_duty(TOWN, "2014-Q1"), a_duty(TOWN, "2014", "elb_stock"), a_duty(OTHER)]
    async with begin() as schedule:
        await schedule.put([a_duty(), *staying])
    async with begin() as schedule:
        await schedule.remove([])
        await schedule.remove([a_duty(due_on=JULY), a_duty(MINISTRY)])
    async with begin() as schedule:
        assert set(await schedule.duties(None)) == set(staying)
