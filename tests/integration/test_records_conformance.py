"""Case records behave alike, remembered in tests and stored in PostgreSQL; readers never see them."""

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa
from chassis.clock import now
from chassis.database import Database
from domain.identity import UnitCode
from domain.period import Month
from indicators.persistence.transactions import Transactions
from indicators.ports.records import Forgotten, RecordFile, RecordKind, Records
from support import databases
from support.records_twins import RememberedRecords

CASES, FOLLOW_UPS = RecordKind.CASE_RECORDS, RecordKind.FOLLOW_UP
MAY, JUNE = Month(2014, 5), Month(2014, 6)
FIRST = RecordFile(unit=UnitCode("36402"), kind=CASES, month=MAY, delivery=1, rows=2, content=b"PAR1 first \x00\xff")
Begin = Callable[[], AbstractAsyncContextManager[Records]]


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("indicators")


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, template: str) -> AsyncIterator[Begin]:
    if request.param == "remembered":
        twin = RememberedRecords()

        @asynccontextmanager
        async def remembered() -> AsyncIterator[Records]:
            yield twin

        yield remembered
        return
    url = await databases.fresh(template)
    database = Database(url)

    @asynccontextmanager
    async def stored() -> AsyncIterator[Records]:
        async with Transactions(database, now).begin() as work:
            yield work.records

    yield stored
    await database.close()
    await databases.drop(url)


async def test_of_several_files_of_a_unit_and_month_the_newest_is_given(begin: Begin) -> None:
    second = replace(FIRST, delivery=2, content=b"PAR1 second")
    june, other = replace(FIRST, month=JUNE), replace(FIRST, unit=UnitCode("05162"))
    async with begin() as records:
        await records.in_turn()
        await records.keep([])
        await records.keep([june, other, FIRST])
    async with begin() as records:
        await records.keep([second, replace(FIRST, kind=FOLLOW_UPS)])
    async with begin() as records:
        assert list(await records.newest(CASES, MAY, JUNE)) == [other, second, june]
        assert list(await records.newest(CASES, JUNE, JUNE)) == [june]
        assert list(await records.newest(FOLLOW_UPS, MAY, JUNE)) == [replace(FIRST, kind=FOLLOW_UPS)]


async def test_the_latest_month_is_known_for_each_kind(begin: Begin) -> None:
    async with begin() as records:
        assert await records.latest(CASES) is None
        await records.keep([FIRST, replace(FIRST, month=JUNE)])
        assert await records.latest(CASES) == JUNE
        assert await records.latest(FOLLOW_UPS) is None


async def test_old_months_are_deleted_with_all_their_versions_and_named_by_digest(begin: Begin) -> None:
    second = replace(FIRST, delivery=2, content=b"PAR1 second")
    async with begin() as records:
        await records.keep([FIRST, second, replace(FIRST, month=JUNE), replace(FIRST, kind=FOLLOW_UPS)])
    async with begin() as records:
        gone = await records.forget(JUNE)
        assert list(gone) == [forgotten(FIRST), forgotten(second), forgotten(replace(FIRST, kind=FOLLOW_UPS))]
    async with begin() as records:
        assert [file.month for file in await records.newest(CASES, MAY, JUNE)] == [JUNE]
        assert list(await records.forget(JUNE)) == []


def forgotten(file: RecordFile) -> Forgotten:
    return Forgotten(
        unit=file.unit,
        kind=file.kind,
        month=file.month,
        delivery=file.delivery,
        digest=hashlib.sha256(file.content).hexdigest(),
    )


async def test_who_reads_has_no_way_to_the_records(template: str) -> None:
    url = await databases.fresh(template)
    database = Database(url)
    async with database.reading(None) as connection:
        allowed = sa.text("SELECT has_table_privilege('zielwerk_reader', 'record_files', 'SELECT')")
        walled = sa.text("SELECT relrowsecurity FROM pg_class WHERE relname = 'record_files'")
        assert (await connection.scalar(allowed), await connection.scalar(walled)) == (False, True)
    await database.close()
    await databases.drop(url)
