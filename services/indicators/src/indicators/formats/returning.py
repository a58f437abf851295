"""A sender's own file again, with findings beside its rows: same columns, encoding and separator, ready to be fixed."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import polars as pl
import xlsxwriter
from chassis.tables.cells import guarded
from domain.profile import MappingProfile

from indicators.formats.csv import separator_of
from indicators.formats.inserting import Change, changed
from indicators.formats.plain_text import encoding_of
from indicators.formats.returning_workbook import used_in, with_findings
from indicators.formats.workbook import first_sheet
from indicators.formats.xml import placed_rows
from indicators.formats.xml_places import encoding_of as xml_encoding
from indicators.ports.delivered import NOTHING_FOUND, RETURNED, Found, Written
from indicators.ports.media_types import MediaType

REGISTERED = {"cp1252": "windows-1252", "utf-16-le": "utf-16le", "utf-16-be": "utf-16be"}
"""How the register of character sets names what Python names otherwise."""
PIECE = 64_000
AS_TEXT = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*")
DASHES = re.compile(r"-(?=-)")
"""What a comment must not have: a hyphen before another."""
Giver = Callable[[Path, MappingProfile, Found], Iterator[bytes]]


def give_back(path: Path, media_type: str, profile: MappingProfile, found: Found) -> Written:
    """Write the file again; of formats that cannot be written, a workbook with the same columns."""
    if media_type in SEPARATED:
        encoding, mark = encoding_of(path)
        encoding = profile.encoding or encoding
        return Written(_csv(path, profile, found, encoding, mark), _charset(encoding, mark))
    return Written(GIVERS[media_type](path, profile, found))


def _charset(encoding: str, mark: bytes) -> str:
    """Name an encoding as the register does; of UTF-16 with a mark, the mark says how it is ordered."""
    return "utf-16" if mark and encoding.startswith("utf-16") else REGISTERED.get(encoding, encoding)


def _csv(path: Path, profile: MappingProfile, found: Found, encoding: str, mark: bytes) -> Iterator[bytes]:
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        start = file.readline()
        ending = "\r\n" if start.endswith("\r\n") else "\r" if start.endswith("\r") else "\n"
        file.seek(len(mark))
        separator = profile.delimiter or separator_of(start.rstrip("\r\n"))
        out = io.StringIO()
        writer = csv.writer(out, delimiter=separator, lineterminator=ending)
        yield mark
        for number, cells in enumerate(csv.reader(file, delimiter=separator), start=1):
            added = RETURNED if number == 1 else found.get(number, NOTHING_FOUND)
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
    added = [found.get(number, NOTHING_FOUND) for number in range(1, rows.height + 1)]
    out = io.BytesIO()
    columns = [pl.Series(name, [one[place] for one in added], pl.String) for place, name in enumerate(RETURNED)]
    rows.with_columns(columns).write_parquet(out)
    yield out.getvalue()


def _xlsx(path: Path, profile: MappingProfile, found: Found) -> Iterator[bytes]:
    used = used_in(path)
    return with_findings(path, found, used) if used else _new_workbook(path, profile, found)


def _new_workbook(path: Path, _profile: MappingProfile, found: Found) -> Iterator[bytes]:
    """Keep numbers as numbers: as a text, 1.234 would be in doubt."""
    texts, digits = first_sheet(path, "XLSX")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, AS_TEXT) as book:
        page = book.add_worksheet()
        for number, (cells, numeric) in enumerate(zip(texts.iter_rows(), digits.iter_rows(), strict=True)):
            added = RETURNED if number == 0 else found.get(number + 1, NOTHING_FOUND)
            own = (float(cell) if is_number else cell for cell, is_number in zip(cells, numeric, strict=True))
            page.write_row(number, 0, (*own, *added))
    yield out.getvalue()


def _xml(path: Path, profile: MappingProfile, found: Found) -> Iterator[bytes]:
    """Write a comment before each record with a finding, on its line, so that lines keep their numbers."""
    encoding = xml_encoding(path)
    comments = (
        Change(place, place, _comment(found[number]).encode(encoding, "xmlcharrefreplace"))
        for number, place in placed_rows(path, profile)
        if number in found
    )
    with path.open("rb") as file:
        yield from changed(file, comments)


def _comment(finding: tuple[str, str, str]) -> str:
    said = ": ".join(part for part in finding if part)
    return f"<!-- {DASHES.sub('- ', said)} -->"


SEPARATED = (MediaType.CSV, MediaType.SDMX_CSV)
GIVERS: Mapping[str, Giver] = {
    MediaType.JSON: _json,
    MediaType.NDJSON: _ndjson,
    MediaType.PARQUET: _parquet,
    MediaType.XLSX: _xlsx,
    MediaType.ODS: _new_workbook,
    MediaType.XML: _xml,
}
