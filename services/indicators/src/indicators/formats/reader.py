"""Choosing the reader of a media type."""

from collections.abc import Callable, Mapping

import polars as pl

from indicators.formats.csv import read_csv
from indicators.formats.json import read_json
from indicators.formats.xlsx import read_xlsx

READERS: Mapping[str, Callable[[bytes], pl.DataFrame]] = {
    "text/csv": read_csv,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": read_xlsx,
    "application/json": read_json,
}


def read(content: bytes, media_type: str) -> pl.DataFrame:
    """Read a file of a known media type into text columns."""
    return READERS[media_type](content)
