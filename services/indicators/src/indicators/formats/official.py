"""Official tables in: CSV, XLSX or JSON with unit, indicator, month and value, named in German or English."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from indicators.formats.csv import USUAL
from indicators.formats.official_cells import Digits
from indicators.formats.official_table import Line, Lines, table_of
from indicators.formats.plain_text import BLOCK, utf8
from indicators.formats.workbook import first_sheet, must_be_dense, must_be_sane
from indicators.ports.media_types import MediaType
from indicators.ports.reconciled import OfficialTable
from indicators.usecases.errors import FileBroken, FileEmpty

SEPARATORS = ";\t,"


def read_official(path: Path, media_type: str) -> OfficialTable:
    """Open an official table; rows are counted as the sender's program shows them."""
    if not path.stat().st_size:
        raise FileEmpty
    if media_type == MediaType.JSON:
        content = _of_json(path)
        return table_of(lambda: iter(content), first=0, usual=".")
    if media_type == MediaType.XLSX:
        sheet = _of_xlsx(path)
        return table_of(sheet, first=1, usual=None)
    text = utf8(path, "CSV")
    separator = _separator_of(text)
    return table_of(lambda: _of_csv(text, separator), first=1, usual=USUAL.get(separator))


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


def _of_xlsx(path: Path) -> Lines:
    must_be_sane(path, "XLSX")
    must_be_dense(path)
    texts, digits = first_sheet(path, "XLSX")
    texts = texts.fill_null("")

    def lines() -> Iterator[Line]:
        for cells, numeric in zip(texts.iter_rows(), digits.iter_rows(), strict=True):
            yield [Digits(cell) if is_number else cell for cell, is_number in zip(cells, numeric, strict=True)]

    return lines


def _of_json(path: Path) -> list[Line]:
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
    return [[_written(name) for name in names], *([_written(row.get(name)) for name in names] for row in rows)]


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _written(value: object) -> str:
    return "" if value is None else str(value).encode("utf-8", "replace").decode().replace("\0", "�")
