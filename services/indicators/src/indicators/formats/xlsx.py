"""XLSX: the first sheet as text; formulas are never computed."""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import fastexcel
import polars as pl

from indicators.formats.columns import header_of, numbered
from indicators.usecases.errors import FileBroken, FileEmpty

LARGEST = 2_000_000_000
STEEPEST = 200
BROKEN = (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error)
"""What an archive raises that is cut off, damaged, encrypted, or packed in a way the standard library does not know."""
WIDEST = 20_000_000
CHUNK = 1_000_000
CELL = re.compile(rb'\br="([A-Z]{0,3})([0-9]{1,7})"')
UNSAID = 100
"""How wide a sheet is taken for whose cells do not say where they are."""
TAIL = 32
"""Longer than any cell's address, so that none is lost between two chunks."""


def read_xlsx(content: bytes) -> pl.DataFrame:
    """Read a workbook's first sheet into text columns; row 1 is the header."""
    _must_be_sane(content)
    _must_be_dense(content)
    try:
        sheet = fastexcel.read_excel(content).load_sheet(0, dtypes="string", header_row=None)
        frame: pl.DataFrame = sheet.to_polars()
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise FileBroken(expected="XLSX", why=str(error).splitlines()[0][:200]) from error
    if not frame.height:
        raise FileEmpty
    header = header_of([str(name or "") for name in frame.row(0)])
    rows = frame.slice(1).rename(dict(zip(frame.columns, header, strict=True))).cast(pl.String)
    return numbered(rows, first=2)


def _must_be_sane(content: bytes) -> None:
    """Look into the archive's directory before anything is unpacked: no bomb, nothing cut off."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            sizes = [(entry.file_size, entry.compress_size) for entry in archive.infolist()]
    except BROKEN as error:
        raise FileBroken(expected="XLSX", why="no complete workbook") from error
    unpacked, packed = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    if unpacked > LARGEST or unpacked > STEEPEST * max(packed, 10_000):
        raise FileBroken(expected="XLSX", why="it would unpack to far more than it is")


def _must_be_dense(content: bytes) -> None:
    """Refuse sheets that would unfold to far more cells than they hold: one cell far away is enough for that."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.endswith(".xml") and _unfolded(archive, name) > WIDEST:
                    raise FileBroken(expected="XLSX", why="cells lie too far apart; delete what is outside the table")
    except BROKEN as error:
        raise FileBroken(expected="XLSX", why="no complete workbook") from error


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
