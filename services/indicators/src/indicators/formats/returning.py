"""A sender's own file again, with findings beside its rows: same columns, encoding and separator, ready to be fixed."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import fastexcel
import polars as pl
import xlsxwriter
from chassis.tables.cells import guarded
from domain.profile import MappingProfile

from indicators.formats.csv import separator_of
from indicators.formats.inserting import with_inserted
from indicators.formats.plain_text import encoding_of
from indicators.formats.xml import placed_rows
from indicators.formats.xml_places import encoding_of as xml_encoding
from indicators.ports.delivered import RETURNED
from indicators.ports.media_types import MediaType

Found = Mapping[int, tuple[str, str, str]]
NOTHING = ("", "", "")
PIECE = 64_000
NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*")
DASHES = re.compile(r"-(?=-)")
"""What a comment must not have: a hyphen before another."""
Giver = Callable[[Path, MappingProfile, Found], Iterator[bytes]]


def give_back(path: Path, media_type: str, profile: MappingProfile, found: Found) -> Iterator[bytes]:
    """Write the file again; of formats that cannot be written, a workbook with the same columns."""
    return GIVERS[media_type](path, profile, found)


def _csv(path: Path, profile: MappingProfile, found: Found) -> Iterator[bytes]:
    encoding, mark = encoding_of(path)
    encoding = profile.encoding or encoding
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        start = file.readline()
        ending = "\r\n" if start.endswith("\r\n") else "\r" if start.endswith("\r") else "\n"
        file.seek(len(mark))
        separator = profile.delimiter or separator_of(start.rstrip("\r\n"))
        out = io.StringIO()
        writer = csv.writer(out, delimiter=separator, lineterminator=ending)
        yield mark
        for number, cells in enumerate(csv.reader(file, delimiter=separator), start=1):
            added = RETURNED if number == 1 else found.get(number, NOTHING)
            writer.writerow([_safe(cell) for cell in (*cells, *added)] if cells else cells)
            if out.tell() > PIECE:
                yield out.getvalue().encode(encoding, "replace")
                out.seek(0)
                out.truncate()
        yield out.getvalue().encode(encoding, "replace")


def _safe(cell: str) -> str:
    """Keep a sender's number as it is; nothing else begins like a formula."""
    return cell if NUMBER.fullmatch(cell) else guarded(cell)


def _json(path: Path, _profile: MappingProfile, found: Found) -> Iterator[bytes]:
    sent = json.loads(path.read_bytes(), parse_float=_Digits, parse_int=_Digits)
    rows = sent["rows"] if isinstance(sent, dict) else sent
    yield b'{"rows": ['
    for number, row in enumerate(rows, start=1):
        yield (b"" if number == 1 else b",\n") + _object(row, found.get(number))
    yield b"]}\n"


def _ndjson(path: Path, _profile: MappingProfile, found: Found) -> Iterator[bytes]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                row = json.loads(line, parse_float=_Digits, parse_int=_Digits)
                yield _object(row, found.get(number)) + b"\n"


class _Digits(str):
    """A number as it is written."""

    __slots__ = ()


def _object(row: Mapping[str, object], finding: tuple[str, str, str] | None) -> bytes:
    told = {**row, **(dict(zip(RETURNED, finding, strict=True)) if finding else {})}
    members = (f"{json.dumps(name)}: {_member(value)}" for name, value in told.items())
    return ("{" + ", ".join(members) + "}").encode()


def _member(value: object) -> str:
    return str(value) if isinstance(value, _Digits) else json.dumps(value, ensure_ascii=False)


def _parquet(path: Path, _profile: MappingProfile, found: Found) -> Iterator[bytes]:
    rows = pl.read_parquet(path)
    added = [found.get(number, NOTHING) for number in range(1, rows.height + 1)]
    out = io.BytesIO()
    columns = [pl.Series(name, [one[place] for one in added], pl.String) for place, name in enumerate(RETURNED)]
    rows.with_columns(columns).write_parquet(out)
    yield out.getvalue()


def _workbook(path: Path, _profile: MappingProfile, found: Found) -> Iterator[bytes]:
    sheet = fastexcel.read_excel(path).load_sheet(0, dtypes="string", header_row=None).to_polars()
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            added = RETURNED if number == 1 else found.get(number, NOTHING)
            for column, cell in enumerate((*cells, *added)):
                if cell not in (None, ""):
                    page.write_string(number - 1, column, str(cell))
    yield out.getvalue()


def _xml(path: Path, profile: MappingProfile, found: Found) -> Iterator[bytes]:
    """Write a comment before each record with a finding, on its line, so that lines keep their numbers."""
    encoding = xml_encoding(path)
    comments = (
        (begins, _comment(found[number]).encode(encoding, "xmlcharrefreplace"))
        for number, begins in placed_rows(path, profile)
        if number in found
    )
    with path.open("rb") as file:
        yield from with_inserted(file, comments)


def _comment(finding: tuple[str, str, str]) -> str:
    said = ": ".join(part for part in finding if part)
    return f"<!-- {DASHES.sub('- ', said)} -->"


GIVERS: Mapping[str, Giver] = {
    MediaType.CSV: _csv,
    MediaType.SDMX_CSV: _csv,
    MediaType.JSON: _json,
    MediaType.NDJSON: _ndjson,
    MediaType.PARQUET: _parquet,
    MediaType.XLSX: _workbook,
    MediaType.ODS: _workbook,
    MediaType.XML: _xml,
}
