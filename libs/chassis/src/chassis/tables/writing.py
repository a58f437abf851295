"""Writing a list as a table: plain CSV, or as German spreadsheets open it."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response

from chassis.tables.cells import GERMAN, LINE_END, PLAIN, Dialect, guarded
from chassis.tables.liking import liked
from chassis.wire import plain

CSV = "text/csv"
AS_TABLE: dict[int | str, dict[str, Any]] = {200: {"content": {CSV: {"schema": {"type": "string"}}}}}
"""What a route declares that also answers with a table."""


class TableForm(StrEnum):
    """How a table is written: plain, or as German spreadsheets open it (semicolon, decimal comma, byte order mark)."""

    CSV = "csv"
    EXCEL_DE = "excel-de"


DIALECTS = {TableForm.CSV: PLAIN, TableForm.EXCEL_DE: GERMAN}
KNOWN: dict[str, TableForm | None] = {
    "application/json": None,
    CSV: TableForm.CSV,
    f"{CSV}; profile=excel-de": TableForm.EXCEL_DE,
}


async def _table_form(
    request: Request,
    form: Annotated[TableForm | None, Query(alias="format", description="as a table, like `Accept: text/csv`")] = None,
) -> TableForm | None:
    return form or liked(request.headers.get("accept", ""), KNOWN)


TableAsked = Annotated[TableForm | None, Depends(_table_form)]
"""The table a client asks for by `?format=` or `Accept`, if it asks for one."""


def table(form: TableForm, columns: Sequence[str], found: Iterable[object]) -> Response:
    """Answer with a table of members that can be uploaded again; no cell is taken for a formula."""
    dialect = DIALECTS[form]
    rows = ([getattr(one, name) for name in columns] for one in found)
    return Response(written(columns, rows, dialect), media_type=dialect.media_type)


def written(columns: Sequence[str], rows: Iterable[Iterable[object]], dialect: Dialect = PLAIN) -> bytes:
    """Write rows as CSV; no cell but a number begins like a formula."""
    out = io.StringIO()
    out.write(dialect.mark)
    writer = csv.writer(out, delimiter=dialect.separator, lineterminator=LINE_END)
    writer.writerow(columns)
    writer.writerows([_cell(value, dialect) for value in row] for row in rows)
    return out.getvalue().encode()


def _cell(value: object, dialect: Dialect) -> str:
    if isinstance(value, Decimal):
        return dialect.number(plain(value))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple):
        return guarded(" ".join(map(str, value)))
    return "" if value is None else guarded(str(value))
