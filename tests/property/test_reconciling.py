"""Many figures held against ours at once come out as one by one, whatever is cut into which parts."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from domain.boundary import kin_of
from domain.formula.grammar import parse
from domain.identity import IndicatorCode, UnitCode
from domain.period import Month, View
from domain.quantity import half_up
from domain.reconciliation import FigureDifference, OfficialFigure
from domain.unit import Unit, UnitKind, Units
from domain.unit_relation import Relation, RelationKind
from hypothesis import given, settings
from hypothesis import strategies as st
from indicators.usecases.reconciliations.asked import asked
from indicators.usecases.reconciliations.errors import TooMuchToCompare
from indicators.usecases.reconciliations.explaining import explained
from indicators.usecases.reconciliations.judging import Judged, Scene, judged
from indicators.usecases.reconciliations.questions import Dimensions, Questions
from indicators.usecases.reconciliations.rows import Yardstick
from support.measuring import CATALOGUE, JOBCENTER, NOON, TOWN_A, TOWN_B, a_definition, an_observation, delivery
from support.naive_reconciling import HistoryAtHand, Naive, table_of

K2, OLD = IndicatorCode("K2"), UnitCode("before")
CODES = (JOBCENTER, TOWN_A, TOWN_B, OLD)
UNITS = Units.of(
    [Unit(code=code, name=code, kind=UnitKind.CITY) for code in CODES],
    [
        *(Relation(kind=RelationKind.PART_OF, source=town, target=JOBCENTER) for town in (TOWN_A, TOWN_B)),
        Relation(kind=RelationKind.SUCCEEDS, source=JOBCENTER, target=OLD),
    ],
)
FIRST = a_definition("integrations ÷ elb_stock")
DEFINITIONS = {
    K2: [
        replace(FIRST, valid_until=date(2014, 12, 1)),
        replace(
            FIRST, version=2, valid_from=date(2014, 9, 1), formula=parse("integrations ÷ previous_month(elb_stock)")
        ),
    ]
}
MONTHS = [Month(2013, 9).plus(number) for number in range(16)]
ASKED = [*MONTHS[12:], Month(2020, 1)]
STATES = [NOON + timedelta(days=day) for day in range(3)]
VALUES = st.sampled_from([Decimal(1), Decimal(2), Decimal("2.5"), Decimal(7)])
MOST = 12
PICKS = st.lists(st.integers(0, 59), min_size=MOST + 2, max_size=MOST + 2)


@st.composite
def histories(draw: st.DrawFn) -> HistoryAtHand:
    """Draw few values for many months, with gaps, corrections and withdrawals, oldest first."""
    seed, whole = draw(st.randoms(use_true_random=True)), draw(st.sampled_from([1, 1, 0.98, 0.8]))
    values = draw(st.lists(VALUES, min_size=2, max_size=3))
    told = [
        replace(
            an_observation(variable, None, unit=unit, month=month, recorded_at=at, sex=sex) if sex
            else an_observation(variable, None, unit=unit, month=month, recorded_at=at),
            value=None if number and seed.random() < 0.05 else seed.choice(values),
            delivery=delivery(number),
        )
        for number, at in enumerate(STATES)
        for unit in CODES
        for variable in ("integrations", "elb_stock")
        for sex in ("", "f")
        for month in MONTHS
        if seed.random() < (whole if number == 0 else 0.1)
    ]  # fmt: skip
    return HistoryAtHand(told)


@st.composite
def tables(draw: st.DrawFn) -> list[OfficialFigure]:
    """Draw figures, each once; what is published is settled later."""
    keys = st.tuples(
        st.sampled_from(CODES), st.sampled_from(View), st.sampled_from(ASKED), st.sampled_from(["", "f", "m"])
    )
    drawn = draw(st.lists(keys, min_size=1, max_size=MOST, unique=True))
    variants = draw(st.lists(st.sampled_from([None, None, "1", "2"]), min_size=len(drawn), max_size=len(drawn)))
    return [
        replace(a_figure(row, unit, view, month, (("sex", sex),) if sex else ()), variant=variant)
        for row, ((unit, view, month, sex), variant) in enumerate(zip(drawn, variants, strict=True), start=2)
    ]


def a_figure(row: int, unit: UnitCode, view: View, month: Month, dimensions: Dimensions) -> OfficialFigure:
    """Build a figure that is not published."""
    return OfficialFigure(row=row, unit=unit, indicator=K2, view=view, month=month, value=None, dimensions=dimensions)


def one_by_one(figure: OfficialFigure, history: HistoryAtHand) -> Naive:
    """Look at a figure of some persons as if nobody else had been told of."""
    seen = [one for one in history.told if one.cell.dimensions == figure.dimensions]
    return Naive(UNITS, DEFINITIONS, [replace(one, cell=replace(one.cell, dimensions=())) for one in seen])


def published(figures: Sequence[OfficialFigure], history: HistoryAtHand, picks: Sequence[int]) -> list[OfficialFigure]:
    """Publish what we have, nearly that, something that explains itself, something else, or nothing."""
    found = []
    for figure in figures:
        naive = one_by_one(figure, history)
        ours = naive.ours(figure)
        near = [] if ours is None else [half_up(ours, 1), half_up(ours, 2) + Decimal("0.009")]
        other = {half_up(value, 2) for _, _, value in naive.tried(figure) if value is not None}
        options = [None, Decimal("3.14"), *near, *sorted(other)]
        found.append(replace(figure, value=options[picks[figure.row] % len(options)]))
    return found


async def held_against(scene: Scene, whole: pl.DataFrame, at_once: int) -> tuple[Judged, list[FigureDifference]]:
    """Compare so many figures at once."""
    counted, found = Judged(), list[FigureDifference]()
    for tile in whole.iter_slices(at_once):
        some = await judged(scene, tile)
        found += await explained(scene, some.doubtful, most=100 * at_once)
        counted += some
    return counted, found


@settings(max_examples=150)
@given(histories(), tables(), PICKS, st.sampled_from([1, 3, 1000]))
def test_tables_come_out_as_figure_by_figure(
    history: HistoryAtHand, figures: list[OfficialFigure], picks: list[int], at_once: int
) -> None:
    sent = published(figures, history, picks)
    questions = Questions(DEFINITIONS, CATALOGUE)
    schema = Yardstick(units=UNITS, reach=None, questions=questions).figures
    whole = asked([table_of(sent, schema)], 100_000).figures
    scene = Scene(history=history, units=UNITS, kin=kin_of(UNITS), questions=questions)  # type: ignore[arg-type]  # it is asked for no more
    counted, found = asyncio.run(held_against(scene, whole, at_once))
    by_key = {(one.unit, one.view, one.month, one.dimensions): one for one in sent}
    naive = []
    for unit, _, view, month, sex, *_ in whole.iter_rows():
        key = (UnitCode(unit), View(view), Month.numbered(month), (("sex", sex),) if sex else ())
        figure = by_key.get(key) or a_figure(0, *key)
        naive.append((figure, one_by_one(figure, history).difference(figure)))
    assert found == [difference for _, difference in naive if difference is not None]
    alike = [figure for figure, difference in naive if difference is None and figure.row]
    assert counted.equal == sum(figure.value is not None for figure in alike)
    assert counted.unpublished == sum(figure.value is None for figure in alike)


def test_a_table_covers_its_own_units_and_months_whole() -> None:
    towns = [a_figure(row, town, View.MONTH, MONTHS[row], ()) for row, town in ((2, TOWN_A), (3, TOWN_B))]
    women = a_figure(4, TOWN_A, View.MONTH, MONTHS[2], (("sex", "f"),))
    schema = Yardstick(units=UNITS, reach=None, questions=Questions(DEFINITIONS, CATALOGUE)).figures
    twice = replace(women, row=9)
    whole = asked([table_of([twice, women], schema), table_of(towns, schema)], 5)
    assert whole.figures.select("unit", "month", "sex", "row").rows() == [
        (TOWN_A, MONTHS[2].ordinal, "", 2),
        (TOWN_A, MONTHS[2].ordinal, "f", 4),
        (TOWN_A, MONTHS[3].ordinal, "", 0),
        (TOWN_B, MONTHS[2].ordinal, "", 0),
        (TOWN_B, MONTHS[3].ordinal, "", 3),
    ]
    assert whole.doubles.rows() == [(9, "unit", "duplicate_row", TOWN_A)]
    assert whole.units == {TOWN_A, TOWN_B}
    with pytest.raises(TooMuchToCompare, match="at least 5"):
        asked([table_of([*towns, women], schema)], 4)
