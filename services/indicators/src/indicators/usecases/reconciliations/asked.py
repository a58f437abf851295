"""The figures a table asks for: each once, with those it leaves out of its own units and months, in one order."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from domain.official_fault import OfficialFault

from indicators.usecases.reconciliations.errors import TooMuchToCompare
from indicators.usecases.reconciliations.rows import FIGURE, FINDING

KEY = ["unit", "indicator", "view", "month", "sex"]
OF_TABLE = ["indicator", "view", "sex"]
"""What tables that are published side by side differ in; each covers its units and months whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Figures in the order unit, indicator, view, month, sex; those that are left out have the row 0 and no value."""

    figures: pl.DataFrame
    doubles: pl.DataFrame

    @property
    def units(self) -> frozenset[str]:
        """Name the units they are about."""
        return frozenset(self.figures["unit"].unique().cast(pl.String))


def asked(sent: Sequence[pl.DataFrame], most: int) -> Asked:
    """Put figures in order and complete them; TooMuchToCompare beyond so many."""
    ordered = pl.concat(sent).sort(*KEY, "row")
    first = pl.struct(KEY).is_first_distinct()
    once, twice = ordered.filter(first), ordered.filter(~first)
    doubles = twice.select(
        "row",
        column=pl.lit("unit"),
        code=pl.lit(OfficialFault.DUPLICATE_ROW.value),
        value=pl.col("unit").cast(pl.String),
    )
    whole = pl.concat([once, _left_out(once, most)]).sort(KEY)
    return Asked(figures=whole, doubles=doubles.select(FINDING).sort("row"))


def _left_out(once: pl.DataFrame, most: int) -> pl.DataFrame:
    tables = once.group_by(OF_TABLE).agg(pl.col("unit", "month").unique())
    count = tables.select((pl.col("unit").list.len().cast(pl.Int64) * pl.col("month").list.len()).sum()).item()
    if count > most:
        raise TooMuchToCompare(count=count, limit=most)
    grid = tables.explode("unit").explode("month").select(KEY)
    nothing = {"variant": pl.lit(""), "value": pl.lit(None, pl.String), "row": pl.lit(0, pl.Int64)}
    return grid.join(once, on=KEY, how="anti").with_columns(**nothing).select(FIGURE)
