"""The statutory indicators come to what the ordinance's table says, whatever the figures are."""

from decimal import Decimal

import pytest
from domain.formula.grouping import split
from domain.period import Month, View
from hypothesis import given
from hypothesis import strategies as st
from support.shipped import STATUTORY, VARIABLES, Figures, come_to, invented, versions

MONTHS = st.builds(Month, st.integers(2011, 2024), st.integers(1, 12))
FIGURES = st.integers(0, 10**6).map(invented)
ROLLING = [code for code in STATUTORY if versions(code)[0].default_view is View.ROLLING_12]
CHANGES = {"K1": "benefits_living", "K1E1": "benefits_housing", "K1E2": "elb_stock", "K3": "ltr_stock"}
RATES = {
    "K2": ("integrations", "elb_stock"),
    "K2E1": ("marginal_entries", "elb_stock"),
    "K2E2": ("subsidised_entries", "elb_stock"),
    "K2E4": ('integrations[lone_parent="yes"]', 'elb_stock[lone_parent="yes"]'),
    "K3E1": ("ltr_integrations", "ltr_stock"),
}


def total(figures: Figures, cell: str, first: Month, count: int) -> Decimal:
    return Decimal(sum(figures(cell, first.plus(number)) for number in range(count)))


@pytest.mark.parametrize(("code", "cell"), CHANGES.items())
@given(month=MONTHS, figures=FIGURES)
def test_a_change_is_the_month_over_the_same_month_of_the_year_before(
    code: str, cell: str, month: Month, figures: Figures
) -> None:
    for definition in versions(code):
        value = come_to(definition.formula, View.MONTH, month, figures)
        ratio = Decimal(figures(cell, month)) / Decimal(figures(cell, month.plus(-12)))
        assert abs(definition.told(value, View.MONTH) - (ratio - 1) * 100) < Decimal("1e-20")


@pytest.mark.parametrize(("code", "cells"), RATES.items())
@given(month=MONTHS, figures=FIGURES)
def test_a_rate_divides_twelve_months_by_the_mean_stock_of_the_month_before_each(
    code: str, cells: tuple[str, str], month: Month, figures: Figures
) -> None:
    flow, stock = cells
    above = total(figures, flow, month.plus(-11), 12)
    for definition in versions(code):
        below = total(figures, stock, month.plus(-12), 12) / 12
        assert abs(come_to(definition.formula, View.ROLLING_12, month, figures) - above / below) < Decimal("1e-20")
    for definition in versions(code, "ordinance"):
        below = total(figures, stock, month.plus(-11), 12) / 12
        assert abs(come_to(definition.formula, View.ROLLING_12, month, figures) - above / below) < Decimal("1e-20")


@pytest.mark.parametrize("group", ["elb", "ltr"])
@given(month=MONTHS, figures=FIGURES)
def test_inflow_and_outflow_rates_are_sums_of_flows_over_sums_of_stocks(
    group: str, month: Month, figures: Figures
) -> None:
    inflow_rate, outflow_rate = ("K1E3", "K1E4") if group == "elb" else ("K3E3", "K3E4")
    for view, months in ((View.ROLLING_12, 12), (View.YEAR_TO_DATE, month.month), (View.MONTH, 1)):
        first = month.plus(1 - months)
        inflow, outflow = (total(figures, f"{group}_{flow}", first, months) for flow in ("inflow", "outflow"))
        same = total(figures, f"{group}_stock", first, months)
        before = total(figures, f"{group}_stock", first.previous, months)
        for definition in versions(inflow_rate):
            assert abs(come_to(definition.formula, view, month, figures) - inflow / same) < Decimal("1e-20")
        for definition in versions(outflow_rate):
            assert abs(come_to(definition.formula, view, month, figures) - outflow / before) < Decimal("1e-20")


@given(month=MONTHS, figures=FIGURES)
def test_continuous_employment_looks_at_the_year_that_ended_six_months_ago(month: Month, figures: Figures) -> None:
    sustained, continuous = versions("K2E3")
    for definition, counted, first in (
        (sustained, "integrations_sustained", month.plus(-23)),
        (continuous, "integrations_continuous", month.plus(-17)),
    ):
        share = total(figures, counted, first, 12) / total(figures, "integrations_insured", first, 12)
        assert abs(come_to(definition.formula, View.ROLLING_12, month, figures) - share) < Decimal("1e-20")


@pytest.mark.parametrize("code", ROLLING)
@given(year=st.integers(2011, 2024), figures=FIGURES)
def test_the_december_value_of_the_year_to_date_is_the_sliding_year(code: str, year: int, figures: Figures) -> None:
    december = Month(year, 12)
    for definition in versions(code):
        to_date, rolling = (
            come_to(definition.formula, view, december, figures) for view in (View.YEAR_TO_DATE, View.ROLLING_12)
        )
        assert abs(to_date - rolling) < Decimal("1e-20")


@pytest.mark.parametrize("code", STATUTORY)
@given(month=MONTHS, figures=FIGURES)
def test_every_statutory_indicator_is_told_for_women_and_men(code: str, month: Month, figures: Figures) -> None:
    for definition in (*versions(code), *versions(code, "ordinance")):
        for sex in ("f", "m"):
            told = split(definition.formula, "sex", sex, VARIABLES)
            assert come_to(told, definition.default_view, month, figures) > 0
