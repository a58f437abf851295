"""A sender's own workbook again, with findings in cells behind those in use; all else in it stays as it is."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple
from xml.parsers.expat import ExpatError
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml.etree import XMLSyntaxError
from xlsxwriter.utility import xl_col_to_name

from indicators.formats.inserting import Change, changed
from indicators.formats.sheets import SheetRow, first_sheet, sheet_rows
from indicators.ports.delivered import NOTHING_FOUND, RETURNED, Found

BLOCK = 1_000_000
MOST_IN_MEMORY = 10_000_000
WIDEST = 16_384
"""How many columns a sheet has at the most."""


class Used(NamedTuple):
    """What of a first sheet is in use: the name of its part, the first row, the last column."""

    name: str
    first: int
    last: int


def with_findings(path: Path, found: Found, used: Used) -> Iterator[bytes]:
    """Write the workbook with the findings of its first sheet, whose first row in use is row 1."""
    with ZipFile(path) as archive, SpooledTemporaryFile(MOST_IN_MEMORY) as out:
        with ZipFile(out, "w", ZIP_DEFLATED) as again:
            for entry in archive.infolist():
                with archive.open(entry) as part, again.open(_like(entry), "w") as copy:
                    if entry.filename == used.name:
                        with archive.open(entry) as sheet:
                            copy.writelines(changed(part, _changes(sheet, found, used)))
                    else:
                        shutil.copyfileobj(part, copy)
        out.seek(0)
        while block := out.read(BLOCK):
            yield block


def used_in(path: Path) -> Used | None:
    """Say what is in use; None where that leaves no room for findings, or the workbook is not built by its standard."""
    first = last = 0
    try:
        with ZipFile(path) as archive, archive.open(name := first_sheet(archive)) as sheet:
            for row in sheet_rows(sheet):
                if row.last:
                    first, last = first or row.number, max(last, row.last)
    except (KeyError, StopIteration, ExpatError, XMLSyntaxError):
        return None
    return Used(name, first, last) if last + len(RETURNED) <= WIDEST else None


def _like(entry: ZipInfo) -> ZipInfo:
    """Describe a part as it was; how large it is, is found when it is written."""
    again = ZipInfo(entry.filename, entry.date_time)
    again.compress_type, again.external_attr, again.file_size = ZIP_DEFLATED, entry.external_attr, entry.file_size
    return again


def _changes(sheet: IO[bytes], found: Found, used: Used) -> Iterator[Change]:
    for row in sheet_rows(sheet):
        number = row.number - used.first + 1
        added = RETURNED if number == 1 else found.get(number, NOTHING_FOUND)
        if any(added):
            yield _change(row, added, used.last)


def _change(row: SheetRow, added: tuple[str, ...], last: int) -> Change:
    """Put cells into a row; such as are only formatted there give way."""
    start = next((at for column, at in row.cells if column > last), row.end)
    end = next((at for column, at in row.cells if column > last + len(added)), row.end)
    cells = "".join(_cell(row, column, text) for column, text in enumerate(added, start=last + 1))
    return Change(start, end, cells.encode("ascii", "xmlcharrefreplace"))


def _cell(row: SheetRow, column: int, text: str) -> str:
    address, p = f"{xl_col_to_name(column - 1)}{row.number}", row.prefix
    return f'<{p}c r="{address}" t="inlineStr"><{p}is><{p}t>{escape(text)}</{p}t></{p}is></{p}c>'
