"""PostgreSQL: an engine, and transactions that commit when left and roll back when they fail."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine import AdaptedConnection, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from chassis.caller import Reach
from chassis.idempotency import mark_committed
from chassis.storing.failing import connected

SET_REACH = "SELECT set_config('zielwerk.reach', $1, true)"


class Database:
    """One service's database."""

    engine: AsyncEngine

    def __init__(self, url: str, *, connections: int = 10) -> None:
        """Prepare the engine; nothing connects before it is used."""
        parsed = make_url(url).set(drivername="postgresql+asyncpg")
        self.engine = create_async_engine(parsed, pool_size=connections, max_overflow=connections, pool_pre_ping=False)
        event.listen(self.engine.sync_engine, "do_connect", connected)
        event.listen(self.engine.sync_engine, "checkout", _must_be_open)
        self._reader = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that may change rows; the use case has checked who asks."""
        async with self.engine.begin() as connection:
            yield connection
            await mark_committed(connection)

    @asynccontextmanager
    async def reading(self, reach: Reach) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that sees one state, and rows within reach only: row-level security behind the check."""
        async with self._reader.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await driver.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL ROLE zielwerk_reader")
            try:
                await driver.fetchval(SET_REACH, "*" if reach is None else ",".join(sorted(reach)))
                yield connection
            finally:
                await _leave(driver)

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


async def _leave(driver: Any) -> None:
    """End a transaction that only read; a connection that was cut on the way is done with."""
    try:
        if not driver.is_closed():
            await driver.execute("ROLLBACK")
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, ConnectionError):
        driver.terminate()


def _must_be_open(adapted: AdaptedConnection, *_: object) -> None:
    """Have the pool connect anew where the server went away: it sees no error of what is asked below it."""
    if adapted.driver_connection.is_closed():
        raise DisconnectionError
