"""Case records behave alike, remembered in tests and stored in PostgreSQL; readers never see them."""

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import polars as pl
import pytest
import sqlalchemy as sa
from chassis.clock import now
from chassis.database import Database
from domain.identity import UnitCode
from domain.period import Month
from indicators.persistence.transactions import Transactions
from indicators.ports.records import Forgotten, Named, RecordFile, RecordKind, Records
from indicators.records.naming import NOBODY
from support import databases
from support.records_twins import RememberedRecords

CASES, FOLLOW_UPS = RecordKind.CASE_RECORDS, RecordKind.FOLLOW_UP
MAY, JUNE = Month(2014, 5), Month(2014, 6)
FIRST = RecordFile(unit=UnitCode("36402"), kind=CASES, month=MAY, delivery=1, rows=2, content=b"PAR1 first \x00\xff")
ALL = {"36402", "05162"}
P, Q = 4711, -4711
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
        await records.keep([])
        await records.keep([june, other, FIRST])
    async with begin() as records:
        await records.keep([second, replace(FIRST, kind=FOLLOW_UPS)])
    async with begin() as records:
        assert list(await records.newest(CASES, ALL, MAY, JUNE)) == [other, second, june]
        assert list(await records.newest(CASES, {"05162"}, MAY, JUNE)) == [other]
        assert list(await records.newest(CASES, ALL, JUNE, JUNE)) == [june]
        assert list(await records.newest(FOLLOW_UPS, ALL, MAY, JUNE)) == [replace(FIRST, kind=FOLLOW_UPS)]


async def test_the_file_that_came_in_last_counts_though_it_was_sent_before(begin: Begin) -> None:
    sent_first = replace(FIRST, content=b"PAR1 sent first, taken last")
    async with begin() as records:
        await records.keep([replace(FIRST, delivery=2)])
    async with begin() as records:
        await records.keep([sent_first])
    async with begin() as records:
        assert list(await records.newest(CASES, ALL, MAY, MAY)) == [sent_first]


def named(*rows: tuple[str, int, str, Month]) -> Named:
    """Let units name persons and towns in a month."""
    persons = [(unit, person, month.ordinal) for unit, person, _, month in rows]
    towns = [(unit, town, month.ordinal) for unit, _, town, month in rows]
    return Named(
        persons=pl.DataFrame(persons, schema=NOBODY.persons.schema, orient="row"),
        towns=pl.DataFrame(towns, schema=NOBODY.towns.schema, orient="row"),
    )


async def test_units_share_persons_whom_both_have_named_since_a_month(begin: Begin) -> None:
    async with begin() as records:
        await records.announce(named(("north", P, "hill", MAY), ("south", P, "shore", JUNE)))
        await records.announce(named(("north", P, "hill", MAY.previous), ("east", Q, "shore", MAY)))
    async with begin() as records:
        assert await records.sharing_persons({"south"}, NOBODY, MAY) == {"north", "south"}
        assert await records.sharing_persons({"south"}, NOBODY, JUNE) == {"north", "south"}
        assert await records.sharing_persons({"south"}, NOBODY, JUNE.next) == set()
        assert await records.sharing_persons({"north"}, NOBODY, JUNE) == set()
        assert await records.sharing_persons({"west"}, named(("west", Q, "x", JUNE)), JUNE) == {"east"}


async def test_units_share_towns_that_both_name(begin: Begin) -> None:
    async with begin() as records:
        await records.announce(named(("north", P, "hill", MAY), ("south", P, "shore", JUNE), ("east", Q, "shore", MAY)))
    async with begin() as records:
        assert await records.sharing_towns({"south"}, NOBODY) == {"south", "east"}
        assert await records.sharing_towns({"west"}, named(("west", Q, "hill", JUNE))) == {"north"}


async def test_who_is_named_in_no_later_month_is_forgotten_with_the_files(begin: Begin) -> None:
    async with begin() as records:
        await records.announce(named(("north", P, "hill", MAY), ("north", Q, "shore", JUNE)))
        await records.forget(JUNE)
    async with begin() as records:
        assert await records.sharing_persons({"north"}, named(("x", P, "hill", MAY)), MAY.plus(-9)) == {"north"}
        assert await records.sharing_persons(set(), named(("x", P, "hill", MAY)), MAY.plus(-9)) == set()
        assert await records.sharing_towns(set(), named(("x", P, "hill", MAY))) == set()


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
        assert [file.month for file in await records.newest(CASES, ALL, MAY, JUNE)] == [JUNE]
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
        for table in ("record_files", "record_persons", "record_towns"):
            allowed = sa.text("SELECT has_table_privilege('zielwerk_reader', :table, 'SELECT')")
            walled = sa.text("SELECT relrowsecurity FROM pg_class WHERE relname = :table")
            answers = [await connection.scalar(query, {"table": table}) for query in (allowed, walled)]
            assert answers == [False, True]
    await database.close()
    await databases.drop(url)
