"""Taking a table from the wire, and the cursor over its rows."""

from collections.abc import Sequence
from uuid import UUID

from chassis.paging import BadCursor
from chassis.service import NotThisMediaType
from chassis.tables.writing import CSV
from fastapi import HTTPException, Request

TAKEN = (CSV, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/json")
LARGEST_TABLE = 30_000_000


async def arrival(request: Request, taken: Sequence[str] = TAKEN) -> tuple[bytes, str]:
    """Take a table in whole, with its media type; it stops where it gets too large."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in taken:
        raise NotThisMediaType(given=media_type, taken=", ".join(taken))
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_TABLE:
            raise HTTPException(413)
        chunks.append(chunk)
    return b"".join(chunks), media_type


def after_value(key: tuple[str, ...] | None, cursor: str | None) -> tuple[str, str, UUID] | None:
    """Read the cursor of a list in the order of unit, indicator and round."""
    if key is None:
        return None
    try:
        return key[0], key[1], UUID(key[2])
    except ValueError as error:
        raise BadCursor(str(cursor)) from error
