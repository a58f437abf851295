"""Rows on their way into a table: a connection that is lost is noticed, also while the database is behind."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest
from chassis.database import Database
from indicators.persistence.copying import copy_in
from support.stalling import Sent, behind

A_PIECE = b"\n".join(b"%d" % number for number in range(100_000)) + b"\n"
LONG = 30


async def endless(sent: Sent) -> AsyncIterator[bytes]:
    while True:
        sent.pieces += 1
        yield A_PIECE
        await asyncio.sleep(0)


@pytest.fixture
async def url(database_url: Callable[[str], Awaitable[str]], templates: dict[str, str]) -> str:
    return await database_url(templates["indicators"])


async def test_who_waits_for_the_database_is_told_when_the_connection_is_lost(url: str) -> None:
    database, other, sent = Database(url), await asyncpg.connect(url), Sent()
    await other.execute("CREATE TABLE numbers (number int)")
    async with asyncio.timeout(LONG), database.engine.connect() as connection, other.transaction():
        driver = (await connection.get_raw_connection()).driver_connection
        assert isinstance(driver, asyncpg.Connection)
        pid = driver.get_server_pid()
        await other.execute("LOCK TABLE numbers IN ACCESS EXCLUSIVE MODE")
        copying = asyncio.create_task(copy_in(driver, "numbers", endless(sent), ["number"]))
        await behind(other, pid, sent)
        await other.execute("SELECT pg_terminate_backend($1)", pid)
        with pytest.raises(asyncpg.ConnectionDoesNotExistError, match="lost"):
            await copying
        assert driver.is_closed()
    await other.close()
    await database.close()


async def test_who_is_cancelled_stops_and_the_connection_can_be_used_again(url: str) -> None:
    driver, other = await asyncpg.connect(url), await asyncpg.connect(url)
    pid, sent = driver.get_server_pid(), Sent()
    await other.execute("CREATE TABLE more_numbers (number int)")
    async with asyncio.timeout(LONG):
        async with other.transaction():
            await other.execute("LOCK TABLE more_numbers IN ACCESS EXCLUSIVE MODE")
            copying = asyncio.create_task(copy_in(driver, "more_numbers", endless(sent), ["number"]))
            await behind(other, pid, sent)
            copying.cancel()
            with pytest.raises(asyncio.CancelledError):
                await copying
        assert await driver.fetchval("SELECT count(*) FROM more_numbers") == 0
    await driver.close()
    await other.close()


async def test_what_the_table_refuses_is_told_as_it_is(url: str) -> None:
    async def words() -> AsyncIterator[bytes]:
        yield b"one\n"

    driver = await asyncpg.connect(url)
    await driver.execute("CREATE TEMPORARY TABLE strict (number int)")
    with pytest.raises(asyncpg.InvalidTextRepresentationError):
        await copy_in(driver, "strict", words(), ["number"])
    assert await driver.fetchval("SELECT 1") == 1
    await driver.close()
