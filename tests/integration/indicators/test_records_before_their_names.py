"""Case records that were kept before: migrations read from the files whom they name, and give persons their numbers."""

import hmac
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO

import polars as pl
import pytest
from alembic import command
from chassis.clock import new_id, now
from chassis.database import Database
from chassis.development.embedded import ensure_database
from chassis.migrations import config_of, migrate
from domain.delivery import DeliveryMode
from domain.intake import FindingCode
from indicators.persistence.transactions import Transactions
from indicators.ports.records import RecordKind
from indicators.records.files import scanned, written
from indicators.records.naming import NOBODY, named_in
from indicators.usecases.recording import Terms, take_records
from sqlalchemy import Connection, text
from support import databases
from support.case_histories import KEY, MERGED, NORTH, SOUTH, START, a_record, frame_of
from support.recording import TOTALS, sent_of

BEFORE = "0011"
KEEP = text("INSERT INTO record_files VALUES (:unit, 'case_records', :month, 7, :rows, :content)")
CASES = RecordKind.CASE_RECORDS
TERMS = Terms(delivery=8, mode=DeliveryMode.COMPLETE)
P = a_record("p", START, town="hill")
MOVED = a_record("p", START.next, unit=SOUTH, town="shore")


@pytest.fixture
async def since() -> AsyncIterator[Transactions]:
    """Keep the files of whoever moves as they were written then, and bring the database to this day."""
    database = Database(await ensure_database(databases.server(), f"before_names_{new_id().hex[-12:]}"))
    async with database.engine.begin() as connection:
        await connection.run_sync(_as_before)
        for file in written(CASES, sent_of(frame_of([P, MOVED])), 7):
            kept = {"unit": file.unit, "month": file.month.ordinal, "rows": 1, "content": _as_then(file.content)}
            await connection.execute(KEEP, kept)
    await migrate(database, "indicators")
    yield Transactions(database, now)
    url = database.engine.url.render_as_string(hide_password=False).replace("+asyncpg", "")
    await database.close()
    await databases.drop(url)


def _as_before(connection: Connection) -> None:
    config = config_of("indicators")
    config.attributes["connection"] = connection
    command.upgrade(config, BEFORE)


def _as_then(content: bytes) -> bytes:
    """Give a file of one person, who was known by 16 bytes."""
    out = BytesIO()
    known = pl.lit(hmac.digest(KEY, b"p", "sha256")[:16])
    pl.read_parquet(content).with_columns(person=known).write_parquet(out)
    return out.getvalue()


async def test_units_of_files_that_were_there_share_their_persons_and_towns(since: Transactions) -> None:
    async with since.begin() as work:
        assert await work.records.sharing_persons({NORTH}, NOBODY, START) == {NORTH, SOUTH}
        assert await work.records.sharing_persons({NORTH}, NOBODY, START.next) == set()
        assert await work.records.sharing_towns({SOUTH}, NOBODY) == {SOUTH}


async def test_a_file_of_before_is_replaced_by_one_of_after(since: Transactions) -> None:
    async with since.begin() as work:
        await take_records(work.records, CASES, sent_of(frame_of([MOVED])), TOTALS, TERMS)
        newest = await work.records.newest(CASES, {NORTH, SOUTH}, START, START.next)
    assert [(file.unit, file.delivery) for file in newest] == [(NORTH, 7), (SOUTH, 8)]
    assert scanned(CASES, newest).collect().equals(frame_of([P, MOVED]).collect())


async def test_whoever_is_delivered_now_is_known_from_the_files_of_before(since: Transactions) -> None:
    elsewhere = sent_of(frame_of([replace(P, unit=MERGED), replace(P, unit=MERGED, person="q")]))
    async with since.begin() as work:
        assert await work.records.sharing_persons({MERGED}, named_in(elsewhere), START) == {NORTH, SOUTH}
        recorded = await take_records(work.records, CASES, elsewhere, TOTALS, TERMS)
    assert [(finding.row, finding.code) for finding in recorded.findings] == [(2, FindingCode.PERSON_IN_TWO_UNITS)]
