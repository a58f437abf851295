"""The one shape behind all formats: text columns under our names, and `row` as the sender's program shows it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import polars as pl
from domain.profile import MappingProfile

from indicators.ports.delivered import DOUBT, RETURNED, Shape
from indicators.usecases.errors import ColumnsMissing, ColumnsTwice, ColumnsUnknown, FileEmpty, TooManyColumns

BATCH = 250_000
MOST_COLUMNS = 80
LEFT_OUT = ""
"""The name of a column that is read over."""


class Reader(Protocol):
    """Reads a file of one format in slices of text columns."""

    def __call__(self, path: Path, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
        """Give the slices in the order of the file; a FileUnreadable where it cannot be read."""


def header_of(names: Sequence[str], shape: Shape, profile: MappingProfile) -> list[str]:
    """Check the names of a header and give them as we know them; columns that are read over have no name."""
    if len(names) > MOST_COLUMNS:
        raise TooManyColumns(count=len(names), limit=MOST_COLUMNS)
    header = [_known(name, shape, profile) for name in names]
    twice = [name for name, count in Counter(header).items() if count > 1 and name != LEFT_OUT]
    if twice:
        raise ColumnsTwice(", ".join(twice))
    given = {*header, *profile.constants}
    missing = [name for name in shape.needed if name not in given]
    if missing:
        raise ColumnsMissing(missing=", ".join(missing), needed=", ".join(shape.needed))
    unknown = [name for name in header if name != LEFT_OUT and name not in shape.columns]
    if unknown:
        raise ColumnsUnknown(unknown=", ".join(unknown), known=", ".join(shape.optional))
    return header


def _known(name: str, shape: Shape, profile: MappingProfile) -> str:
    plain = name.strip().lower()
    if plain in RETURNED:
        return LEFT_OUT
    if profile.columns:
        theirs = {their.strip().lower(): ours for their, ours in profile.columns.items()}
        return theirs.get(plain, plain if plain in shape.columns else LEFT_OUT)
    return shape.synonyms.get(plain, plain)


def placed(header: Sequence[str]) -> list[str]:
    """Give every column of a header a name of its own, those that are read over too."""
    return [name or f"_{number}" for number, name in enumerate(header)]


def shaped(frame: pl.DataFrame) -> pl.DataFrame:
    """Keep the columns we know, leave out blank rows."""
    names = [name for name in frame.columns if not name.startswith("_") and name != "row"]
    texts = [name for name in names if name != DOUBT]
    return frame.filter(~pl.all_horizontal(pl.col(texts).is_null())).select("row", *names)


def at_least_one(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Pass slices on; refuse a file that has none."""
    empty = True
    for frame in frames:
        if frame.height:
            empty = False
            yield frame
    if empty:
        raise FileEmpty
