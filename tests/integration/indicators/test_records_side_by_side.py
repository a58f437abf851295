"""Deliveries of case records side by side, in PostgreSQL: they come to the figures of all records taken at once."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import polars as pl
import pytest
import sqlalchemy as sa
from chassis.clock import now
from chassis.database import Database
from domain.delivery import DeliveryMode
from domain.variable import Cell
from hypothesis import given, settings
from hypothesis import strategies as st
from indicators.persistence.transactions import Transactions
from indicators.ports.records import RecordKind
from indicators.usecases.recording import Recorded, Terms, announced, take_records
from indicators.usecases.working_off_records import into_history
from support import databases
from support.case_histories import NORTH, SOUTH, START, Cases, a_record, cases, followed_frame, frame_of
from support.raw_records import CaseRecord
from support.recording import TOTALS, Figures, at_once, deliveries, sent_of

CASES = RecordKind.CASE_RECORDS
AT_ONCE = 4
NEWEST = sa.text("""
    SELECT DISTINCT ON (o.unit_id, o.series_id, o.month) u.code, s.variable, s.dimensions, o.month, o.value
    FROM observations o JOIN units u ON u.id = o.unit_id JOIN series s ON s.id = o.series_id
    ORDER BY o.unit_id, o.series_id, o.month, o.delivery DESC
""")


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("indicators")


@asynccontextmanager
async def open_database(template: str) -> AsyncIterator[Database]:
    url = await databases.fresh(template)
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()
        await databases.drop(url)


async def taken(database: Database, number: int, kind: RecordKind, frame: pl.LazyFrame) -> Recorded:
    """Take a delivery in as the line does: announced first, then in a transaction that ends with its figures."""
    begin, sent = Transactions(database, now).begin, sent_of(frame)
    async with begin() as work:
        await announced(work.records, kind, sent)
    async with begin() as work:
        terms = Terms(delivery=number, mode=DeliveryMode.COMPLETE)
        recorded = await take_records(work.records, kind, sent, TOTALS, terms)
        await into_history(work, recorded.figures, number, keep=True)
    return recorded


async def all_at_the_same_time(database: Database, files: Sequence[Sequence[CaseRecord]]) -> list[Recorded]:
    """Start all, a few at a time, whatever they wait for."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(number: int, file: Sequence[CaseRecord]) -> Recorded:
        async with free:
            return await taken(database, number, CASES, frame_of(file))

    return await asyncio.gather(*(one(number, file) for number, file in enumerate(files, start=1)))


async def known(database: Database) -> Figures:
    """Read the newest figures from the history."""
    async with database.engine.connect() as connection:
        rows = (await connection.execute(NEWEST)).all()
    return {(row.code, Cell.of(row.variable, **row.dimensions), row.month): row.value for row in rows}


@settings(max_examples=6)
@given(cases(), st.data())
def test_deliveries_side_by_side_come_to_the_figures_of_all_records_at_once(
    template: str, case: Cases, data: st.DataObject
) -> None:
    files = data.draw(deliveries(case.records))
    expected = at_once(case, TOTALS)

    async def figures() -> Figures:
        async with open_database(template) as database:
            await all_at_the_same_time(database, files)
            if case.follow_ups:
                await taken(database, len(files) + 1, RecordKind.FOLLOW_UP, followed_frame(case.follow_ups))
            return await known(database)

    found = asyncio.run(figures())
    assert {cell: found.get(cell) for cell in expected} == expected


async def test_of_two_units_that_claim_a_person_at_the_same_time_one_is_refused(template: str) -> None:
    both = [[a_record("p", unit=unit), a_record(f"in {unit}", unit=unit)] for unit in (NORTH, SOUTH)]
    async with open_database(template) as database:
        one, other = await all_at_the_same_time(database, both)
        found = await known(database)
    assert sorted(len(recorded.findings) for recorded in (one, other)) == [0, 1]
    assert sorted(found[unit, Cell.of("elb_stock"), START.ordinal] for unit in (NORTH, SOUTH)) == [1, 2]


async def test_units_that_share_nothing_do_not_wait_for_each_other(template: str) -> None:
    async with open_database(template) as database, Transactions(database, now).begin() as work:
        await work.records.hold({SOUTH})
        recorded = await asyncio.wait_for(taken(database, 1, CASES, frame_of([a_record("p")])), timeout=60)
    assert recorded.kept.height == 1


async def test_two_that_hold_what_the_other_wants_do_not_wait_for_each_other_for_ever(template: str) -> None:
    """Whoever holds one unit and wants another one too lets it go and takes both in one order with everybody else."""
    async with open_database(template) as database:
        begin = Transactions(database, now).begin
        async with begin() as one, begin() as other:
            await one.records.hold({SOUTH})
            await other.records.hold({NORTH})
            wanting = {asyncio.create_task(work.records.hold({NORTH, SOUTH})): work for work in (one, other)}
            done, waiting = await asyncio.wait(wanting, timeout=60, return_when=asyncio.FIRST_COMPLETED)
            assert (len(done), len(waiting)) == (1, 1)
            await wanting[done.pop()].records.hold(set())
            await asyncio.wait_for(waiting.pop(), timeout=60)
