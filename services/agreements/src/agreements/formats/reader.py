"""Choosing the reader of a media type."""

from collections.abc import Callable, Mapping

from domain.reference_row import Row

from agreements.formats.csv import read_csv
from agreements.formats.json import read_json
from agreements.formats.xlsx import read_xlsx

READERS: Mapping[str, Callable[[bytes], list[Row]]] = {
    "text/csv": read_csv,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": read_xlsx,
    "application/json": read_json,
}


def read(content: bytes, media_type: str) -> list[Row]:
    """Read a table of a known media type."""
    return READERS[media_type](content)
