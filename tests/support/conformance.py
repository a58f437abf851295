"""Opening what a conformance suite runs on: twins as they are, or a fresh database of the agreements service."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeVar

from agreements.persistence.transactions import Transactions
from agreements.ports import Work
from chassis.clock import now
from chassis.database import Database

from support import databases

T = TypeVar("T")
Begin = Callable[[], AbstractAsyncContextManager[T]]


def remembered(twins: T) -> Begin[T]:
    """Open twins, which keep what they were given."""

    @asynccontextmanager
    async def open_twins() -> AsyncIterator[T]:
        yield twins

    return open_twins


@asynccontextmanager
async def stored(
    template: str, chosen: Callable[[Work], T], prepare: Callable[[Work], Awaitable[None]] | None = None
) -> AsyncIterator[Begin[T]]:
    """Open transactions on a fresh, prepared database, each giving the chosen ports; dropped behind the test."""
    url = await databases.fresh(template)
    database = Database(url)
    transactions = Transactions(database, now)
    if prepare:
        async with transactions.begin() as work:
            await prepare(work)

    @asynccontextmanager
    async def open_stored() -> AsyncIterator[T]:
        async with transactions.begin() as work:
            yield chosen(work)

    yield open_stored
    await database.close()
    await databases.drop(url)
