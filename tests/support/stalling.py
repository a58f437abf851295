"""A database that is behind: it waits for a lock, and the driver takes no more of what is sent."""

import asyncio

import asyncpg

BLOCKED = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $1"


class Sent:
    """How many pieces the driver has taken."""

    def __init__(self) -> None:
        self.pieces = 0


async def behind(other: "asyncpg.Connection[asyncpg.Record]", pid: int, sent: Sent) -> None:
    """Wait until the database waits for a lock and the driver takes no more."""
    taken = 0
    while not await other.fetchval(BLOCKED, pid) or sent.pieces != taken or not taken:
        taken = sent.pieces
        await asyncio.sleep(0.1)
