"""Choosing the reader of a media type."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
from domain.profile import MappingProfile

from indicators.formats.columns import Reader
from indicators.formats.csv import read_csv
from indicators.formats.json import read_json, read_ndjson
from indicators.formats.parquet import read_parquet
from indicators.formats.sdmx_csv import read_sdmx_csv
from indicators.formats.workbook import read_ods, read_xlsx
from indicators.formats.xml import read_xml
from indicators.ports.delivered import Shape

READERS: Mapping[str, Reader] = {
    "text/csv": read_csv,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": read_xlsx,
    "application/vnd.oasis.opendocument.spreadsheet": read_ods,
    "application/json": read_json,
    "application/x-ndjson": read_ndjson,
    "application/vnd.apache.parquet": read_parquet,
    "application/vnd.sdmx.data+csv": read_sdmx_csv,
    "application/xml": read_xml,
}
"""One entry a format: a new one is one module and one line here."""


def read(path: Path, media_type: str, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Read a file of a known media type in slices of text columns."""
    return READERS[media_type](path, shape, profile)
