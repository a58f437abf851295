"""The first sheet of a workbook as its bytes are: where its rows and cells stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import join
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

from lxml import etree

BLOCK = 1_000_000
CONTENT = frozenset({"v", "is", "f"})
"""The elements in a cell that hold something; a cell without is only formatted."""


@dataclass(slots=True)
class SheetRow:
    """A row by its number in the sheet: columns of its cells and the bytes they begin at, its last cell in use."""

    number: int
    prefix: str
    cells: list[tuple[int, int]] = field(default_factory=list)
    last: int = 0
    end: int = 0


def first_sheet(archive: ZipFile) -> str:
    """Name the part of an archive that holds the first sheet."""
    book, related = (
        etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
        for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    )
    sheet = next(book.iter("{*}sheet"))
    key = next(value for name, value in sheet.attrib.items() if str(name).endswith("}id"))
    target = next(one.get("Target", "") for one in related if one.get("Id") == key)
    return join("/xl", target).removeprefix("/")


def sheet_rows(sheet: IO[bytes]) -> Iterator[SheetRow]:
    """Go through the rows of a sheet."""
    reading = _Reading()
    while block := sheet.read(BLOCK):
        reading.parser.Parse(block)
        yield from reading.ended
        reading.ended.clear()


class _Reading:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._begin, self._end
        self.ended: list[SheetRow] = []
        self._row = SheetRow(0, "")
        self._column = 0

    def _begin(self, name: str, told: Mapping[str, str]) -> None:
        prefix, colon, plain = name.rpartition(":")
        if plain == "row":
            self._row = SheetRow(int(told.get("r", self._row.number + 1)), prefix + colon)
            self._column = 0
        elif plain == "c":
            self._column = column_of(told["r"]) if "r" in told else self._column + 1
            self._row.cells.append((self._column, self.parser.CurrentByteIndex))
        elif plain in CONTENT:
            self._row.last = max(self._row.last, self._column)

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "row":
            self._row.end = self.parser.CurrentByteIndex
            self.ended.append(self._row)


def column_of(address: str) -> int:
    """Count the column of a cell's address, A being 1."""
    number = 0
    for letter in address.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number
