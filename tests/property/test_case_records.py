"""What the engine derives from case records is what counting person by person gives, cell by cell."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from domain.case_record import LtrVariant
from domain.period import Month, Period
from domain.variable import DIMENSIONS
from hypothesis import given, settings
from hypothesis import strategies as st
from indicators.persistence.catalogue_rows import shipped
from indicators.records.derived import Derived
from indicators.records.deriving import derive
from indicators.records.question import SPLITS, Question, splits_of
from support.case_histories import LENGTH, MERGED, NORTH, SOUTH, START, Cases, cases, followed_frame, frame_of
from support.naive_records import Naive

ALL_SPLITS = splits_of(shipped()[0])
CAME_BEFORE: dict[str, frozenset[str]] = {MERGED: frozenset({NORTH, SOUTH})}
LATER = START.plus(LENGTH + 18)
Cell = tuple[str, str, Month, tuple[tuple[str, str], ...]]


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = LENGTH - 1 - draw(st.integers(0, LENGTH - 1))
    return Period.lasting(START.plus(first), draw(st.integers(1, min(5, LENGTH - first))))


def asked(months: Period, variant: LtrVariant = LtrVariant.ORDINANCE, until: Month = LATER) -> Question:
    return Question(months=months, until=until, splits=ALL_SPLITS, variant=variant, predecessors=CAME_BEFORE)


def derived(case: Cases, question: Question) -> Derived:
    return derive(frame_of(case.records), followed_frame(case.follow_ups), question)


def by_engine(case: Cases, question: Question) -> dict[Cell, Decimal]:
    return {
        (row["unit"], row["variable"], Month.numbered(row["month"]), named(row)): Decimal(row["value"])
        for row in derived(case, question).rows.iter_rows(named=True)
    }


def named(row: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, row[name]) for name in SPLITS if row[name] is not None)


def by_hand(case: Cases, question: Question) -> dict[Cell, Decimal]:
    naive = Naive(case.records, case.follow_ups, question.until, question.variant, question.predecessors)
    told = {
        (place, variable, month, tuple(cell.items())): naive.value(place, variable, month, **cell)
        for place, month in product(naive.places(), question.months)
        for variable in ALL_SPLITS
        for cell in cells(variable)
    }
    return {cell: value for cell, value in told.items() if value is not None}


def cells(variable: str) -> Iterator[dict[str, str]]:
    for split in ALL_SPLITS[variable]:
        for values in product(*(DIMENSIONS[name] for name in split)):
            given = dict(zip(split, values, strict=True))
            yield {name: given[name] for name in SPLITS if name in given}


@settings(max_examples=50)
@given(cases(), periods(), st.sampled_from(list(LtrVariant)), st.integers(0, 18))
def test_every_cell_is_what_counting_person_by_person_gives(
    case: Cases, months: Period, variant: LtrVariant, later: int
) -> None:
    question = asked(months, variant, months.last.plus(18 - later))
    assert by_engine(case, question) == by_hand(case, question)
