"""Deliveries of case records, in whatever order and corrected, come to the figures of all records taken at once."""

import asyncio
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import pairwise

import polars as pl
from domain.delivery import DeliveryMode
from domain.identity import UnitCode
from domain.period import Month, Period
from domain.unit import Relation, RelationKind, Unit, UnitKind, Units
from domain.variable import Cell
from hypothesis import given, settings
from hypothesis import strategies as st
from indicators.persistence.catalogue_rows import shipped
from indicators.ports.records import RecordKind
from indicators.records.deriving import derive
from indicators.records.executing import Inline
from indicators.records.pseudonyms import rekeyed
from indicators.records.question import SPLITS, Question, splits_of
from indicators.usecases.recording import Guide, Recorded, take_records
from support.case_histories import LENGTH, MERGED, NORTH, SOUTH, START, Cases, a_record, cases, followed_frame, frame_of
from support.raw_records import CaseRecord
from support.records_twins import RememberedRecords

PRESENT = START.plus(LENGTH + 20)
UNITS = Units.of(
    [Unit(code=UnitCode(code), name=code, kind=UnitKind.CITY) for code in (NORTH, SOUTH, MERGED, "hill", "shore")],
    [Relation(kind=RelationKind.SUCCEEDS, source=MERGED, target=before) for before in (NORTH, SOUTH)],
)
GUIDE = Guide(
    variables={variable.code: (variable,) for variable in shipped()[0]},
    units=UNITS,
    present=PRESENT,
    rekey=partial(rekeyed, key=b"a key"),
    executor=Inline(),
)

Figures = dict[tuple[str, Cell, int], Decimal]


@dataclass
class Service:
    """Takes deliveries in and remembers the newest figures."""

    records: RememberedRecords = field(default_factory=RememberedRecords)
    figures: Figures = field(default_factory=dict)
    delivered: int = 0

    def take(
        self,
        kind: RecordKind,
        frame: pl.LazyFrame,
        mode: DeliveryMode = DeliveryMode.COMPLETE,
        *,
        keep: bool = True,
    ) -> Recorded:
        self.delivered += 1
        rows = frame.with_columns(pl.col("person").cast(pl.String)).collect().with_row_index("row", offset=2)
        recorded = asyncio.run(
            take_records(self.records, kind, rows, GUIDE, delivery=self.delivered, mode=mode, keep=keep)
        )
        if keep:
            self.figures |= figures_of(recorded)
        return recorded


def figures_of(recorded: Recorded) -> Figures:
    return {
        (unit, recorded.figures.series[series], month): Decimal(value)
        for unit, month, series, value in recorded.figures.rows.select("unit", "month", "series", "value").iter_rows()
    }


def at_once(case: Cases) -> Figures:
    before = {str(MERGED): frozenset({str(NORTH), str(SOUTH)})}
    months = Period.lasting(START, LENGTH)
    splits = splits_of(variable for (variable,) in GUIDE.variables.values())
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


@settings(deadline=None, max_examples=8)
@given(cases(), st.data())
def test_the_order_of_deliveries_does_not_matter(case: Cases, data: st.DataObject) -> None:
    service = Service()
    for file in data.draw(deliveries(case.records)):
        service.take(RecordKind.CASE_RECORDS, frame_of(file))
    if case.follow_ups:
        service.take(RecordKind.FOLLOW_UP, followed_frame(case.follow_ups))
    expected = at_once(case)
    assert {cell: service.figures.get(cell) for cell in expected} == expected


