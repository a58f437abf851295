"""One meaning, two speeds: columns give the very readings that the domain gives one by one."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from domain.figures import Figures
from domain.formula.errors import FormulaError
from domain.formula.grammar import parse
from domain.formula.tree import Formula, Leaf, Number, Operation, Shifted, Sign, Window, Windowed
from domain.formula.typing import check
from domain.identity import UnitCode
from domain.observation import Key, Observation, as_known
from domain.period import Month, View
from domain.reading import read
from domain.unit import Unit, UnitKind, Units
from domain.unit_parts import with_parts
from domain.unit_relation import Relation, RelationKind
from domain.value_status import ValueStatus
from domain.variable import Cell
from hypothesis import given, settings
from hypothesis import strategies as st
from support.columns import sheet_over
from support.measuring import CATALOGUE, LONG_AFTER, NOON, a_definition, delivery

CODES = [UnitCode(f"u{number}") for number in range(6)]
MONTHS = [Month(2013, 1).plus(number) for number in range(30)]
CELLS = [Cell.of("elb_stock"), Cell.of("integrations"), Cell.of("benefits_living"), Cell.of("integrations", sex="f")]
DAYS = st.none() | st.sampled_from([date(2014, 1, 1), date(2014, 7, 1), date(2014, 7, 15), date(2015, 3, 1)])
VALIDITIES = st.tuples(DAYS, DAYS).filter(lambda pair: not (pair[0] and pair[1] and pair[0] >= pair[1]))
PLAIN = st.integers(-50, 500).map(Decimal)
ODD = st.decimals(-(10**18) + 1, 10**18 - 1, allow_nan=False, places=10) | st.decimals(0, 9, places=2)
FIRM, SOFT = [ValueStatus.COUNTED], [*[ValueStatus.COUNTED] * 60, ValueStatus.EXTRAPOLATED, ValueStatus.IMPUTED]
DAY = date(2015, 4, 10)
WHEN = [NOON + timedelta(days=day) for day in range(3)]


def grown(below: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    return st.one_of(
        st.builds(Operation, st.sampled_from(Sign), below, below),
        st.builds(Shifted, st.sampled_from((1, 6, 12)), below),
        st.builds(Windowed, st.sampled_from(Window), below),
    )


LEAVES: st.SearchStrategy[Formula] = st.sampled_from(CELLS).map(Leaf)
NUMBERS = st.decimals(0, 100, allow_nan=False, places=2).map(Number)
FORMULAS = st.recursive(st.one_of(LEAVES, LEAVES, NUMBERS), grown, max_leaves=6)
USUAL = st.sampled_from(
    [
        "integrations ÷ previous_month(elb_stock)",
        "sum12(integrations) ÷ avg12(previous_month(elb_stock))",
        "benefits_living ÷ previous_year(benefits_living)",
        "sum_ytd(integrations) ÷ avg_ytd(elb_stock)",
        'integrations[sex="f"] ÷ integrations',
        "(integrations + integrations) × 0.5 ÷ elb_stock",
    ]
).map(parse)


@st.composite
def trees(draw: st.DrawFn) -> Units:
    """Draw units of which each is part of earlier ones, for a time or always."""
    units, relations = [], []
    for number, code in enumerate(CODES):
        since, until = draw(VALIDITIES)
        units.append(Unit(code=code, name=code, kind=UnitKind.CITY, valid_from=since, valid_until=until))
        for whole in draw(st.lists(st.sampled_from(CODES[:number]), max_size=2, unique=True)) if number else ():
            since, until = draw(VALIDITIES)
            part = Relation(kind=RelationKind.PART_OF, source=code, target=whole, valid_from=since, valid_until=until)
            relations.append(part)
    return Units.of(units, relations)


@st.composite
def histories(draw: st.DrawFn) -> list[Observation]:
    """Draw values with gaps, corrections and withdrawals, over few months or many."""
    values = draw(st.sampled_from([PLAIN, PLAIN, ODD, PLAIN | ODD]))
    told = st.none() | values if draw(st.booleans()) else values
    whole = draw(st.floats(0, 1))
    seed = draw(st.randoms(use_true_random=False))
    statuses = draw(st.sampled_from([FIRM, FIRM, SOFT]))
    dense = [draw(told) for _ in range(4)]
    return [
        replace(
            _told(unit, cell, month, seed.choice(dense), seed.choice(WHEN), seed.randint(1, 5)),
            status=seed.choice(statuses),
        )
        for unit in CODES
        for cell in CELLS
        for month in MONTHS
        if seed.random() < whole
    ]


def _told(unit: UnitCode, cell: Cell, month: Month, value: Decimal | None, at: datetime, by: int) -> Observation:
    return Observation(unit=unit, cell=cell, month=month, value=value, recorded_at=at, delivery=delivery(by))


@st.composite
def kept_back(draw: st.DrawFn) -> frozenset[Key]:
    """Draw values that a source keeps back: none, some or most."""
    share, seed = draw(st.sampled_from([0, 0, 0.02, 0.5, 1])), draw(st.randoms(use_true_random=False))
    return frozenset((u, c, m) for u in CODES for c in CELLS for m in MONTHS if seed.random() < share)


KEPT_BACK = kept_back()


def sensible(formula: Formula) -> bool:
    """Say whether a formula passes the check."""
    try:
        check(formula, CATALOGUE)
    except FormulaError:
        return False
    return True


def digits(number: Decimal | None) -> str:
    """Write a number with its places; a zero has no sign."""
    return "" if number is None else str(number).removeprefix("" if number else "-")


@pytest.mark.parametrize(
    "text", ["integrations + previous_month(integrations)", "integrations × 1.5 − integrations", "sum12(integrations)"]
)
def test_places_stay_as_they_were_delivered(text: str) -> None:
    units = Units.of([Unit(code=CODES[0], name="u", kind=UnitKind.CITY)], [])
    told = [
        _told(CODES[0], cell, month, Decimal("1.50" if place % 2 else "2"), NOON, 1)
        for cell in CELLS
        for place, month in enumerate(MONTHS)
    ]
    definition = replace(a_definition("integrations ÷ elb_stock"), formula=parse(text))
    months = MONTHS[12:14]
    sheet = sheet_over(definition, units, CODES[:1], months, told, variables=CATALOGUE, on=LONG_AFTER)
    figures = Figures(units, as_known(told))
    for number, month in enumerate(months):
        one = read(definition, CODES[0], month, View.MONTH, figures=figures, variables=CATALOGUE, on=LONG_AFTER)
        assert digits(sheet.numerator[0, number]) == digits(one.numerator)


@settings(max_examples=100)
@given(
    st.one_of(FORMULAS.filter(sensible), USUAL),
    trees(),
    histories(),
    st.sampled_from(View),
    st.none() | st.sampled_from(WHEN),
    st.none() | st.sampled_from([MONTHS[20].first_day, MONTHS[26].first_day, MONTHS[27].last_day]),
    KEPT_BACK,
)
def test_columns_give_what_the_domain_gives_digit_by_digit(
    formula: Formula,
    units: Units,
    told: list[Observation],
    view: View,
    at: datetime | None,
    end: date | None,
    withheld: frozenset[Key],
) -> None:
    definition = replace(a_definition("integrations ÷ elb_stock"), formula=formula, valid_until=end)
    months, figures = MONTHS[24:], Figures(units, as_known(told, at), withheld)
    over = partial(sheet_over, definition, units, CODES, months, told, variables=CATALOGUE, on=DAY)
    sheet = over(view=view, at=at, withheld=withheld)
    for row, unit in enumerate(CODES):
        for column, month in enumerate(months):
            one = read(definition, unit, month, view, figures=figures, variables=CATALOGUE, on=DAY)
            found = sheet.reading(row, column)
            assert found == one
            assert (digits(found.value), digits(found.numerator)) == (digits(one.value), digits(one.numerator))
            assert digits(found.denominator) == digits(one.denominator)
            assert sheet.missing[row, column] == len(one.missing)


@settings(max_examples=100)
@given(USUAL, trees(), histories(), st.sampled_from(View), st.sampled_from(WHEN), st.none() | st.sampled_from(WHEN))
def test_nothing_that_changed_since_an_instant_is_left_out_and_nothing_untouched_told(
    formula: Formula, units: Units, told: list[Observation], view: View, since: datetime, at: datetime | None
) -> None:
    definition = replace(a_definition("integrations ÷ elb_stock"), formula=formula)
    months = MONTHS[24:]
    over = partial(sheet_over, definition, units, CODES, months, told, variables=CATALOGUE, view=view, on=DAY)
    before, now = over(at=since), over(at=at, since=since)
    anew = {one.unit for one in told if one.recorded_at > since and (at is None or one.recorded_at <= at)}
    for row, unit in enumerate(CODES):
        below = with_parts(units, [unit], MONTHS)
        for column in range(len(months)):
            if at is None or at > since:
                assert now.changed[row, column] or before.reading(row, column) == now.reading(row, column)
            assert not now.changed[row, column] or below & anew
