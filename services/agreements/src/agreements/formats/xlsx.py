"""XLSX: the first sheet, row by row and never further than needed; formulas are never computed."""

import zlib
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import openpyxl
from domain.reference_row import COLUMNS, Row
from openpyxl.utils.exceptions import InvalidFileException

from agreements.formats.table import MOST_ROWS, Record, header_of, rows_of
from agreements.usecases.planning_errors import TableBroken, TableEmpty

LARGEST = 200_000_000
STEEPEST = 200
MOST_PARTS = 1_000
UNREADABLE = (
    AttributeError,
    BadZipFile,
    EOFError,
    IndexError,
    InvalidFileException,
    KeyError,
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What openpyxl raises over a workbook that is none."""


def read_xlsx(content: bytes) -> list[Row]:
    """Read a workbook's first sheet; row 1 is the header."""
    _must_be_sane(content)
    records = _records(content)
    _, names = next(records, (1, ()))
    if not any(names):
        raise TableEmpty
    return rows_of(header_of(names), records)


def _records(content: bytes) -> Iterator[Record]:
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        limits = {"min_row": 1, "max_row": MOST_ROWS + 2, "max_col": len(COLUMNS) + 1}
        for number, cells in enumerate(sheet.iter_rows(values_only=True, **limits), start=1):
            yield number, [_text(cell) for cell in cells]
    except UNREADABLE as error:
        raise TableBroken(expected="XLSX", why=(str(error).splitlines() or [type(error).__name__])[0][:200]) from error


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}"
    return "" if cell is None else str(cell)


def _must_be_sane(content: bytes) -> None:
    """Look into the archive's directory before anything is unpacked: no bomb, nothing cut off."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            sizes = [(entry.file_size, entry.compress_size) for entry in archive.infolist()]
    except (BadZipFile, OSError, ValueError) as error:
        raise TableBroken(expected="XLSX", why="no complete workbook") from error
    unpacked, packed = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    if len(sizes) > MOST_PARTS or unpacked > LARGEST or unpacked > STEEPEST * max(packed, 10_000):
        raise TableBroken(expected="XLSX", why="it would unpack to far more than it is")
