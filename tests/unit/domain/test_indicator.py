"""Definitions of indicators."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from domain.formula.errors import NotThisMeasure
from domain.indicator import ChangeNeedsRatio, in_force
from domain.period import View
from domain.quantity import Measure
from support.measuring import CATALOGUE, a_definition


def test_a_version_has_a_name() -> None:
    assert a_definition("integrations ÷ elb_stock").name == "K2/1"


@pytest.mark.parametrize(
    ("day", "version"), [(date(2019, 3, 21), 1), (date(2019, 3, 22), 2), (date(2009, 12, 31), None)]
)
def test_the_version_in_force_on_the_day_counts(day: date, version: int | None) -> None:
    first = a_definition("integrations ÷ elb_stock")
    second = replace(first, version=2, valid_from=date(2019, 3, 22))
    found = in_force([second, first], day)
    assert (found.version if found else None) == version


def test_a_definition_is_checked_against_its_unit() -> None:
    with pytest.raises(NotThisMeasure):
        a_definition("benefits_living", Measure.PERCENT).check(CATALOGUE)


def test_only_a_percentage_is_shown_as_a_change() -> None:
    with pytest.raises(ChangeNeedsRatio):
        a_definition("benefits_living", Measure.EUR, shown_as_change=True)


@pytest.mark.parametrize(
    ("measure", "shown_as_change", "view", "told"),
    [
        (Measure.PERCENT, False, View.MONTH, "20.6"),
        (Measure.PERCENT, True, View.MONTH, "-79.4"),
        (Measure.CONTACTS_PER_YEAR, False, View.ROLLING_12, "0.206"),
        (Measure.CONTACTS_PER_YEAR, False, View.CHANGE_PREVIOUS_YEAR, "-79.4"),
    ],
)
def test_a_figure_is_told_in_percent_or_as_a_change(
    measure: Measure, shown_as_change: bool, view: View, told: str
) -> None:
    definition = a_definition("integrations ÷ elb_stock", measure, shown_as_change=shown_as_change)
    assert definition.told(Decimal("0.206"), view) == Decimal(told)


def test_a_change_of_euros_is_told_in_percent() -> None:
    definition = a_definition("benefits_living", Measure.EUR)
    assert (definition.measure_in(View.MONTH), definition.measure_in(View.CHANGE_PREVIOUS_YEAR)) == (
        Measure.EUR,
        Measure.PERCENT,
    )
