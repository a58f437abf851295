"""Statutory indicators read from derived variables are what the ordinance's words give on the raw records."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from domain.identity import VariableCode
from domain.observation import Observation, as_known
from domain.period import Month, Period, View
from domain.reading import Figures, Reading, read
from domain.variable import Cell, Variable
from hypothesis import given, settings
from indicators.persistence.catalogue_rows import shipped
from indicators.records.deriving import derive
from indicators.records.question import SPLITS, Question, splits_of
from support.case_histories import LENGTH, NORTH, START, Cases, cases, followed_frame, frame_of
from support.measuring import NOON, a_definition, delivery, units_with
from support.naive_records import Naive, unit_of

CATALOGUE: Mapping[VariableCode, Variable] = {variable.code: variable for variable in shipped()[0]}
LAST = START.plus(LENGTH - 1)
LATER = LAST.plus(15)
Counted = Callable[[str, Month], int]
SIX_EARLIER = "previous_month(" * 6 + "{}" + ")" * 6


def earlier(variable: str) -> str:
    return f"sum12({SIX_EARLIER.format(variable)})"


def last_twelve(month: Month = LAST) -> list[Month]:
    return [month.plus(-back) for back in range(12)]


def over(numerator: int, denominator: int | Fraction) -> Fraction | None:
    return Fraction(numerator) / Fraction(denominator) if denominator else None


def integration_rate(count: Counted, of: str = "integrations", stock: str = "elb_stock") -> Fraction | None:
    """Integrations of twelve months over the mean stock of the months before each."""
    mean = Fraction(sum(count(stock, month.previous) for month in last_twelve()), 12)
    return over(sum(count(of, month) for month in last_twelve()), mean)


def lasting(count: Counted, variable: str, months_ago: int) -> Fraction | None:
    """Lasting integrations over all into insured employment, of the twelve months that end so long ago."""
    months = last_twelve(LAST.plus(-months_ago))
    return over(sum(count(variable, m) for m in months), sum(count("integrations_insured", m) for m in months))


def flow_rate(count: Counted, flow: str, stock: str, back: int) -> Fraction | None:
    """Flows of twelve months over the sum of the stocks of the same months, or of those before each."""
    months = last_twelve()
    return over(sum(count(flow, m) for m in months), sum(count(stock, m.plus(-back)) for m in months))


INDICATORS: Mapping[str, tuple[str, View, Callable[[Counted], Fraction | None]]] = {
    "K1E2": (
        "elb_stock ÷ previous_year(elb_stock)",
        View.MONTH,
        lambda count: over(count("elb_stock", LAST), count("elb_stock", LAST.plus(-12))),
    ),
    "K1E3": (
        "avg12(elb_inflow) ÷ avg12(elb_stock)",
        View.ROLLING_12,
        lambda count: flow_rate(count, "elb_inflow", "elb_stock", 0),
    ),
    "K1E4": (
        "avg12(elb_outflow) ÷ avg12(previous_month(elb_stock))",
        View.ROLLING_12,
        lambda count: flow_rate(count, "elb_outflow", "elb_stock", 1),
    ),
    "K2": ("integrations ÷ previous_month(elb_stock)", View.ROLLING_12, integration_rate),
    "K2E1": (
        "marginal_entries ÷ previous_month(elb_stock)",
        View.ROLLING_12,
        lambda count: integration_rate(count, "marginal_entries"),
    ),
    "K2E2": (
        "subsidised_entries ÷ previous_month(elb_stock)",
        View.ROLLING_12,
        lambda count: integration_rate(count, "subsidised_entries"),
    ),
    "K2E3 until 2019": (
        "sum12(previous_year(integrations_sustained)) ÷ sum12(previous_year(integrations_insured))",
        View.ROLLING_12,
        lambda count: lasting(count, "integrations_sustained", 12),
    ),
    "K2E3 since 2019": (
        f"{earlier('integrations_continuous')} ÷ {earlier('integrations_insured')}",
        View.ROLLING_12,
        lambda count: lasting(count, "integrations_continuous", 6),
    ),
    "K3": (
        "ltr_stock ÷ previous_year(ltr_stock)",
        View.MONTH,
        lambda count: over(count("ltr_stock", LAST), count("ltr_stock", LAST.plus(-12))),
    ),
    "K3E2": (
        "ltr_in_measure ÷ ltr_stock",
        View.MONTH,
        lambda count: over(count("ltr_in_measure", LAST), count("ltr_stock", LAST)),
    ),
}


def observed(case: Cases) -> Figures:
    question = Question(months=Period(START, LAST.next), until=LATER, splits=splits_of(CATALOGUE.values()))
    rows = derive(frame_of(case.records), followed_frame(case.follow_ups), question).rows
    return Figures(
        units_with({NORTH: ()}),
        as_known(
            Observation(
                unit=row["unit"],
                cell=Cell.of(row["variable"], **{name: row[name] for name in SPLITS if row[name]}),
                month=Month.numbered(row["month"]),
                value=Decimal(row["value"]),
                recorded_at=NOON,
                delivery=delivery(1),
            )
            for row in rows.iter_rows(named=True)
        ),
    )


def read_in_last_month(figures: Figures, formula: str, view: View) -> Reading:
    definition = a_definition(formula)
    return read(definition, NORTH, LAST, view, figures=figures, variables=CATALOGUE, on=date(2020, 1, 1))


@settings(deadline=None, max_examples=20)
@given(cases(gaps=False))
def test_every_rate_is_what_the_words_of_the_ordinance_give(case: Cases) -> None:
    naive, figures = Naive(case.records, case.follow_ups, LATER), observed(case)

    def count(variable: str, month: Month) -> int:
        """Count in the north what happened, whether or not it may be told."""
        return sum(name == variable and record.unit == NORTH for name, record in naive.events(month, unit_of))

    for indicator, (formula, view, by_words) in INDICATORS.items():
        reading, expected = read_in_last_month(figures, formula, view), by_words(count)
        if not reading.missing:
            assert (indicator, reading.value is None) == (indicator, expected is None)
            assert expected is None or abs(Fraction(reading.value or 0) - expected * 100) < Fraction(1, 10**20)
        else:
            lacking = {missing.cell.variable for missing in reading.missing}
            assert lacking <= {"integrations_sustained", "integrations_continuous"}


@pytest.mark.parametrize("indicator", INDICATORS)
def test_the_formulas_are_sound_over_the_catalogue(indicator: str) -> None:
    a_definition(INDICATORS[indicator][0]).check(CATALOGUE)
