"""XLSX and ODS: the first sheet as text; formulas are never computed."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import fastexcel
import polars as pl
from domain.profile import MappingProfile

from indicators.formats.columns import at_least_one, header_of, placed, shaped
from indicators.formats.numbers import notation, plainly
from indicators.ports.delivered import Shape
from indicators.usecases.errors import FileBroken, FileEmpty

LARGEST = 2_000_000_000
STEEPEST = 200
DAMAGED = (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error)
"""What an archive raises that is cut off, damaged, encrypted, or packed in a way the standard library does not know."""
WIDEST = 20_000_000
CHUNK = 1_000_000
CELL = re.compile(rb'\br="([A-Z]{0,3})([0-9]{1,7})"')
ROW = re.compile(rb"<table:table-row\b.*?</table:table-row>", re.DOTALL)
ROW_REPEATED = re.compile(rb'table:number-rows-repeated="([0-9]{1,9})"')
CELLS_REPEATED = re.compile(rb'table:number-columns-repeated="([0-9]{1,9})"')
UNSAID = 100
"""How wide a sheet is taken for whose cells do not say where they are."""
TAIL = 32
"""Longer than any cell's address, so that none is lost between two chunks."""


def read_xlsx(path: Path, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Read a workbook's first sheet; row 1 is the header."""
    must_be_sane(path, "XLSX")
    must_be_dense(path)
    return _sheet(path, "XLSX", shape, profile)


def read_ods(path: Path, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Read an OpenDocument spreadsheet's first sheet; row 1 is the header."""
    must_be_sane(path, "ODS")
    _must_repeat_little(path)
    return _sheet(path, "ODS", shape, profile)


def first_sheet(path: Path, expected: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the first sheet as text, and of the same size which cells hold a number: a text has no truth value."""
    try:
        book = fastexcel.read_excel(path)
        texts, truths = (book.load_sheet(0, dtypes=kind, header_row=None).to_polars() for kind in ("string", "boolean"))
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise FileBroken(expected=expected, why=str(error).splitlines()[0][:200]) from error
    texts = texts.cast(pl.String)
    digits = truths.select(pl.col(name).is_not_null() & ~texts[name].is_in(["true", "false"]) for name in texts.columns)
    return texts, digits


def _sheet(path: Path, expected: str, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    texts, digits = first_sheet(path, expected)
    if not texts.height:
        raise FileEmpty
    header = placed(header_of([name or "" for name in texts.row(0)], shape, profile))
    numbers = [name for name in shape.numbers if name in header]
    rows = _plainly(_below(texts, header), _below(digits, header), numbers, profile)
    return at_least_one(iter([shaped(rows.with_row_index("row", offset=2))]))


def _below(sheet: pl.DataFrame, header: list[str]) -> pl.DataFrame:
    return sheet.slice(1).rename(dict(zip(sheet.columns, header, strict=True)))


def _plainly(rows: pl.DataFrame, digits: pl.DataFrame, numbers: list[str], profile: MappingProfile) -> pl.DataFrame:
    """Write numbers plainly that cells hold as text; what a cell holds as a number is one, whatever it looks like."""
    texts = rows.with_columns(pl.when(~digits[name]).then(pl.col(name)).alias(name) for name in numbers)
    plain = plainly(texts, numbers, notation([texts.select(numbers)], usual=None, named=profile.decimal))
    return plain.with_columns(pl.coalesce(name, rows[name]).alias(name) for name in numbers)


def must_be_sane(path: Path, expected: str) -> None:
    """Look into the archive's directory before anything is unpacked: no bomb, nothing cut off."""
    try:
        with ZipFile(path) as archive:
            sizes = [(entry.file_size, entry.compress_size) for entry in archive.infolist()]
    except DAMAGED as error:
        raise FileBroken(expected=expected, why="no complete workbook") from error
    unpacked, packed = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    if unpacked > LARGEST or unpacked > STEEPEST * max(packed, 10_000):
        raise FileBroken(expected=expected, why="it would unpack to far more than it is")


def must_be_dense(path: Path) -> None:
    """Refuse sheets that would unfold to far more cells than they hold: one cell far away is enough for that."""
    try:
        with ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".xml") and _unfolded(archive, name) > WIDEST:
                    raise FileBroken(expected="XLSX", why="cells lie too far apart; delete what is outside the table")
    except DAMAGED as error:
        raise FileBroken(expected="XLSX", why="no complete workbook") from error


def _must_repeat_little(path: Path) -> None:
    """Refuse sheets whose repeated cells would unfold to far more than they hold; blank rows do not count."""
    try:
        with ZipFile(path) as archive, archive.open("content.xml") as part:
            cells, rest = 0, b""
            while chunk := part.read(CHUNK):
                text = rest + chunk
                cells += sum(_repeated(row) for row in ROW.findall(text))
                rest = text[max(text.rfind(b"<table:table-row"), len(text) - CHUNK) :]
                if cells > WIDEST:
                    raise FileBroken(expected="ODS", why="rows or columns are repeated far beyond the table")
    except (*DAMAGED, KeyError) as error:
        raise FileBroken(expected="ODS", why="no complete spreadsheet") from error


def _repeated(row: bytes) -> int:
    times = ROW_REPEATED.search(row)
    cells = sum(int(number) for number in CELLS_REPEATED.findall(row)) + row.count(b"<table:table-cell")
    return (int(times[1]) if times else 1) * cells if b"office:value" in row or b"<text:p" in row else 0


def _unfolded(archive: ZipFile, name: str) -> int:
    """Count the cells of the rectangle that holds all cells of a sheet."""
    width = height = 0
    rest = b""
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            text = rest + chunk
            for column, row in CELL.findall(text):
                width, height = max(width, _number(column)), max(height, int(row))
            rest = text[-TAIL:]
    return (width or UNSAID) * height


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
