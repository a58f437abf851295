"""CSV: comma, or semicolon with German numbers; UTF-8 with or without BOM, else Windows-1252."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from chassis.tables.cells import unguarded
from domain.reference_row import COLUMNS, NEEDED, Row

from agreements.formats.table import Record, header_of, rows_of
from agreements.usecases.planning_errors import TableBroken, TableEmpty


def read_csv(content: bytes, columns: Sequence[str] = COLUMNS, needed: Sequence[str] = NEEDED) -> list[Row]:
    """Read a CSV file; row 1 is the header."""
    text = _decoded(content)
    first = text.partition("\n")[0]
    if not first.strip():
        raise TableEmpty
    comma = first.count(";") > first.count(",")
    records = _records(csv.reader(io.StringIO(text, newline=""), delimiter=";" if comma else ",", strict=True))
    _, names = next(records)
    return rows_of(header_of(names, columns, needed), records, comma=comma)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableBroken(expected="CSV", why="neither UTF-8 nor Windows-1252")


def _records(lines: Iterable[list[str]]) -> Iterator[Record]:
    try:
        for number, line in enumerate(lines, start=1):
            yield number, [unguarded(cell) for cell in line]
    except csv.Error as error:
        raise TableBroken(expected="CSV", why=str(error)[:200]) from error
