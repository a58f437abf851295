"""CSV in any common dialect: comma, semicolon, tab or bar; German or English numbers; quoted cells."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import polars as pl
from domain.intake import FindingCode
from domain.profile import MappingProfile

from indicators.formats.blocks import blocks
from indicators.formats.columns import at_least_one, header_of, placed, shaped
from indicators.formats.numbers import Notation, notation, plainly
from indicators.formats.plain_text import utf8
from indicators.ports.delivered import DOUBT, Shape
from indicators.usecases.errors import FileBroken, FileEmpty

SEPARATORS = ",;\t|"
USUAL: Mapping[str, str] = {",": ".", ";": ","}
"""Which decimal sign goes with a separator, as in what spreadsheets write; tab and bar tell nothing."""
MORE = "_more"
QUOTE, PIECE = b'"', 1 << 20


def read_csv(path: Path, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Read a CSV file; row 1 is the header."""
    text = utf8(path, "CSV", profile.encoding)
    line = first_line(text)
    separator = profile.delimiter or separator_of(line)
    header = placed(header_of(cells_of(line, separator), shape, profile))
    return at_least_one(_plainly(text, header, shape, profile, separator))


def first_line(path: Path) -> str:
    """Give the header as it is written."""
    with path.open("rb") as file:
        line = file.readline().decode().rstrip("\r\n")
    if not line.strip():
        raise FileEmpty
    return line


def separator_of(line: str) -> str:
    """Choose the separator that stands most often in a header; a comma where none does."""
    return max(SEPARATORS, key=lambda separator: (line.count(separator), separator == ","))


def cells_of(line: str, separator: str) -> list[str]:
    """Take a header apart."""
    try:
        return next(csv.reader([line], delimiter=separator))
    except csv.Error as error:
        raise FileBroken(expected="CSV", why=f"the header: {error}") from error


def _plainly(
    path: Path, header: list[str], shape: Shape, profile: MappingProfile, separator: str
) -> Iterator[pl.DataFrame]:
    """Read the file twice: how its numbers are written is known at its end, unless no number can hold a comma."""
    names = [name for name in shape.numbers if name in header]
    numbers = (_parsed(block, header, separator, names) for block in blocks(path) if names)
    points_only = separator == "," and not profile.decimal and not _has_quotes(path)
    written = Notation(".") if points_only else notation(numbers, USUAL.get(separator), profile.decimal)
    for frame in _slices(path, header, separator):
        yield plainly(frame, names, written)


def _has_quotes(path: Path) -> bool:
    with path.open("rb") as file:
        return any(QUOTE in piece for piece in iter(partial(file.read, PIECE), b""))


def _slices(path: Path, header: list[str], separator: str) -> Iterator[pl.DataFrame]:
    """Read block by block: a reader of the whole file would hold ten times as much."""
    number = 2
    for block in blocks(path):
        frame = _parsed(block, header, separator).with_row_index("row", offset=number)
        number += frame.height
        more = pl.col(MORE).is_not_null()
        doubt = pl.when(more).then(pl.lit(FindingCode.TOO_MANY_CELLS.value)).cast(pl.String)
        yield shaped(frame.with_columns(doubt.alias(DOUBT)))


def _parsed(block: bytes, header: list[str], separator: str, names: Sequence[str] = ()) -> pl.DataFrame:
    """Read a block, all of its columns or those that are named."""
    rows = pl.scan_csv(
        block,
        separator=separator,
        has_header=False,
        schema=dict.fromkeys([*header, MORE], pl.String),
        extra_columns="ignore",
        missing_columns="insert",
        truncate_ragged_lines=True,
        raise_if_empty=False,
    )
    try:
        return rows.select(names or pl.all()).collect()
    except pl.exceptions.PolarsError as error:
        raise FileBroken(expected="CSV", why=str(error).splitlines()[0][:200]) from error
