"""Official tables in: CSV, XLSX or JSON with unit, indicator, month and value, named in German or English."""

import csv
import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NoReturn

import fastexcel
import polars as pl

from indicators.formats.official_table import Line, table_of
from indicators.formats.plain_text import BLOCK, utf8
from indicators.formats.workbook import must_be_dense, must_be_sane
from indicators.ports.media_types import MediaType
from indicators.ports.reconciled import OfficialTable
from indicators.usecases.errors import FileBroken, FileEmpty

SEPARATORS = ";\t,"


def read_official(path: Path, media_type: str) -> OfficialTable:
    """Open an official table; rows are counted as the sender's program shows them."""
    if not path.stat().st_size:
        raise FileEmpty
    if media_type == MediaType.JSON:
        return table_of(_of_json(path), first=0)
    if media_type == MediaType.XLSX:
        return table_of(_of_xlsx(path), first=1)
    text = utf8(path, "CSV")
    separator = _separator_of(text)
    return table_of(_of_csv(text, separator), first=1, german=separator == ";")


def _separator_of(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        start = file.read(BLOCK)
    return max(SEPARATORS, key=start.count)


def _of_csv(path: Path, separator: str) -> Iterator[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        try:
            yield from csv.reader((line.replace("\0", "�") for line in file), delimiter=separator)
        except csv.Error as error:
            raise FileBroken(expected="CSV", why=str(error)) from error


def _of_xlsx(path: Path) -> Iterator[Line]:
    must_be_sane(path, "XLSX")
    must_be_dense(path)
    try:
        sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string", header_row=None)
        frame: pl.DataFrame = sheet.to_polars().cast(pl.String).fill_null("")
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise FileBroken(expected="XLSX", why=str(error).splitlines()[0][:200]) from error
    return frame.iter_rows()


def _of_json(path: Path) -> Iterator[Line]:
    texts: dict[str, str] = {}

    def sparing(pairs: list[tuple[str, object]]) -> dict[str, object]:
        """Hold a text once, however many rows it stands in."""
        return {name: texts.setdefault(value, value) if isinstance(value, str) else value for name, value in pairs}

    try:
        sent = json.loads(
            path.read_bytes(), parse_float=str, parse_int=str, parse_constant=_refused, object_pairs_hook=sparing
        )
    except (ValueError, RecursionError) as error:
        raise FileBroken(expected="JSON", why=str(error)[:200]) from error
    rows = sent.get("rows") if isinstance(sent, dict) else sent
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        sample = '{"rows": [{"unit": "36402", "indicator": "K2", "month": "2014-11", "value": "20.6"}]}'
        raise FileBroken(expected="JSON", why=f"write {sample}")
    names = list({name: None for row in rows for name in row})
    lines = ([_written(row.get(name)) for name in names] for row in rows)
    return chain([[_written(name) for name in names]], lines)


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _written(value: object) -> str:
    return "" if value is None else str(value).encode("utf-8", "replace").decode().replace("\0", "�")
