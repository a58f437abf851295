"""Writing a list as a table: plain CSV, or as German spreadsheets open it."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response

from chassis.wire import plain

CSV = "text/csv"
FORMULA = ("=", "+", "@", "-", "\t")
AS_TABLE: dict[int | str, dict[str, Any]] = {200: {"content": {CSV: {"schema": {"type": "string"}}}}}
"""What a route declares that also answers with a table."""


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
    if isinstance(value, list | tuple):
        return " ".join(_cell(one, german=german) for one in value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
