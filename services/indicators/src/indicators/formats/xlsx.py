"""XLSX: the first sheet as text; formulas are never computed."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

import fastexcel
import polars as pl

from indicators.formats.columns import header_of, numbered
from indicators.usecases.errors import FileBroken, FileEmpty

LARGEST = 2_000_000_000
STEEPEST = 200


def read_xlsx(content: bytes) -> pl.DataFrame:
    """Read a workbook's first sheet into text columns; row 1 is the header."""
    _must_be_sane(content)
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
    except (BadZipFile, OSError, ValueError) as error:
        raise FileBroken(expected="XLSX", why="no complete workbook") from error
    unpacked, packed = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    if unpacked > LARGEST or unpacked > STEEPEST * max(packed, 10_000):
        raise FileBroken(expected="XLSX", why="it would unpack to far more than it is")
