"""Work that a service does again and again by itself; a failure costs one round and is logged whole."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog


async def every(seconds: float, work: Callable[[], Awaitable[object]], name: str) -> None:
    """Do a piece of work for ever, with a pause between its rounds."""
    while True:
        await once(work, name)
        await asyncio.sleep(seconds)


async def once(work: Callable[[], Awaitable[object]], name: str) -> None:
    """Do a piece of work that nobody waits for."""
    log = structlog.get_logger()
    try:
        await work()
    except Exception:  # the next round finds what this one left
        log.exception("round_failed", work=name)
