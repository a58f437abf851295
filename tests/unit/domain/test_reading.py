"""Readings: a figure with its inputs, its state, or the reason why there is none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from domain.figures import Figures, MissingInput
from domain.identity import UnitCode
from domain.observation import as_known
from domain.period import View
from domain.quantity import Measure
from domain.reading import DataState, NoValue
from domain.value_status import ValueStatus
from domain.variable import Cell
from support.measuring import (
    ALONE,
    JOBCENTER,
    NOVEMBER,
    TOWN_A,
    TOWN_B,
    TWO_TOWNS,
    a_definition,
    an_observation,
    delivery,
    figures,
    reading_of,
    units_with,
)

RATE = a_definition("integrations ÷ elb_stock")
STOCK = a_definition("elb_stock", Measure.PERSONS)


def test_a_rate_is_told_in_percent_with_both_its_sides() -> None:
    reading = reading_of(RATE, figures([an_observation("integrations", 206), an_observation("elb_stock", 1000)]))
    assert (reading.value, reading.numerator, reading.denominator) == (Decimal("20.6"), Decimal(206), Decimal(1000))
    assert (reading.measure, reading.reason, reading.definition) == (Measure.PERCENT, None, "K2/1")


def test_a_reading_names_the_deliveries_it_is_made_of() -> None:
    known = figures(
        [
            an_observation("integrations", 1, by=7),
            an_observation("elb_stock", 2, by=8),
            an_observation("benefits_living", 3, by=9),
        ]
    )
    assert reading_of(RATE, known).deliveries == {delivery(7), delivery(8)}


def test_a_unit_without_figures_of_its_own_is_the_sum_of_its_parts() -> None:
    towns = [an_observation("elb_stock", 60, unit=TOWN_A, by=1), an_observation("elb_stock", 40, unit=TOWN_B, by=2)]
    reading = reading_of(STOCK, figures(towns, TWO_TOWNS))
    assert reading.value == Decimal(100)
    assert reading.deliveries == {delivery(1), delivery(2)}


def test_a_units_own_figure_goes_before_those_of_its_parts() -> None:
    known = [an_observation("elb_stock", 99), an_observation("elb_stock", 60, unit=TOWN_A)]
    assert reading_of(STOCK, figures(known, TWO_TOWNS)).value == Decimal(99)


def test_a_withdrawn_figure_gives_way_to_the_parts() -> None:
    known = [
        an_observation("elb_stock", None),
        an_observation("elb_stock", 60, unit=TOWN_A),
        an_observation("elb_stock", 40, unit=TOWN_B),
    ]
    assert reading_of(STOCK, figures(known, TWO_TOWNS)).value == Decimal(100)


def test_a_part_without_a_figure_is_named_and_not_taken_for_zero() -> None:
    reading = reading_of(STOCK, figures([an_observation("elb_stock", 60, unit=TOWN_A)], TWO_TOWNS))
    assert (reading.value, reading.reason, reading.state) == (None, NoValue.MISSING_INPUT, DataState.INCOMPLETE)
    assert reading.missing == (MissingInput(TOWN_B, Cell.of("elb_stock"), NOVEMBER),)


def test_where_nothing_was_delivered_there_are_no_data() -> None:
    reading = reading_of(RATE, figures([]))
    assert (reading.value, reading.reason, len(reading.missing)) == (None, NoValue.NO_DATA, 2)


def test_a_division_by_zero_is_a_reason_and_no_gap_in_the_data() -> None:
    reading = reading_of(RATE, figures([an_observation("integrations", 1), an_observation("elb_stock", 0)]))
    assert (reading.value, reading.reason, reading.missing) == (None, NoValue.DIVISION_BY_ZERO, ())
    assert reading.state is DataState.FINAL


def test_zero_is_a_figure() -> None:
    reading = reading_of(RATE, figures([an_observation("integrations", 0), an_observation("elb_stock", 10)]))
    assert (reading.value, reading.reason) == (Decimal(0), None)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2014, 12, 1), DataState.PROVISIONAL),
        (date(2015, 2, 28), DataState.PROVISIONAL),
        (date(2015, 3, 1), DataState.FINAL),
    ],
)
def test_a_figure_is_final_when_three_whole_months_have_passed(on: date, state: DataState) -> None:
    assert reading_of(STOCK, figures([an_observation("elb_stock", 1)]), on=on).state is state


def test_a_figure_that_lacks_only_what_a_source_keeps_back_says_so() -> None:
    stock, month_before = Cell.of("elb_stock"), NOVEMBER.plus(-1)
    rate = a_definition("elb_stock ÷ previous_month(elb_stock)")
    both = {(JOBCENTER, stock, NOVEMBER), (JOBCENTER, stock, month_before)}
    told = reading_of(rate, Figures(ALONE, {}, both))
    assert (told.reason, told.state) == (NoValue.WITHHELD, DataState.INCOMPLETE)
    assert [one.withheld for one in told.missing] == [True, True]
    partly = reading_of(rate, Figures(ALONE, {}, {(JOBCENTER, stock, NOVEMBER)}))
    assert (partly.reason, [one.withheld for one in partly.missing]) == (NoValue.NO_DATA, [False, True])


def test_what_is_kept_back_of_the_whole_lacks_itself_unless_its_parts_make_it_up() -> None:
    stock = Cell.of("elb_stock")
    towns = [an_observation("elb_stock", 60, unit=TOWN_A), an_observation("elb_stock", 40, unit=TOWN_B)]
    kept_back = {(JOBCENTER, stock, NOVEMBER)}
    assert reading_of(STOCK, Figures(TWO_TOWNS, as_known(towns), kept_back)).value == Decimal(100)
    told = reading_of(STOCK, Figures(TWO_TOWNS, as_known(towns[:1]), kept_back))
    assert (told.reason, told.missing) == (
        NoValue.WITHHELD,
        (MissingInput(JOBCENTER, stock, NOVEMBER, withheld=True),),
    )


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        ((ValueStatus.COUNTED, ValueStatus.COUNTED), DataState.FINAL),
        ((ValueStatus.COUNTED, ValueStatus.EXTRAPOLATED), DataState.EXTRAPOLATED),
        ((ValueStatus.IMPUTED, ValueStatus.EXTRAPOLATED), DataState.IMPUTED),
    ],
)
def test_a_figure_is_as_firm_as_the_least_firm_of_its_values(
    statuses: tuple[ValueStatus, ValueStatus], state: DataState
) -> None:
    above, below = statuses
    known = [an_observation("integrations", "1.5", status=above), an_observation("elb_stock", 2, status=below)]
    assert reading_of(RATE, figures(known)).state is state
    assert reading_of(RATE, figures(known[:1])).state is DataState.INCOMPLETE


def test_a_counted_value_of_the_whole_goes_before_extrapolated_ones_of_its_parts() -> None:
    towns = [an_observation("elb_stock", 60, unit=town, status=ValueStatus.EXTRAPOLATED) for town in (TOWN_A, TOWN_B)]
    assert reading_of(STOCK, figures(towns, TWO_TOWNS)).state is DataState.EXTRAPOLATED
    assert reading_of(STOCK, figures([*towns, an_observation("elb_stock", 99)], TWO_TOWNS)).state is DataState.FINAL


def test_a_change_compares_with_the_same_month_of_the_year_before() -> None:
    known = figures([an_observation("elb_stock", 95), an_observation("elb_stock", 100, month=NOVEMBER.plus(-12))])
    reading = reading_of(STOCK, known, View.CHANGE_PREVIOUS_YEAR)
    assert (reading.value, reading.measure) == (Decimal(-5), Measure.PERCENT)


def test_units_that_are_part_of_one_another_only_lack_data() -> None:
    circle = units_with({JOBCENTER: (TOWN_A,), TOWN_A: (JOBCENTER,)})
    reading = reading_of(STOCK, figures([], circle))
    assert (reading.value, reading.reason) == (None, NoValue.NO_DATA)


def test_one_figure_in_a_circle_is_enough() -> None:
    circle = units_with({JOBCENTER: (TOWN_A,), TOWN_A: (JOBCENTER,)})
    assert reading_of(STOCK, figures([an_observation("elb_stock", 5, unit=TOWN_A)], circle)).value == Decimal(5)


def test_parts_may_have_parts() -> None:
    office = UnitCode("office")
    units = units_with({JOBCENTER: (TOWN_A, TOWN_B), TOWN_B: (office,)})
    known = [an_observation("elb_stock", 60, unit=TOWN_A), an_observation("elb_stock", 40, unit=office)]
    assert reading_of(STOCK, figures(known, units)).value == Decimal(100)


def test_behind_the_end_of_an_indicator_there_is_no_figure_and_nothing_is_missing() -> None:
    known = figures([an_observation("integrations", 206), an_observation("elb_stock", 1000)])
    ended, ending = (replace(RATE, valid_until=day) for day in (date(2014, 11, 30), date(2014, 12, 1)))
    reading = reading_of(ended, known)
    assert (reading.value, reading.numerator, reading.reason) == (None, None, NoValue.NOT_DEFINED)
    assert (reading.missing, reading.deliveries, reading.definition) == ((), frozenset(), "K2/1")
    assert reading_of(ending, known).value == Decimal("20.6")
