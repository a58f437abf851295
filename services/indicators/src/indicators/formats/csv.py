"""CSV in any common dialect: comma, semicolon, tab or bar; German or English numbers; quoted cells."""

import csv
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from domain.intake import FindingCode
from domain.profile import MappingProfile

from indicators.formats.blocks import blocks
from indicators.formats.columns import at_least_one, header_of, placed, shaped
from indicators.formats.plain_text import utf8
from indicators.ports.delivered import DOUBT, Shape
from indicators.usecases.errors import FileBroken, FileEmpty

SEPARATORS = ",;\t|"
GROUPED = r"^-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?$"
GERMAN = r"^-?[0-9]+,[0-9]+$"
ENGLISH = r"^-?[0-9]+\.[0-9]+$"
MORE = "_more"


def read_csv(path: Path, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Read a CSV file; row 1 is the header."""
    text = utf8(path, "CSV", profile.encoding)
    line = first_line(text)
    separator = profile.delimiter or separator_of(line)
    header = placed(header_of(cells_of(line, separator), shape, profile))
    return at_least_one(_numbers(frame, shape, separator, profile) for frame in _slices(text, header, separator))


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


def _slices(path: Path, header: list[str], separator: str) -> Iterator[pl.DataFrame]:
    """Read block by block: a reader of the whole file would hold ten times as much."""
    number = 2
    for block in blocks(path):
        frame = _parsed(block, header, separator).with_row_index("row", offset=number)
        number += frame.height
        more = pl.col(MORE).is_not_null()
        doubt = pl.when(more).then(pl.lit(FindingCode.TOO_MANY_CELLS.value)).cast(pl.String)
        yield shaped(frame.with_columns(doubt.alias(DOUBT)))


def _parsed(block: bytes, header: list[str], separator: str) -> pl.DataFrame:
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
        return rows.collect()
    except pl.exceptions.PolarsError as error:
        raise FileBroken(expected="CSV", why=str(error).splitlines()[0][:200]) from error


def _numbers(frame: pl.DataFrame, shape: Shape, separator: str, profile: MappingProfile) -> pl.DataFrame:
    """Write German numbers plainly: points that group thousands go, the comma becomes a point; mixed are doubted."""
    names = [name for name in shape.numbers if name in frame.columns]
    if profile.decimal == "." or (profile.decimal is None and separator == ","):
        return frame
    for name in names:
        value = pl.col(name).str.strip_chars()
        german, grouped, english = (value.str.contains(pattern) for pattern in (GERMAN, GROUPED, ENGLISH))
        plain = value.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
        kinds = frame.select(
            german=(german | (grouped & value.str.contains(","))).any(), english=(english & ~grouped).any()
        )
        commas, points = kinds.row(0)
        if points and not commas and profile.decimal is None:
            continue
        mixed = english & ~grouped
        doubt = pl.when(mixed).then(pl.lit(FindingCode.MIXED_DECIMALS.value)).otherwise(pl.col(DOUBT))
        frame = frame.with_columns(
            pl.when(german | grouped).then(plain).otherwise(value).alias(name), doubt.alias(DOUBT)
        )
    return frame
