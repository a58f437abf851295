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
from indicators.formats.unfolding import unfolded, wide
from indicators.formats.workbook import read_ods, read_xlsx
from indicators.formats.xml import read_xml
from indicators.ports.delivered import Shape
from indicators.ports.media_types import MediaType

READERS: Mapping[str, Reader] = {
    MediaType.CSV: read_csv,
    MediaType.XLSX: read_xlsx,
    MediaType.ODS: read_ods,
    MediaType.JSON: read_json,
    MediaType.NDJSON: read_ndjson,
    MediaType.PARQUET: read_parquet,
    MediaType.SDMX_CSV: read_sdmx_csv,
    MediaType.XML: read_xml,
}
"""One entry a format: a new one is one module and one line here."""


def read(path: Path, media_type: str, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Read a file of a known media type in slices of text columns."""
    reader = READERS[media_type]
    if not profile.figures or "value" not in shape.needed:
        return reader(path, shape, profile)
    return unfolded(reader(path, wide(shape, profile), profile), profile)