@settings(deadline=None, max_examples=6)
@given(cases(gaps=False), cases(gaps=False), st.integers(0, LENGTH - 3))
def test_a_corrected_file_counts_as_if_it_had_come_first(wrong: Cases, right: Cases, start: int) -> None:
    """Three months of one unit are sent wrong, then right; others know nothing of the persons that were wrong."""
    months = Period.lasting(START.plus(start), 3)
    sound = [record for record in right.records if record.unit == NORTH]
    broken = [record for record in wrong.records if record.unit == NORTH and record.month in months]
    service = Service()
    service.take(RecordKind.CASE_RECORDS, frame_of([r for r in sound if r.month not in months]))
    service.take(RecordKind.CASE_RECORDS, frame_of(broken))
    service.take(RecordKind.CASE_RECORDS, frame_of([r for r in sound if r.month in months]))
    expected = at_once(Cases(tuple(sound), ()))
    assert {cell: service.figures.get(cell) for cell in expected} == expected


def stock(service: Service, month: Month) -> Decimal | None:
    return service.figures.get((NORTH, Cell.of("elb_stock"), month.ordinal))


def test_a_partial_delivery_replaces_the_persons_it_names_and_leaves_the_others() -> None:
    service = Service()
    service.take(RecordKind.CASE_RECORDS, frame_of([a_record("a"), a_record("b"), a_record("c")]))
    service.take(RecordKind.CASE_RECORDS, frame_of([a_record("b", in_need=False)]), DeliveryMode.PARTIAL)
    assert stock(service, START) == 2
    service.take(RecordKind.CASE_RECORDS, frame_of([a_record("b")]), DeliveryMode.COMPLETE)
    assert stock(service, START) == 1


def test_a_dry_run_derives_and_keeps_nothing() -> None:
    service = Service()
    recorded = service.take(RecordKind.CASE_RECORDS, frame_of([a_record("a")]), keep=False)
    assert figures_of(recorded)[NORTH, Cell.of("elb_stock"), START.ordinal] == 1
    assert asyncio.run(service.records.newest(RecordKind.CASE_RECORDS, START, START)) == []


def test_a_person_that_another_unit_has_in_the_month_is_refused_and_the_others_are_taken() -> None:
    service = Service()
    service.take(RecordKind.CASE_RECORDS, frame_of([a_record("a", unit=SOUTH)]))
    recorded = service.take(
        RecordKind.CASE_RECORDS, frame_of([a_record("a"), a_record("b"), a_record("a", START.next)])
    )
    assert [(f.row, f.column, f.code, f.value) for f in recorded.findings] == [
        (2, "unit", "person_in_two_units", NORTH)
    ]
    assert (recorded.kept, stock(service, START)) == (2, Decimal(1))


def test_a_late_unit_changes_the_figures_of_the_unit_its_persons_moved_to() -> None:
    """Twenty years in the south, then a move: before the south delivers, the north knows of no long-term recipient."""
    service, moved = Service(), START.plus(22)
    months = [START.plus(number) for number in range(26)]
    here = [a_record("mover", month) for month in months if month >= moved]
    always = [a_record("other", month, in_need=False) for month in months]
    service.take(RecordKind.CASE_RECORDS, frame_of([*here, *always]))
    cell = (NORTH, Cell.of("ltr_stock"), months[-1].ordinal)
    assert service.figures[cell] == 0
    service.take(RecordKind.CASE_RECORDS, frame_of([a_record("mover", m, unit=SOUTH) for m in months if m < moved]))
    assert service.figures[cell] == 1


def test_pseudonyms_are_replaced_and_the_same_person_stays_the_same() -> None:
    names = pl.Series(["a", "b", "a"])
    keyed = rekeyed(names, b"a key")
    assert keyed[0] == keyed[2] != keyed[1]
    assert all(len(value) == 16 for value in keyed)
    assert set(rekeyed(names, b"another")) & set(keyed) == set()


def test_nothing_that_is_kept_holds_a_pseudonym() -> None:
    service = Service()
    recorded = service.take(RecordKind.CASE_RECORDS, frame_of([a_record("Mustermann-4711")]))
    (file,) = asyncio.run(service.records.newest(RecordKind.CASE_RECORDS, START, START))
    kept = pl.read_parquet(file.content)
    assert b"Mustermann" not in file.content
    assert "Mustermann" not in repr(kept.rows()) + repr(recorded)
