"""Opening what a conformance suite runs on: twins as they are, or a fresh database of a service."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeVar

from agreements.persistence.transactions import Transactions
from agreements.ports import Work
from chassis.clock import now
from chassis.database import Database
from indicators.persistence.transactions import Transactions as FigureTransactions
from indicators.ports import Work as FigureWork

from support import databases

T = TypeVar("T")
W = TypeVar("W")
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
    """Open transactions on a fresh, prepared database of agreements, each giving the chosen ports."""
    async with _on_fresh(template, lambda database: Transactions(database, now).begin, chosen) as (begin, begin_whole):
        if prepare:
            async with begin_whole() as work:
                await prepare(work)
        yield begin


@asynccontextmanager
async def stored_figures(template: str, chosen: Callable[[FigureWork], T]) -> AsyncIterator[Begin[T]]:
    """Open transactions on a fresh database of indicators, each giving the chosen ports."""
    async with _on_fresh(template, lambda database: FigureTransactions(database, now).begin, chosen) as (begin, _):
        yield begin


@asynccontextmanager
async def _on_fresh(
    template: str, transactions: Callable[[Database], Begin[W]], chosen: Callable[[W], T]
) -> AsyncIterator[tuple[Begin[T], Begin[W]]]:
    """Open transactions on a fresh database, with the chosen ports and whole; it is dropped behind the test."""
    url = await databases.fresh(template)
    database = Database(url)
    begin = transactions(database)

    @asynccontextmanager
    async def open_chosen() -> AsyncIterator[T]:
        async with begin() as work:
            yield chosen(work)

    yield open_chosen, begin
    await database.close()
    await databases.drop(url)
