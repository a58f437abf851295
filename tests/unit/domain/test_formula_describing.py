"""What an editor shows beside a formula."""

import pytest
from domain.formula.describing import FormulaKind, column_of, kind_of, measures_of
from domain.formula.errors import FormulaError
from domain.formula.grammar import parse
from domain.formula.steps import steps
from domain.formula.typing import check
from domain.period import Month
from domain.quantity import Measure
from support.measuring import CATALOGUE, NOVEMBER, look_in


@pytest.mark.parametrize(
    ("text", "kind", "measures"),
    [
        ("2 × 3", FormulaKind.NUMBER, (Measure.PERCENT, Measure.ONE)),
        ("elb_stock", FormulaKind.STOCK, (Measure.PERSONS,)),
        ("sum12(integrations)", FormulaKind.FLOW, (Measure.PERSONS,)),
        ("integrations ÷ elb_stock", FormulaKind.RATE, (Measure.PERCENT, Measure.ONE)),
        ("benefits_living ÷ elb_stock", FormulaKind.RATE, (Measure.EUR_PER_PERSON,)),
        ("elb_stock ÷ staff_posts", FormulaKind.RATE, (Measure.PERSONS_PER_POST,)),
        ("benefits_living × elb_stock", FormulaKind.STOCK, ()),
    ],
)
def test_a_formula_says_what_it_comes_to(text: str, kind: FormulaKind, measures: tuple[Measure, ...]) -> None:
    formula = parse(text)
    type_ = check(formula, CATALOGUE)
    assert (kind_of(formula, type_), measures_of(type_)) == (kind, measures)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("integrations ÷ ", 16),
        ("integrations ÷ no_such_thing", 16),
        ('integrations[variable="f"]', 14),
        ('integrations[sex="f",sex="m"]', 14),
        ("integrations + sum12(elb_stock)", 16),
        ("integrations ÷ avg12(sum12(integrations))", 16),
        ("integrations + benefits_living", None),
    ],
)
def test_a_problem_names_the_column_where_it_lies(text: str, column: int | None) -> None:
    with pytest.raises(FormulaError) as refused:
        check(parse(text), CATALOGUE)
    assert column_of(text, refused.value) == column


def test_the_steps_go_from_the_innermost_out_and_none_comes_twice() -> None:
    values = {("a", NOVEMBER): 6, ("b", NOVEMBER): 3, ("b", NOVEMBER.previous): 2}
    gone = list(steps(parse("(a + a) ÷ previous_month(b) + b × 2"), NOVEMBER, look_in(values)))
    assert [(step.expression, str(step.month), str(step.value)) for step in gone] == [
        ("a", "2014-11", "6"),
        ("a + a", "2014-11", "12"),
        ("b", "2014-10", "2"),
        ("previous_month(b)", "2014-11", "2"),
        ("(a + a) ÷ previous_month(b)", "2014-11", "6"),
        ("b", "2014-11", "3"),
        ("b × 2", "2014-11", "6"),
        ("(a + a) ÷ previous_month(b) + b × 2", "2014-11", "12"),
    ]


def test_a_window_shows_each_of_its_months_and_what_is_missing_has_no_value() -> None:
    gone = list(
        steps(parse("sum_ytd(a)"), Month(2014, 3), look_in({("a", Month(2014, 1)): 1, ("a", Month(2014, 3)): 1}))
    )
    assert [(step.expression, step.month.month, step.value) for step in gone] == [
        ("a", 1, 1),
        ("a", 2, None),
        ("a", 3, 1),
        ("sum_ytd(a)", 3, None),
    ]
