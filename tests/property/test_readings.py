"""Laws of readings: order does not matter, ratios are ratios of sums, what is missing is not zero."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from domain.figures import MissingInput
from domain.identity import UnitCode
from domain.observation import Observation, as_known
from domain.period import Month, Period, View
from domain.quantity import Measure
from domain.reading import NoValue
from domain.variable import Cell
from hypothesis import given
from hypothesis import strategies as st
from support.measuring import (
    JOBCENTER,
    NOON,
    TOWN_A,
    TOWN_B,
    TWO_TOWNS,
    a_definition,
    an_observation,
    figures,
    reading_of,
    units_with,
)

DECEMBER = Month(2014, 12)
K2 = a_definition("integrations ÷ previous_month(elb_stock)")
INTEGRATIONS = a_definition("integrations", Measure.PERSONS)
COUNTS = st.integers(0, 10**6)
TOWNS = (TOWN_A, TOWN_B)
NORTH, SOUTH = UnitCode("north"), UnitCode("south")
YEAR = Period.parse("2014")
SLACK = Fraction(1, 10**30)
Series = Mapping[tuple[UnitCode, Month], int]


def series(values: st.SearchStrategy[int], first: Month) -> st.SearchStrategy[Series]:
    """Draw a figure for each town and each of twelve months."""
    keys = [(town, month) for town in TOWNS for month in Period.lasting(first, 12)]
    return st.lists(values, min_size=len(keys), max_size=len(keys)).map(
        lambda drawn: dict(zip(keys, drawn, strict=True))
    )


FLOWS = series(COUNTS, YEAR.start)
STOCKS = series(st.integers(1, 10**6), YEAR.start.previous)


def observed(variable: str, values: Series) -> list[Observation]:
    """Turn drawn figures into observations."""
    return [an_observation(variable, value, unit=unit, month=month) for (unit, month), value in values.items()]


@given(st.lists(st.tuples(st.sampled_from(TOWNS), COUNTS, st.integers(0, 3)), max_size=8), st.data())
def test_the_order_of_observations_does_not_matter(told: list[tuple[UnitCode, int, int]], data: st.DataObject) -> None:
    known = [
        an_observation("elb_stock", value, unit=unit, recorded_at=NOON + timedelta(days=day), by=number)
        for number, (unit, value, day) in enumerate(told)
    ]
    assert as_known(data.draw(st.permutations(known))) == as_known(known)


@given(FLOWS, STOCKS)
def test_a_rate_over_units_and_months_is_the_ratio_of_the_sums(flows: Series, stocks: Series) -> None:
    known = figures([*observed("integrations", flows), *observed("elb_stock", stocks)], TWO_TOWNS)
    reading = reading_of(K2, known, View.ROLLING_12, month=DECEMBER)
    exact = Fraction(sum(flows.values()) * 12 * 100, sum(stocks.values()))
    assert reading.value is not None
    assert abs(Fraction(reading.value) - exact) <= SLACK
    assert reading.numerator == sum(flows.values())


@given(FLOWS, STOCKS, st.data())
def test_without_one_of_its_inputs_a_rate_has_no_value_and_names_it(
    flows: Series, stocks: Series, data: st.DataObject
) -> None:
    known = [*observed("integrations", flows), *observed("elb_stock", stocks)]
    lost = known.pop(data.draw(st.integers(0, len(known) - 1)))
    reading = reading_of(K2, figures(known, TWO_TOWNS), View.ROLLING_12, month=DECEMBER)
    assert (reading.value, reading.reason) == (None, NoValue.MISSING_INPUT)
    assert reading.missing == (MissingInput(lost.unit, lost.cell, lost.month),)


@given(FLOWS, st.integers(1, 11))
def test_splitting_a_year_loses_nothing(flows: Series, months: int) -> None:
    known = figures(observed("integrations", flows), TWO_TOWNS)
    first, second = YEAR.split(YEAR.start.plus(months))
    sums = [
        sum((reading_of(INTEGRATIONS, known, month=month).value or Decimal(0) for month in half), Decimal(0))
        for half in (first, second)
    ]
    assert reading_of(INTEGRATIONS, known, View.YEAR_TO_DATE, month=first.last).value == sums[0]
    assert reading_of(INTEGRATIONS, known, View.YEAR_TO_DATE, month=DECEMBER).value == sum(sums)


@given(st.lists(COUNTS, min_size=2, max_size=6), st.data())
def test_it_does_not_matter_how_parts_are_grouped(values: list[int], data: st.DataObject) -> None:
    towns = [UnitCode(f"town{number}") for number in range(len(values))]
    cut = data.draw(st.integers(1, len(towns) - 1))
    flat = units_with({JOBCENTER: towns})
    grouped = units_with({JOBCENTER: (NORTH, SOUTH), NORTH: towns[:cut], SOUTH: towns[cut:]})
    known = [an_observation("elb_stock", value, unit=town) for town, value in zip(towns, values, strict=True)]
    stock = a_definition("elb_stock", Measure.PERSONS)
    assert reading_of(stock, figures(known, flat)).value == reading_of(stock, figures(known, grouped)).value


@given(st.permutations(TOWNS))
def test_the_order_in_which_towns_deliver_does_not_matter(towns: list[UnitCode]) -> None:
    known = [an_observation("elb_stock", len(town), unit=town) for town in towns]
    assert figures(known, TWO_TOWNS).value(JOBCENTER, Cell.of("elb_stock"), Month(2014, 11)) == 16
