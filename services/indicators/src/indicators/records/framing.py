"""Numbers of places, months and groups get their names back."""

from collections.abc import Mapping

import numpy as np
import polars as pl
from domain.variable import DIMENSIONS

from indicators.records.counting import Counted
from indicators.records.places import Places
from indicators.records.question import Split


def named(counts: Mapping[str, Counted], places: Places, split: Split, months: range) -> pl.DataFrame:
    """Give the counts of variables a row a month, place and group; nowhere and none are left out."""
    inner = (slice(None), *(slice(1, None) for _ in ("place", *split)))
    shape = (len(months), len(places) - 1, *(len(DIMENSIONS[name]) for name in split))
    month, place, *groups = np.indices(shape, np.int32).reshape(len(shape), -1)
    groups_of = {name: pl.Series(DIMENSIONS[name], dtype=pl.Enum(DIMENSIONS[name])) for name in split}
    return pl.DataFrame(
        {
            "month": month + months.start,
            "place": places.names[1:].gather(place),
            **{name: groups_of[name].gather(group) for name, group in zip(split, groups, strict=True)},
            **{name: values[inner].ravel() for name, values in counts.items()},
        }
    )


def delivered(claims: pl.DataFrame, places: Mapping[str, Places]) -> pl.DataFrame:
    """Name the months, units and, if they are told, towns that there are claims of."""
    there = claims.select("month", *places).unique()
    return there.with_columns(one.names.gather(one.numbers(there[level])).alias(level) for level, one in places.items())
