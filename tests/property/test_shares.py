"""Laws of shares: members read together read as the unit they are parts of, and their sides add up to its own."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from domain.figures import Figures
from domain.formula.adding import adds_up
from domain.formula.evaluation import inputs
from domain.formula.grammar import parse
from domain.formula.views import in_view
from domain.identity import UnitCode
from domain.observation import Key, as_known
from domain.period import Month, Period, View
from domain.quantity import half_up
from domain.reading import read
from domain.share import Share, Together, read_together, share_of, sides_of, sides_of_some
from domain.unit import Units
from domain.value_status import ValueStatus
from domain.variable import Cell
from hypothesis import given
from hypothesis import strategies as st
from support.measuring import (
    CATALOGUE,
    JOBCENTER,
    LONG_AFTER,
    NOVEMBER,
    TOWN_A,
    TOWN_B,
    a_definition,
    an_observation,
    units_with,
)

LATE, WHOLE = UnitCode("late"), UnitCode("whole")
MEMBERS = (JOBCENTER, LATE, WHOLE)
GROUP = UnitCode("group")
FORMULAS = (
    "integrations ÷ previous_month(elb_stock)",
    "elb_stock ÷ previous_year(elb_stock)",
    "(integrations + 2 × integrations) ÷ elb_stock",
    "integrations × 3",
)
VIEWS = st.sampled_from([View.MONTH, View.ROLLING_12, View.YEAR_TO_DATE])
MONTHS = Period.lasting(Month(2012, 11), 25).months()


def a_group() -> Units:
    """Give a group of a jobcenter, one that begins in spring, and a district of two towns."""
    units = units_with({GROUP: MEMBERS, WHOLE: (TOWN_A, TOWN_B)})
    begun = replace(units.units[LATE], valid_from=date(2014, 4, 1))
    return Units.of(({**units.units, LATE: begun}).values(), units.relations)


UNITS = a_group()
KEYS: list[Key] = [
    (unit, Cell.of(variable), month)
    for unit in (JOBCENTER, LATE, TOWN_A, TOWN_B)
    for variable in ("integrations", "elb_stock")
    for month in MONTHS
]
CENTS = st.lists(st.integers(0, 10**8), min_size=len(KEYS), max_size=len(KEYS))
LEFT_OUT = st.sets(st.sampled_from(range(len(KEYS))), max_size=3)


def told(cents: Sequence[int], left_out: Collection[int] = (), soft: int | None = None) -> Figures:
    """Tell a value of every unit, variable and month but a few; one may be imputed."""
    observations = [
        an_observation(
            cell.variable,
            str(Decimal(cents[number]).scaleb(-2)),
            unit=unit,
            month=month,
            by=number % 5,
            status=ValueStatus.IMPUTED if number == soft else ValueStatus.COUNTED,
        )
        for number, (unit, cell, month) in enumerate(KEYS)
        if number not in left_out
    ]
    return Figures(UNITS, as_known(observations))


def shares(formula: str, view: View, figures: Figures) -> Sequence[Share]:
    """Trace what each member brings."""
    places = sorted(set(inputs(in_view(parse(formula), view, CATALOGUE), NOVEMBER)))
    there = {month: UNITS.parts(GROUP, month.first_day) for _, month in places}
    return [
        share_of({month: tuple({one} & {*found}) for month, found in there.items()}, places, figures) for one in MEMBERS
    ]


@given(CENTS, LEFT_OUT, st.sampled_from(range(len(KEYS))), st.sampled_from(FORMULAS), VIEWS, st.permutations(range(3)))
def test_members_are_read_together_as_the_unit_they_are_parts_of(
    cents: list[int], left_out: set[int], soft: int, formula: str, view: View, order: list[int]
) -> None:
    figures, definition = told(cents, left_out, soft), a_definition(formula)
    found, together = shares(formula, view, figures), Together()
    for number in order:
        together = together.plus([found[number]])
    assert read_together(
        definition, GROUP, NOVEMBER, view, together=together, variables=CATALOGUE, on=LONG_AFTER
    ) == read(definition, GROUP, NOVEMBER, view, figures=figures, variables=CATALOGUE, on=LONG_AFTER)


@given(CENTS, st.sampled_from(FORMULAS), VIEWS)
def test_sides_add_up_to_those_of_the_whole_in_each_of_its_places(cents: list[int], formula: str, view: View) -> None:
    figures, definition = told(cents), a_definition(formula)
    whole = read(definition, GROUP, NOVEMBER, view, figures=figures, variables=CATALOGUE, on=LONG_AFTER)
    viewed = in_view(parse(formula), view, CATALOGUE)
    brought = [sides_of(viewed, NOVEMBER, share.values) for share in shares(formula, view, figures)]
    for side, total in enumerate((whole.numerator, whole.denominator)):
        parts = [part for one in brought if (part := one[side]) is not None]
        assert len(parts) == (0 if total is None else len(MEMBERS))
        if total is not None:
            assert half_up(sum((half_up(part, 20) for part in parts), Decimal(0)), 10) == half_up(total, 10)


def test_who_was_not_there_brings_nothing_and_who_lacks_a_value_has_no_sides() -> None:
    known = Figures(UNITS, {})
    jobcenter, late, _ = shares("elb_stock", View.MONTH, known)
    assert sides_of(parse("elb_stock"), NOVEMBER, jobcenter.values) == (None, None)
    assert [one.unit for one in late.missing] == [LATE]
    before = share_of({NOVEMBER: ()}, [(Cell.of("elb_stock"), NOVEMBER)], known)
    assert (before.missing, sides_of(parse("elb_stock"), NOVEMBER, before.values)) == ((), (Decimal(0), None))


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=4))
def test_what_some_bring_together_is_not_told_where_in_some_month_it_is_what_one_brings(
    there: list[tuple[bool, bool]],
) -> None:
    october = NOVEMBER.previous
    counted = [{october: (WHOLE,) if before else (), NOVEMBER: (WHOLE,) if now else ()} for before, now in there]
    stock = (Cell.of("elb_stock"), NOVEMBER)
    sides = sides_of_some(parse("elb_stock"), NOVEMBER, counted, {stock: Decimal(7)})
    alone = any(sum(month) == 1 for month in zip(*there, strict=True))
    assert sides == ((None, None) if alone else (Decimal(7), None))


def test_where_nobody_is_there_the_whole_lacks_it_itself() -> None:
    stock = a_definition("elb_stock")
    reading = read_together(stock, GROUP, NOVEMBER, View.MONTH, together=Together(), variables=CATALOGUE, on=LONG_AFTER)
    assert [(one.unit, one.month) for one in reading.missing] == [(GROUP, NOVEMBER)]


@pytest.mark.parametrize(
    ("formula", "adds"),
    [
        ("elb_stock", True),
        ("avg12(previous_month(elb_stock)) − integrations ÷ 2", True),
        ("2 × (elb_stock + integrations)", True),
        ("elb_stock + 1", False),
        ("elb_stock × integrations", False),
        ("integrations ÷ elb_stock", False),
        ("2 ÷ elb_stock", False),
        ("7", False),
    ],
)
def test_sums_and_multiples_add_up_and_products_and_quotients_do_not(formula: str, adds: bool) -> None:
    assert adds_up(parse(formula)) is adds
