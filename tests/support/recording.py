"""What deliveries of case records go by in tests, and what all records come to that are taken at once."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import polars as pl
from domain.identity import UnitCode
from domain.period import Period
from domain.unit import Unit, UnitKind, Units
from domain.unit_relation import Relation, RelationKind
from domain.variable import Cell
from hypothesis import strategies as st
from indicators.persistence.catalogue_rows import shipped
from indicators.records.deriving import derive
from indicators.records.executors import Inline
from indicators.records.question import SPLITS, Question, splits_of
from indicators.usecases.recording import Guide

from support.case_histories import LENGTH, MERGED, NORTH, SOUTH, START, Cases, followed_frame, frame_of
from support.raw_records import CaseRecord

PRESENT = START.plus(LENGTH + 20)
UNITS = Units.of(
    [Unit(code=UnitCode(code), name=code, kind=UnitKind.CITY) for code in (NORTH, SOUTH, MERGED, "hill", "shore")],
    [Relation(kind=RelationKind.SUCCEEDS, source=MERGED, target=before) for before in (NORTH, SOUTH)],
)
GUIDE = Guide(
    variables={variable.code: (variable,) for variable in shipped()[0]},
    units=UNITS,
    present=PRESENT,
    executor=Inline(),
)

TOTALS = replace(
    GUIDE, variables={code: (replace(found, dimensions=frozenset()),) for code, (found,) in GUIDE.variables.items()}
)
"""The same without any split."""
Figures = dict[tuple[str, Cell, int], Decimal]


def sent_of(frame: pl.LazyFrame) -> pl.DataFrame:
    """Give rows as they come from being checked and re-keyed."""
    return frame.collect().with_row_index("row", offset=2)


def at_once(case: Cases, guide: Guide = GUIDE) -> Figures:
    """Give the figures of all records together."""
    before = {str(MERGED): frozenset({str(NORTH), str(SOUTH)})}
    months = Period.lasting(START, LENGTH)
    splits = splits_of(variable for (variable,) in guide.variables.values())
    question = Question(months=months, until=PRESENT.previous, splits=splits, predecessors=before)
    rows = derive(frame_of(case.records), followed_frame(case.follow_ups), question).rows
    return {
        (r["unit"], Cell.of(r["variable"], **{n: r[n] for n in SPLITS if r[n]}), r["month"]): Decimal(r["value"])
        for r in rows.iter_rows(named=True)
    }


@st.composite
def deliveries(draw: st.DrawFn, records: tuple[CaseRecord, ...]) -> list[list[CaseRecord]]:
    """Cut records into files of a unit and some months, in any order."""
    cuts = sorted(draw(st.lists(st.integers(1, LENGTH - 1), max_size=2, unique=True)))
    bounds = [START.plus(number) for number in (0, *cuts, LENGTH)]
    files = [
        [record for record in records if record.unit == unit and first <= record.month < after]
        for unit in (NORTH, SOUTH, MERGED)
        for first, after in pairwise(bounds)
    ]
    return [file for file in draw(st.permutations(files)) if file]
