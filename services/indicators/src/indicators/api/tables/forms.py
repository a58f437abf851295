"""The forms a list can be had in, and which one a client asks for by `?format=` or `Accept`."""

from enum import StrEnum
from typing import Annotated, Any

from chassis.tables.cells import GERMAN, PLAIN
from chassis.tables.liking import liked
from fastapi import Depends, Query, Request

from indicators.usecases.reading_errors import Contradictory


class ListForm(StrEnum):
    """How a table is written; `excel-de` has semicolons, decimal commas and a byte order mark."""

    JSON = "json"
    CSV = "csv"
    EXCEL_DE = "excel-de"
    XLSX = "xlsx"
    PARQUET = "parquet"
    SDMX_CSV = "sdmx-csv"
    SDMX_JSON = "sdmx-json"


MEDIA_TYPES: dict[ListForm, str] = {
    ListForm.CSV: PLAIN.media_type,
    ListForm.EXCEL_DE: GERMAN.media_type,
    ListForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ListForm.PARQUET: "application/vnd.apache.parquet",
    ListForm.SDMX_CSV: "application/vnd.sdmx.data+csv; version=2.0.0",
    ListForm.SDMX_JSON: "application/vnd.sdmx.data+json; version=2.0.0",
}
SUFFIXES: dict[ListForm, str] = {
    ListForm.CSV: "csv",
    ListForm.EXCEL_DE: "csv",
    ListForm.XLSX: "xlsx",
    ListForm.PARQUET: "parquet",
    ListForm.SDMX_CSV: "csv",
    ListForm.SDMX_JSON: "json",
}
BY_TYPE: dict[str, ListForm] = dict(
    [("application/json", ListForm.JSON)]
    + [(media.partition(";")[0], form) for form, media in MEDIA_TYPES.items() if form is not ListForm.EXCEL_DE]
    + [("text/csv; profile=excel-de", ListForm.EXCEL_DE)]
)
OFFERED: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            media.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
            for media in MEDIA_TYPES.values()
        },
        "description": "a page as JSON, or all rows as a table (at most 1,000,000)",
    }
}
Asked = Annotated[
    ListForm | None, Query(alias="format", description="a form by its name, instead of `Accept`; tables have all rows")
]


async def _form(request: Request, form: Asked = None) -> ListForm | None:
    chosen = form or liked(request.headers.get("accept", ""), BY_TYPE)
    if chosen is None or chosen is ListForm.JSON:
        return None
    for name in ("limit", "cursor"):
        if name in request.query_params:
            raise Contradictory(one=f"format={chosen}", other=name)
    return chosen


TableAsked = Annotated[ListForm | None, Depends(_form)]
"""The table a client asks for, if it asks for one."""
