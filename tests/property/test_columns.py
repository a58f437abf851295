"""One meaning, two speeds: columns give the very readings that the domain gives one by one."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from domain.formula.errors import FormulaError
from domain.formula.grammar import parse
from domain.formula.tree import Formula, Leaf, Number, Operation, Shift, Shifted, Sign, Window, Windowed
from domain.formula.typing import check
from domain.identity import UnitCode
from domain.observation import Observation, as_known
from domain.period import Month, View
from domain.reading import Figures, Reading, read
from domain.unit import Relation, RelationKind, Unit, UnitKind, Units
from domain.variable import Cell
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.columns import sheet_over
from support.measuring import CATALOGUE, NOON, a_definition, an_observation

CODES = [UnitCode(f"u{number}") for number in range(6)]
MONTHS = [Month(2013, 1).plus(number) for number in range(30)]
CELLS = [Cell.of("elb_stock"), Cell.of("integrations"), Cell.of("benefits_living"), Cell.of("integrations", sex="f")]
DAYS = st.none() | st.sampled_from([date(2014, 1, 1), date(2014, 7, 1), date(2014, 7, 15), date(2015, 3, 1)])
PLAIN = st.integers(-50, 500).map(Decimal)
ODD = st.decimals(-(10**18) + 1, 10**18 - 1, allow_nan=False, places=10) | st.decimals(0, 9, places=2)
WHEN = [NOON + timedelta(days=day) for day in range(3)]


def grown(below: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    return st.one_of(
        st.builds(Operation, st.sampled_from(Sign), below, below),
        st.builds(Shifted, st.sampled_from(Shift), below),
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
        units.append(Unit(code=code, name=code, kind=UnitKind.CITY, **validity(draw)))
        for whole in draw(st.lists(st.sampled_from(CODES[:number] or [code]), max_size=2, unique=True)):
            if whole != code:
                dated = validity(draw)
                relations.append(Relation(kind=RelationKind.PART_OF, source=code, target=whole, **dated))
    return Units.of(units, relations)


def validity(draw: st.DrawFn) -> dict[str, date | None]:
    start, end = draw(DAYS), draw(DAYS)
    return {} if start and end and start >= end else {"valid_from": start, "valid_until": end}


@st.composite
def histories(draw: st.DrawFn) -> list[Observation]:
    """Draw values with gaps, corrections and withdrawals, over few months or many."""
    values = draw(st.sampled_from([PLAIN, PLAIN, ODD, PLAIN | ODD]))
    told = st.none() | values if draw(st.booleans()) else values
    whole = draw(st.floats(0, 1))
    seed = draw(st.randoms(use_true_random=False))
    dense = [draw(told) for _ in range(4)]
    found: list[Observation] = []
    for unit in CODES:
        for cell in CELLS:
            for month in MONTHS:
                if seed.random() < whole:
                    found.append(_told(unit, cell, month, seed.choice(dense), seed.choice(WHEN), seed.randint(1, 5)))
    return found


def _told(unit: UnitCode, cell: Cell, month: Month, value: Decimal | None, at: object, by: int) -> Observation:
    told = an_observation(cell.variable, 0, unit=unit, month=month, by=by, **dict(cell.dimensions))
    return Observation(
        unit=unit,
        cell=cell,
        month=month,
        value=value,
        recorded_at=at,
        delivery=told.delivery,  # type: ignore[arg-type]
    )


def exact(
    definition: object, units: Units, wanted: Sequence[UnitCode], months: Sequence[Month], figures: Figures, view: View
) -> Mapping[tuple[UnitCode, Month], Reading]:
    return {
        (unit, month): read(
            definition,  # type: ignore[arg-type]
            unit,
            month,
            view,
            figures=figures,
            variables=CATALOGUE,
            on=date(2015, 4, 10),
        )
        for unit in wanted
        for month in months
    }


@settings(max_examples=200, deadline=None)
@given(st.one_of(FORMULAS, USUAL), trees(), histories(), st.sampled_from(View), st.none() | st.sampled_from(WHEN))
def test_columns_give_what_the_domain_gives_digit_by_digit(
    formula: Formula, units: Units, told: list[Observation], view: View, at: object
) -> None:
    try:
        check(formula, CATALOGUE)
    except FormulaError:
        assume(False)
    definition = a_definition("integrations ÷ elb_stock")
    object.__setattr__(definition, "formula", formula)
    months = MONTHS[24:]
    sheet = sheet_over(
        definition,
        units,
        CODES,
        months,
        told,
        variables=CATALOGUE,
        view=view,
        at=at,
        on=date(2015, 4, 10),  # type: ignore[arg-type]
    )
    figures = Figures(units, as_known(told, at))  # type: ignore[arg-type]
    for (unit, month), reading in exact(definition, units, CODES, months, figures, view).items():
        found = sheet.reading(CODES.index(unit), months.index(month))
        assert found == reading
        digits = [str(abs(side)) for side in (found.numerator, found.denominator) if side is not None]
        assert digits == [str(abs(side)) for side in (reading.numerator, reading.denominator) if side is not None]
        assert sheet.missing[CODES.index(unit), months.index(month)] == len(reading.missing)
