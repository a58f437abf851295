"""Deliveries of case records, in whatever order and corrected, come to the figures of all records taken at once."""

import asyncio
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl
from domain.delivery import DeliveryMode, OnError
from domain.period import Month, Period
from domain.variable import Cell
from hypothesis import given, settings
from hypothesis import strategies as st
from indicators.ports.records import RecordKind
from indicators.records.pseudonyms import rekeyed
from indicators.usecases.recording import Recorded, Terms, announced, take_records
from support.case_histories import LENGTH, MERGED, NORTH, SOUTH, START, Cases, a_record, cases, followed_frame, frame_of
from support.raw_records import CaseRecord
from support.recording import GUIDE, Figures, at_once, deliveries, sent_of
from support.records_twins import RememberedRecords


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
        on_error: OnError = OnError.ACCEPT_VALID,
        keep: bool = True,
    ) -> Recorded:
        self.delivered += 1
        terms = Terms(delivery=self.delivered, mode=mode, on_error=on_error, keep=keep)
        recorded = asyncio.run(self.taken(kind, sent_of(frame), terms))
        if keep:
            self.figures |= figures_of(recorded)
        return recorded

    async def taken(self, kind: RecordKind, sent: pl.DataFrame, terms: Terms) -> Recorded:
        if terms.keep:
            await announced(self.records, kind, sent)
        return await take_records(self.records, kind, sent, GUIDE, terms)


def figures_of(recorded: Recorded) -> Figures:
    return {
        (unit, recorded.figures.series[series], month): Decimal(value)
        for unit, month, series, value in recorded.figures.rows.select("unit", "month", "series", "value").iter_rows()
    }


@settings(max_examples=8)
@given(cases(), st.data())
def test_the_order_of_deliveries_does_not_matter(case: Cases, data: st.DataObject) -> None:
    service = Service()
    for file in data.draw(deliveries(case.records)):
        service.take(RecordKind.CASE_RECORDS, frame_of(file))
    if case.follow_ups:
        service.take(RecordKind.FOLLOW_UP, followed_frame(case.follow_ups))
    expected = at_once(case)
    assert {cell: service.figures.get(cell) for cell in expected} == expected


@settings(max_examples=6)
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
    assert asyncio.run(service.records.newest(RecordKind.CASE_RECORDS, {NORTH}, START, START)) == []


def test_a_person_that_another_unit_has_in_the_month_is_refused_and_the_others_are_taken() -> None:
    service = Service()
    service.take(RecordKind.CASE_RECORDS, frame_of([a_record("a", unit=SOUTH)]))
    recorded = service.take(
        RecordKind.CASE_RECORDS, frame_of([a_record("a"), a_record("b"), a_record("a", START.next)])
    )
    assert [(f.row, f.column, f.code, f.value) for f in recorded.findings] == [
        (2, "unit", "person_in_two_units", NORTH)
    ]
    assert (recorded.kept.height, stock(service, START)) == (2, Decimal(1))


def claimed(mode: DeliveryMode, *rows: CaseRecord, on_error: OnError = OnError.ACCEPT_VALID) -> tuple[list[int], int]:
    """Deliver beside a and b in the south and c in the north; give the refused rows and how many were kept."""
    service = Service()
    service.take(RecordKind.CASE_RECORDS, frame_of([a_record("a", unit=SOUTH), a_record("b", unit=SOUTH)]))
    service.take(RecordKind.CASE_RECORDS, frame_of([a_record("c")]))
    recorded = service.take(RecordKind.CASE_RECORDS, frame_of(rows), mode, on_error=on_error)
    return [finding.row for finding in recorded.findings], recorded.kept.height


def test_whoever_is_replaced_does_not_stand_in_the_way_of_a_move() -> None:
    moved, staying = a_record("a"), a_record("b", unit=SOUTH)
    assert claimed(DeliveryMode.COMPLETE, moved, staying) == ([], 2)
    assert claimed(DeliveryMode.PARTIAL, moved, staying) == ([2], 1)


def test_a_month_of_which_no_row_is_taken_is_not_replaced_and_keeps_its_persons() -> None:
    """The south's only row is of somebody in the north, so the south's month stays, and with it whom it has."""
    assert claimed(DeliveryMode.COMPLETE, a_record("c", unit=SOUTH), a_record("a", unit=MERGED)) == ([2, 3], 0)


def test_a_file_that_must_be_without_fault_is_refused_whole_for_a_person_of_another_unit() -> None:
    rows = a_record("a"), a_record("d")
    assert claimed(DeliveryMode.COMPLETE, *rows, on_error=OnError.REJECT) == ([2], 0)


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
    assert set(rekeyed(names, b"another")) & set(keyed) == set()


def test_nothing_that_is_kept_holds_a_pseudonym() -> None:
    service = Service()
    recorded = service.take(RecordKind.CASE_RECORDS, frame_of([a_record("Mustermann-4711")]))
    (file,) = asyncio.run(service.records.newest(RecordKind.CASE_RECORDS, {NORTH}, START, START))
    kept = pl.read_parquet(file.content)
    assert b"Mustermann" not in file.content
    assert "Mustermann" not in repr(kept.rows()) + repr(recorded)
