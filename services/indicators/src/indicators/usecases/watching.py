"""Watching work that takes its time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

PAUSE, MOST_LOOKS = 0.5, 7200
T = TypeVar("T")


async def watched(first: T, again: Callable[[], Awaitable[T]], over: Callable[[T], bool]) -> AsyncIterator[T]:
    """Give something whenever it has moved on, until it is over or was looked at for an hour."""
    found, told = first, None
    for _ in range(MOST_LOOKS):
        if found != told:
            told = found
            yield found
        if over(found):
            return
        await asyncio.sleep(PAUSE)
        found = await again()
