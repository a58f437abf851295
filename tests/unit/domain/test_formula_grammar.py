"""Reading and writing formulas."""

import pytest
from domain.formula.errors import FilteredTwice, FormulaTooLarge, FormulaUnreadable, TooFarBack
from domain.formula.grammar import END, parse
from domain.formula.printing import in_words, written
from domain.formula.tree import Leaf
from domain.variable import Cell


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a - b * c / d", "a − b × c ÷ d"),
        ("(a-b)-c", "a − b − c"),
        ("a-(b-c)", "a − (b − c)"),
        ("a/(b/c)", "a ÷ (b ÷ c)"),
        ("(a+b)*2.50", "(a + b) × 2.50"),
        (' a [ sex = "f" , age_group="under_25" ] ', 'a[age_group="under_25",sex="f"]'),
        ("sum12 (a) ÷ avg12(previous_month(b))", "sum12(a) ÷ avg12(previous_month(b))"),
    ],
)
def test_a_formula_is_written_plainly(text: str, meant: str) -> None:
    assert written(parse(text)) == meant


def test_a_variable_may_bear_the_beginning_of_a_functions_name() -> None:
    assert parse("sum12months") == Leaf(Cell.of("sum12months"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("months_before(6, a ÷ b)", "months_before(6, a ÷ b)"),
        ("months_before ( 1 ,a)", "previous_month(a)"),
        ("months_before(12, a)", "previous_year(a)"),
        ("sum12(months_before(6, a))", "sum12(months_before(6, a))"),
        ("months_before", "months_before"),
    ],
)
def test_a_look_back_has_one_way_to_be_written(text: str, meant: str) -> None:
    assert written(parse(text)) == meant


@pytest.mark.parametrize("months", ["0", "61", "999"])
def test_a_look_back_is_neither_empty_nor_endless(months: str) -> None:
    with pytest.raises(TooFarBack, match="give 1 to 60"):
        parse(f"months_before({months}, a)")


def test_a_code_of_an_open_dimension_stands_in_a_filter() -> None:
    assert written(parse('cost[measure="AGH-2014.1"]')) == 'cost[measure="AGH-2014.1"]'


@pytest.mark.parametrize("name", ["variable", "cls", "self"])
def test_a_filter_may_bear_any_name_until_the_catalogue_is_asked(name: str) -> None:
    assert written(parse(f'a[{name}="x"]')) == f'a[{name}="x"]'


@pytest.mark.parametrize(
    ("text", "found", "column"),
    [
        ("", END, 1),
        ("a +", END, 4),
        ("(a", END, 3),
        ("a + )", ")", 5),
        ("a b", "b", 3),
        ("a[sex=f]", "f]", 7),
        ("-a", "-a", 1),
        ("__import__('os')", "__import__('", 1),
        ("a.real", ".real", 2),
        ("a ** b", "* b", 4),
        ("max(a)", "(a)", 4),
        ("months_before(6.5, a)", ".5, a)", 16),
        ("months_before(a)", "a)", 15),
        ("months_before(6)", ")", 16),
    ],
)
def test_what_is_not_in_the_language_is_refused_with_its_place(text: str, found: str, column: int) -> None:
    with pytest.raises(FormulaUnreadable) as refused:
        parse(text)
    assert (refused.value.found, refused.value.column) == (found, column)


def test_a_variable_is_filtered_by_one_value_of_a_dimension() -> None:
    with pytest.raises(FilteredTwice, match="sex"):
        parse('a[sex="f",sex="m"]')


@pytest.mark.parametrize(
    "text", ["a" * 2_001, "+".join("a" * 51), "previous_month(" * 50 + "a" + ")" * 50, "(" * 1_001 + ")" * 1_000]
)
def test_a_formula_is_neither_long_nor_deep(text: str) -> None:
    with pytest.raises(FormulaTooLarge):
        parse(text)


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        (
            "integrations ÷ previous_month(elb_stock)",
            "integrations geteilt durch Bestand des Vormonats",
            "integrations divided by Bestand of the month before",
        ),
        ("(a + b) ÷ c", "(a plus b) geteilt durch c", "(a plus b) divided by c"),
        (
            "sum12(a + b) + c",
            "Summe über zwölf Monate von (a plus b) plus c",
            "sum over twelve months of (a plus b) plus c",
        ),
        (
            "previous_month(sum_ytd(a))",
            "(Summe seit Januar von a) des Vormonats",
            "(sum since January of a) of the month before",
        ),
        (
            "sum_ytd(previous_month(a))",
            "Summe seit Januar von a des Vormonats",
            "sum since January of a of the month before",
        ),
        (
            "months_before(6, sum12(a))",
            "(Summe über zwölf Monate von a) 6 Monate zuvor",
            "(sum over twelve months of a) 6 months before",
        ),
        ('a[sex="f"] × 2', "a (sex = f) mal 2", "a (sex = f) times 2"),
    ],
)
def test_a_formula_is_said_in_words_without_losing_its_brackets(text: str, german: str, english: str) -> None:
    labels = {"elb_stock": "Bestand"}
    assert (in_words(parse(text), "de", labels), in_words(parse(text), "en", labels)) == (german, english)
