"""Official tables in: CSV, XLSX or JSON with unit, indicator, month and value, named in German or English."""

import csv
import io
import json
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NoReturn

import fastexcel
import polars as pl

from indicators.formats.official_table import Table, table_of
from indicators.formats.workbook import must_be_dense, must_be_sane
from indicators.ports.media_types import MediaType
from indicators.ports.reconciled import OfficialTable
from indicators.usecases.errors import FileBroken, FileEmpty


def read_official(content: bytes, media_type: str) -> OfficialTable:
    """Read an official table; rows are counted as the sender's program shows them."""
    if not content.strip():
        raise FileEmpty
    if media_type == MediaType.JSON:
        return table_of(_of_json(content), first=0)
    if media_type == MediaType.XLSX:
        return table_of(_of_xlsx(content), first=1)
    text = _text(content).replace("\0", "�")
    separator = max(";\t,", key=text.count)
    return table_of(_of_csv(text, separator), first=1, german=separator == ";")


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileBroken(expected="CSV", why="neither UTF-8 nor Windows-1252")


def _of_csv(text: str, separator: str) -> Table:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise FileBroken(expected="CSV", why=str(error)) from error


def _of_xlsx(content: bytes) -> Table:
    with NamedTemporaryFile(suffix=".xlsx") as file:
        Path(file.name).write_bytes(content)
        return _of_workbook(Path(file.name))


def _of_workbook(path: Path) -> Table:
    must_be_sane(path, "XLSX")
    must_be_dense(path)
    try:
        sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string", header_row=None)
        frame: pl.DataFrame = sheet.to_polars().cast(pl.String).fill_null("")
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise FileBroken(expected="XLSX", why=str(error).splitlines()[0][:200]) from error
    return frame.rows()


def _of_json(content: bytes) -> Table:
    try:
        sent = json.loads(content, parse_float=str, parse_int=str, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise FileBroken(expected="JSON", why=str(error)[:200]) from error
    rows = sent.get("rows") if isinstance(sent, dict) else sent
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        sample = '{"rows": [{"unit": "36402", "indicator": "K2", "month": "2014-11", "value": "20.6"}]}'
        raise FileBroken(expected="JSON", why=f"write {sample}")
    names = list({name: None for row in rows for name in row})
    return [[_written(name) for name in names], *([_written(row.get(name)) for name in names] for row in rows)]


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _written(value: object) -> str:
    return "" if value is None else str(value).encode("utf-8", "replace").decode().replace("\0", "�")
