"""Wide tables: one row a place and time, one column a figure, made rows of values."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl
from domain.profile import MappingProfile

from indicators.ports.delivered import Shape
from indicators.usecases.keeping_back import ORIGIN


def wide(shape: Shape, profile: MappingProfile) -> Shape:
    """Give the shape of a table whose columns are the profile's figures."""
    figures = tuple(_plain(name) for name in profile.figures)
    needed = tuple(name for name in shape.needed if name not in ("variable", "value"))
    return replace(shape, needed=(*needed, *figures), numbers=figures, synonyms={})


def unfolded(slices: Iterator[pl.DataFrame], profile: MappingProfile) -> Iterator[pl.DataFrame]:
    """Give a slice for each figure, so that a row's number stands once in each; `ORIGIN` names the column."""
    figures = [_plain(name) for name in profile.figures]
    for rows in slices:
        shared = rows.drop(figures)
        for name, (theirs, counted) in zip(figures, profile.figures.items(), strict=True):
            told = {"variable": counted.variable, **counted.dimensions, ORIGIN: theirs}
            columns = [pl.lit(text).alias(column) for column, text in told.items()]
            yield shared.with_columns(*columns, rows[name].alias("value"))


def _plain(name: str) -> str:
    return name.strip().lower()
