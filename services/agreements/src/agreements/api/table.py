"""Taking a table from the wire, writing one, and the cursor over its rows."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from chassis.paging import BadCursor
from chassis.service import NotThisMediaType
from chassis.wire import plain
from fastapi import Depends, HTTPException, Query, Request, Response

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


class TableForm(StrEnum):
    """How a table is written: plain, or as German spreadsheets open it (semicolon, decimal comma, byte order mark)."""

    CSV = "csv"
    EXCEL_DE = "excel-de"


async def _table_form(
    request: Request,
    form: Annotated[TableForm | None, Query(alias="format", description="as a table, like `Accept: text/csv`")] = None,
) -> TableForm | None:
    accepted = request.headers.get("accept", "")
    if form is None and CSV in accepted:
        return TableForm.EXCEL_DE if f"profile={TableForm.EXCEL_DE}" in accepted else TableForm.CSV
    return form


TableAsked = Annotated[TableForm | None, Depends(_table_form)]
"""The table a client asks for by `?format=` or `Accept`, if it asks for one."""


def table(form: TableForm, columns: Sequence[str], found: Iterable[object]) -> Response:
    """Answer with a table of members that can be uploaded again; no cell is taken for a formula."""
    german = form is TableForm.EXCEL_DE
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if german else ",")
    writer.writerow(columns)
    writer.writerows([_cell(getattr(one, name), german=german) for name in columns] for one in found)
    profile = f"; profile={form}" if german else ""
    content = out.getvalue().encode("utf-8-sig" if german else "utf-8")
    return Response(content, media_type=f"{CSV}; charset=utf-8{profile}")


def _cell(value: object, *, german: bool) -> str:
    if isinstance(value, Decimal):
        return plain(value).replace(".", ",") if german else plain(value)
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
