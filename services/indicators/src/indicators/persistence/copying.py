"""Copying rows into a table: whoever writes to a connection that is lost learns of it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from io import BytesIO

import asyncpg

Source = AsyncIterator[bytes] | BytesIO


async def copy_in(
    driver: "asyncpg.Connection[asyncpg.Record]", table: str, source: Source, columns: Sequence[str], null: str = ""
) -> None:
    """
    Copy rows (CSV) into columns of a table; ConnectionDoesNotExistError where the connection is lost meanwhile.

    The driver does not notice by itself: it waits to write on while the database is behind, and once woken goes on to
    read its source to the end, or fails with an error of the event loop.
    """
    lost = asyncio.get_running_loop().create_future()
    copying = asyncio.ensure_future(
        driver.copy_to_table(table, source=source, columns=columns, format="csv", null=null)
    )

    def lose(_: object) -> None:
        if not lost.done():
            lost.set_result(None)

    driver.add_termination_listener(lose)
    try:
        await asyncio.wait([copying, lost], return_when=asyncio.FIRST_COMPLETED)
        if lost.done():
            raise asyncpg.ConnectionDoesNotExistError("the connection was lost while rows were copied in")
        await copying
    finally:
        driver.remove_termination_listener(lose)
        copying.cancel()
        await asyncio.gather(copying, return_exceptions=True)
