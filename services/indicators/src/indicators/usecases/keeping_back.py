"""Findings that are no fault of a row: values kept back by their source; and where in a wide table findings stand."""

import polars as pl
from domain.intake import WITHHELD, FindingCode

from indicators.ports.statuses import COUNTED

ORIGIN = "origin"
"""The column that names the sender's column a slice's values stand in, where each has slices of its own."""
KEPT_BACK = (pl.lit(WITHHELD).alias("value"), COUNTED.alias("status"))
"""What stands in place of a value that is kept back while its row is on its way."""


def told_apart(found: pl.DataFrame) -> pl.DataFrame:
    """Tell a value that its source keeps back from one that is no decimal."""
    kept_back = (pl.col("code") == FindingCode.NOT_A_DECIMAL.value) & (pl.col("value").str.to_lowercase() == WITHHELD)
    return found.with_columns(code=pl.when(kept_back).then(pl.lit(FindingCode.WITHHELD.value)).otherwise("code"))


def kept_back_only(rows: pl.DataFrame, bad: pl.DataFrame) -> pl.DataFrame:
    """Give the rows that nothing is wrong with but that their value is kept back."""
    kept_back = pl.col("code") == FindingCode.WITHHELD.value
    numbers, wrong = bad.filter(kept_back).select("row"), bad.filter(~kept_back).select("row")
    return rows.join(numbers, on="row", how="semi").join(wrong, on="row", how="anti")


def put_apart(rows: pl.DataFrame) -> pl.DataFrame:
    """Say in a column of their own (`withheld`) which rows' values are kept back: they have none."""
    marked = rows.with_columns(withheld=pl.col("value").eq_missing(WITHHELD))
    return marked.with_columns(value=pl.when(~pl.col("withheld")).then("value"))


def at_origin(bad: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Name the sender's own column where a slice holds the values of one column of a wide table."""
    return bad.with_columns(column=pl.lit(rows[ORIGIN][0])) if ORIGIN in rows.columns else bad
