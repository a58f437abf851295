"""Taking a table from the wire, and the cursor over its rows."""

import asyncio
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from chassis.caller import Caller
from chassis.paging import BadCursor
from chassis.service import NotThisMediaType
from chassis.tables.writing import CSV
from chassis.wire import Sent
from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from agreements.ports import Ports
from agreements.usecases.units import must_keep_units

Line = TypeVar("Line", bound=Sent)

TAKEN = (CSV, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/json")
AS_CSV = {"requestBody": {"required": True, "content": {CSV: {"schema": {"type": "string", "format": "binary"}}}}}
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


async def rows_of(
    request: Request, ports: Ports, caller: Caller, form: type[Line], columns: Sequence[str], needed: Sequence[str]
) -> dict[int, Line]:
    """Read a CSV table of units row by row; a wrong cell is told with its row's number in the file and its column."""
    must_keep_units(caller)
    content, _ = await arrival(request, (CSV,))
    rows, faults = dict[int, Line](), []
    for row in await asyncio.to_thread(ports.read_table, content, columns, needed):
        try:
            rows[row.number] = form.model_validate({name: cell for name, cell in row.cells.items() if cell})
        except ValidationError as error:
            place = ("body", "rows", row.number)
            faults += [{**fault, "loc": (*place, *fault["loc"])} for fault in error.errors()]
    if faults:
        raise RequestValidationError(faults)
    return rows


def after_value(key: tuple[str, ...] | None, cursor: str | None) -> tuple[str, str, UUID] | None:
    """Read the cursor of a list in the order of unit, indicator and round."""
    if key is None:
        return None
    try:
        return key[0], key[1], UUID(key[2])
    except ValueError as error:
        raise BadCursor(str(cursor)) from error
