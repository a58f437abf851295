"""CSV: comma, or semicolon with German numbers; UTF-8 with or without BOM, else Windows-1252."""

import csv

import polars as pl

from indicators.formats.columns import header_of, numbered
from indicators.usecases.errors import FileBroken, FileEmpty

GROUPED = r"^-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?$"
GERMAN = r"^-?[0-9]+,[0-9]+$"
BOM = b"\xef\xbb\xbf"


def read_csv(file: bytes) -> pl.DataFrame:
    """Read a CSV file into text columns; row 1 is the header."""
    content = _utf8(file)
    if b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    line, _, rest = content.partition(b"\n")
    separator = ";" if line.count(b";") > line.count(b",") else ","
    if not line.strip():
        raise FileEmpty
    header = header_of(_cells(line.decode().rstrip("\r"), separator))
    if not rest.strip():
        raise FileEmpty
    frame = _parsed(rest, header, separator)
    return numbered(_german(frame) if separator == ";" else frame, first=2)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator))
    except csv.Error as error:
        raise FileBroken(expected="CSV", why=f"the header: {error}") from error


def _utf8(content: bytes) -> bytes:
    content = content.removeprefix(BOM)
    try:
        content.decode()
    except UnicodeDecodeError:
        try:
            return content.decode("cp1252").encode()
        except UnicodeDecodeError as error:
            raise FileBroken(expected="CSV", why="neither UTF-8 nor Windows-1252") from error
    return content


def _parsed(rows: bytes, header: list[str], separator: str) -> pl.DataFrame:
    try:
        return pl.read_csv(
            rows,
            separator=separator,
            has_header=False,
            new_columns=header,
            schema=dict.fromkeys(header, pl.String),
        )
    except pl.exceptions.PolarsError as error:
        raise FileBroken(expected="CSV", why=str(error).splitlines()[0][:200]) from error


def _german(frame: pl.DataFrame) -> pl.DataFrame:
    """Write German numbers plainly: points that group thousands go, the comma becomes a point."""
    value = pl.col("value").str.strip_chars()
    plain = value.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    german = value.str.contains(GROUPED) | value.str.contains(GERMAN)
    return frame.with_columns(value=pl.when(german).then(plain).otherwise(value))
