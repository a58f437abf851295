"""Files ready to be filled in, in every format that is taken."""

import io
import json
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

import polars as pl
import xlsxwriter
from chassis.tables.writing import written
from domain.delivery import DeliveryKind

from indicators.formats.xml import NAMESPACE
from indicators.ports.media_types import MediaType

AS_TEXT = ("unit", "month", "person", "town")
"""What a spreadsheet would make numbers and days of when it is typed in."""


def blank(media_type: str, rows: pl.DataFrame, kind: DeliveryKind) -> bytes:
    """Write rows of text columns as a file of a media type, delivered as that kind."""
    return WRITERS[media_type](rows, kind)


def _csv(rows: pl.DataFrame, _kind: DeliveryKind) -> bytes:
    return written(rows.columns, rows.iter_rows())


def _sdmx_csv(rows: pl.DataFrame, _kind: DeliveryKind) -> bytes:
    head = {"STRUCTURE": "dataflow", "STRUCTURE_ID": "ZIELWERK:OBSERVATIONS(1.0)", "ACTION": "I"}
    names = {name: name.upper() for name in rows.columns} | {"month": "TIME_PERIOD", "value": "OBS_VALUE"}
    return (
        rows.rename(names)
        .select(*(pl.lit(value).alias(name) for name, value in head.items()), pl.all())
        .write_csv()
        .encode()
    )


def _ndjson(rows: pl.DataFrame, _kind: DeliveryKind) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows.iter_rows(named=True)).encode()


def _json(rows: pl.DataFrame, _kind: DeliveryKind) -> bytes:
    return json.dumps({"rows": rows.to_dicts()}, ensure_ascii=False, indent=1).encode()


def _parquet(rows: pl.DataFrame, _kind: DeliveryKind) -> bytes:
    out = io.BytesIO()
    rows.write_parquet(out)
    return out.getvalue()


def _workbook(rows: pl.DataFrame, _kind: DeliveryKind) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        text = book.add_format({"num_format": "@"})
        for column, name in enumerate(rows.columns):
            form = text if name in AS_TEXT else None
            page.set_column(column, column, None, form)
            for number, cell in enumerate([name, *rows[name]]):
                page.write_string(number, column, cell or "", form)
    return out.getvalue()


def _xml(rows: pl.DataFrame, kind: DeliveryKind) -> bytes:
    month = next(iter(rows["month"]), "2014-01")
    out = io.StringIO()
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<delivery xmlns="{NAMESPACE}" version="1.0">\n')
    head = f"<module>{kind}</module><sender/><reporting_month>{month}</reporting_month>"
    out.write(f"  <head>{head}</head>\n  <records>\n")
    for row in rows.iter_rows(named=True):
        members = "".join(f"<{name}>{escape(value or '')}</{name}>" for name, value in row.items())
        out.write(f"    <record>{members}</record>\n")
    out.write("  </records>\n</delivery>\n")
    return out.getvalue().encode()


WRITERS: Mapping[str, Callable[[pl.DataFrame, DeliveryKind], bytes]] = {
    MediaType.CSV: _csv,
    MediaType.XLSX: _workbook,
    MediaType.JSON: _json,
    MediaType.NDJSON: _ndjson,
    MediaType.PARQUET: _parquet,
    MediaType.SDMX_CSV: _sdmx_csv,
    MediaType.XML: _xml,
}
