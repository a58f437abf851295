"""Parquet: typed columns as text, digits unchanged; rows count from 1."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
from domain.profile import MappingProfile

from indicators.formats.columns import BATCH, at_least_one, header_of, placed, shaped
from indicators.ports.delivered import MOST_ROWS, Shape
from indicators.usecases.errors import FileBroken, TooManyRows


def read_parquet(path: Path, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Read a Parquet file."""
    try:
        schema = pl.read_parquet_schema(path)
        rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _broken(error) from error
    if rows > MOST_ROWS:
        raise TooManyRows(count=rows, limit=MOST_ROWS)
    nested = [name for name, kind in schema.items() if kind.is_nested() or kind == pl.Binary]
    if nested:
        raise FileBroken(expected="Parquet", why=f"columns of lists, structures or bytes: {', '.join(nested)[:100]}")
    header = placed(header_of(list(schema), shape, profile))
    texts = [_text(theirs, kind).alias(ours) for (theirs, kind), ours in zip(schema.items(), header, strict=True)]
    return at_least_one(_slices(path, texts))


def _slices(path: Path, texts: list[pl.Expr]) -> Iterator[pl.DataFrame]:
    number = 1
    try:
        for frame in pl.scan_parquet(path).select(texts).collect_batches(chunk_size=BATCH):
            yield shaped(frame.with_row_index("row", offset=number))
            number += frame.height
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _broken(error) from error


def _text(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    return column.dt.strftime("%Y-%m-%d") if kind in (pl.Date, pl.Datetime) else column.cast(pl.String)


def _broken(error: Exception) -> FileBroken:
    return FileBroken(expected="Parquet", why=str(error).splitlines()[0][:200])
