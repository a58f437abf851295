"""Rows that stand for what an earlier row of the same file stands for."""

import polars as pl
from domain.identity import UnitCode
from domain.intake import FindingCode


def distinct(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Order rows by month, unit and series and keep the first of each; the others stand for what it stands for."""
    keys = ("month", "unit_id", "series_id")
    ordered = rows.sort(*keys, "row")
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in keys)
    marked = ordered.with_columns(again=same.fill_null(value=False))
    if not marked["again"].any():
        return ordered, ordered.clear()
    return marked.filter(~pl.col("again")).drop("again"), marked.filter("again").drop("again")


def doubles(again: pl.DataFrame, units: list[UnitCode]) -> pl.DataFrame:
    """Name rows that stand for what an earlier row stands for."""
    code = pl.lit(pl.Series(units, dtype=pl.String)).gather(pl.col("unit"))
    return again.select(
        row=pl.col("row"), column=pl.lit("unit"), code=pl.lit(FindingCode.DUPLICATE_ROW.value), value=code
    )
