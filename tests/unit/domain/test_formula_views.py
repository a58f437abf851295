"""Formulas looked at in a view."""

import pytest
from domain.formula.grammar import parse
from domain.formula.printing import written
from domain.formula.views import in_view
from domain.period import View
from support.measuring import CATALOGUE


@pytest.mark.parametrize(
    ("view", "text"),
    [
        (View.MONTH, "integrations ÷ previous_month(elb_stock)"),
        (View.YEAR_TO_DATE, "sum_ytd(integrations) ÷ avg_ytd(previous_month(elb_stock))"),
        (View.ROLLING_12, "sum12(integrations) ÷ avg12(previous_month(elb_stock))"),
        (
            View.CHANGE_PREVIOUS_YEAR,
            "integrations ÷ previous_month(elb_stock) ÷ previous_year(integrations ÷ previous_month(elb_stock))",
        ),
    ],
)
def test_flows_are_summed_and_stocks_averaged_with_their_shift_inside(view: View, text: str) -> None:
    viewed = in_view(parse("integrations ÷ previous_month(elb_stock)"), view, CATALOGUE)
    assert written(viewed) == text


@pytest.mark.parametrize(
    ("text", "month", "to_date", "rolling"),
    [
        ("sum12(integrations)", "integrations", "sum_ytd(integrations)", "sum12(integrations)"),
        ("avg12(elb_stock)", "elb_stock", "avg_ytd(elb_stock)", "avg12(elb_stock)"),
        ("sum_ytd(integrations)", "sum_ytd(integrations)", "sum_ytd(integrations)", "sum_ytd(integrations)"),
        (
            "previous_year(sum12(integrations))",
            "previous_year(integrations)",
            "previous_year(sum_ytd(integrations))",
            "previous_year(sum12(integrations))",
        ),
    ],
)
def test_sliding_windows_follow_the_view_and_those_since_january_stay(
    text: str, month: str, to_date: str, rolling: str
) -> None:
    views = (View.MONTH, View.YEAR_TO_DATE, View.ROLLING_12)
    assert [written(in_view(parse(text), view, CATALOGUE)) for view in views] == [month, to_date, rolling]


def test_a_shifted_ratio_stays_a_ratio_of_sums() -> None:
    viewed = in_view(parse("previous_year(previous_month(integrations ÷ elb_stock))"), View.ROLLING_12, CATALOGUE)
    assert written(viewed) == (
        "sum12(previous_year(previous_month(integrations))) ÷ avg12(previous_year(previous_month(elb_stock)))"
    )


def test_a_number_has_no_months() -> None:
    viewed = in_view(parse("previous_month(integrations × 2)"), View.ROLLING_12, CATALOGUE)
    assert written(viewed) == "sum12(previous_month(integrations)) × 2"
