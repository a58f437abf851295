"""Taking a table from the wire, writing one, and the cursor over its rows."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from chassis.paging import BadCursor
from chassis.service import NotThisMediaType
from chassis.wire import plain
from fastapi import HTTPException, Request

CSV = "text/csv"
TAKEN = (CSV, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/json")
LARGEST_TABLE = 30_000_000
FORMULA = ("=", "+", "@", "-", "\t")


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


def written(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table that can be uploaded again; no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def after_value(key: tuple[str, ...] | None, cursor: str | None) -> tuple[str, str, UUID] | None:
    """Read the cursor of a list in the order of unit, indicator and round."""
    if key is None:
        return None
    try:
        return key[0], key[1], UUID(key[2])
    except ValueError as error:
        raise BadCursor(str(cursor)) from error
