"""Laws of the formula language."""

from decimal import Decimal

from domain.formula.errors import FormulaError
from domain.formula.evaluation import evaluate, inputs
from domain.formula.grammar import DEEPEST, depth, parse
from domain.formula.printing import in_words, written
from domain.formula.tree import Formula, Leaf, Number, Operation, Shifted, Sign, Window, Windowed
from domain.formula.typing import check
from domain.formula.views import in_view
from domain.identity import VariableCode
from domain.period import Month, View
from domain.variable import Cell
from hypothesis import assume, given
from hypothesis import strategies as st
from support.measuring import CATALOGUE, look_in

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
CODES = st.from_regex(r"[A-Za-z0-9._-]{1,12}", fullmatch=True)
FILTERS = st.dictionaries(NAMES, CODES, max_size=2).map(lambda filters: tuple(sorted(filters.items())))
NUMBERS = st.decimals(0, 10**6, allow_nan=False, places=3).map(Number)
KNOWN = st.sampled_from(sorted(CATALOGUE)).map(lambda code: Leaf(Cell(code)))
SHIFTS = st.integers(1, 24)
MONTHS = st.builds(Month, st.integers(2012, 2016), st.integers(1, 12))
PLAIN_VIEWS = st.sampled_from([View.MONTH, View.YEAR_TO_DATE, View.ROLLING_12])


def grown(below: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    """Build a formula out of smaller ones."""
    return st.one_of(
        st.builds(Operation, st.sampled_from(Sign), below, below),
        st.builds(Shifted, SHIFTS, below),
        st.builds(Windowed, st.sampled_from(Window), below),
    )


def formulas(leaves: st.SearchStrategy[Leaf]) -> st.SearchStrategy[Formula]:
    """Build formulas over some variables."""
    return st.recursive(st.one_of(NUMBERS, leaves), grown, max_leaves=8)


ANY = formulas(st.builds(Leaf, st.builds(Cell, NAMES.map(VariableCode), FILTERS)))
SENSIBLE = formulas(KNOWN)
RATIOS: st.SearchStrategy[Formula] = st.builds(Operation, st.just(Sign.DIVIDE), KNOWN, KNOWN)


def told(formula: Formula, month: Month, seed: int) -> Decimal | None:
    """Evaluate over figures that differ by cell and month, and are never zero."""

    def value(cell: str, at: Month) -> Decimal:
        return Decimal(1 + (sum(map(ord, cell)) * 31 + at.ordinal * 17 + seed) % 97)

    needed = {(str(cell), at) for cell, at in inputs(formula, month)}
    return evaluate(formula, month, look_in({key: value(*key) for key in needed})).value


def sensible(formula: Formula) -> bool:
    """Say whether a formula passes the check."""
    try:
        check(formula, CATALOGUE)
    except FormulaError:
        return False
    return True


@given(ANY)
def test_a_written_formula_reads_back_as_the_same_tree(formula: Formula) -> None:
    assume(depth(formula) <= DEEPEST and len(written(formula)) <= 2_000)
    assert parse(written(formula)) == formula


@given(ANY, ANY)
def test_two_formulas_are_said_alike_only_when_they_are_written_alike(one: Formula, other: Formula) -> None:
    assert (in_words(one, "en") == in_words(other, "en")) == (written(one) == written(other))


@given(st.text(max_size=60))
def test_any_text_is_a_formula_or_refused_with_a_reason(text: str) -> None:
    try:
        parse(text)
    except FormulaError as error:
        refused = error
    else:
        return
    assert refused.detail("en") != refused.detail("de") != ""


@given(SENSIBLE, PLAIN_VIEWS, st.integers(0, 96))
def test_a_sensible_formula_is_sensible_in_every_view(formula: Formula, view: View, seed: int) -> None:
    assume(sensible(formula))
    viewed = in_view(formula, view, CATALOGUE)
    assert check(viewed, CATALOGUE).powers == check(formula, CATALOGUE).powers
    told(viewed, Month(2014, 11), seed)


@given(SENSIBLE, st.integers(0, 96))
def test_in_december_the_year_to_date_is_the_sliding_year(formula: Formula, seed: int) -> None:
    assume(sensible(formula) and "ytd" not in written(formula) and "12(" not in written(formula))
    to_date, rolling = (in_view(formula, view, CATALOGUE) for view in (View.YEAR_TO_DATE, View.ROLLING_12))
    assert told(to_date, Month(2014, 12), seed) == told(rolling, Month(2014, 12), seed)


@given(RATIOS, SHIFTS, st.sampled_from([View.MONTH, View.ROLLING_12]), MONTHS, st.integers(0, 96))
def test_a_shifted_rate_is_the_rate_of_the_earlier_month(
    rate: Formula, months: int, view: View, month: Month, seed: int
) -> None:
    shifted = in_view(Shifted(months, rate), view, CATALOGUE)
    assert told(shifted, month, seed) == told(in_view(rate, view, CATALOGUE), month.plus(-months), seed)


@given(SENSIBLE, MONTHS)
def test_without_any_one_of_its_inputs_a_formula_has_no_value(formula: Formula, month: Month) -> None:
    needed = sorted(set(inputs(formula, month)))
    whole = {(str(cell), at): 1 for cell, at in needed}
    for cell, at in needed[:5]:
        assert evaluate(formula, month, look_in({k: v for k, v in whole.items() if k != (str(cell), at)})).value is None
