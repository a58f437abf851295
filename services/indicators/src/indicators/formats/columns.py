"""The one shape behind all formats: text columns unit, variable, month, value, dimensions, and `row`."""

from collections import Counter
from collections.abc import Sequence

import polars as pl
from domain.variable import DIMENSIONS

from indicators.usecases.errors import ColumnsMissing, ColumnsTwice, ColumnsUnknown, FileEmpty, TooManyColumns

NEEDED = ("unit", "variable", "month", "value")
MOST_COLUMNS = 60


def header_of(names: Sequence[str]) -> list[str]:
    """Check the names of a header and give them as we know them."""
    if len(names) > MOST_COLUMNS:
        raise TooManyColumns(count=len(names), limit=MOST_COLUMNS)
    header = [name.strip().lower() for name in names]
    twice = [name for name, count in Counter(header).items() if count > 1]
    if twice:
        raise ColumnsTwice(", ".join(twice))
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise ColumnsMissing(", ".join(missing))
    unknown = [name for name in header if name not in NEEDED and name not in DIMENSIONS]
    if unknown:
        raise ColumnsUnknown(unknown=", ".join(unknown), known=", ".join(DIMENSIONS))
    return header


def numbered(frame: pl.DataFrame, *, first: int) -> pl.DataFrame:
    """Give the rows numbers as the sender's program shows them; refuse a file without rows."""
    if not frame.height:
        raise FileEmpty
    empty = ["unit", "variable", "month"]
    return frame.with_columns(pl.col(empty).fill_null("")).with_row_index("row", offset=first)
