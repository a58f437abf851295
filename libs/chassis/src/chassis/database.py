"""PostgreSQL: an engine, and transactions that commit when left and roll back when they fail."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from chassis.caller import Reach
from chassis.idempotency import mark_committed

ENTER_AS_READER = sa.text(
    "SELECT set_config('role', 'zielwerk_reader', true), set_config('zielwerk.reach', :reach, true)"
)


class Database:
    """One service's database."""

    engine: AsyncEngine

    def __init__(self, url: str, *, connections: int = 10) -> None:
        """Prepare the engine; nothing connects before it is used."""
        parsed = make_url(url).set(drivername="postgresql+asyncpg")
        self.engine = create_async_engine(parsed, pool_size=connections, max_overflow=connections, pool_pre_ping=False)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that may change rows; the use case has checked who asks."""
        async with self.engine.begin() as connection:
            yield connection
            await mark_committed(connection)

    @asynccontextmanager
    async def reading(self, reach: Reach) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that sees rows within reach only: row-level security, behind the route's own check."""
        async with self.engine.begin() as connection:
            await connection.execute(ENTER_AS_READER, {"reach": "*" if reach is None else ",".join(sorted(reach))})
            yield connection

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()
