"""Comparing a delivery with what is known, as columns; equal numbers are equal however they are written."""

from dataclasses import dataclass

import polars as pl
from domain.delivery import DeliveryMode

KEYS = ["unit_id", "month", "series_id"]
ABSENT = "\\N"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a delivery changes: rows of keys, `old` and `value` (text, none is withdrawn), and rows by their fate."""

    changes: pl.DataFrame
    added: int
    corrected: int
    unchanged: int
    withdrawn: int


def compare(rows: pl.DataFrame, known: pl.DataFrame, mode: DeliveryMode) -> News:
    """Find what is new, corrected, unchanged and, of a complete delivery, withdrawn."""
    if not known.height:
        fresh = rows.with_columns(old=pl.lit(None, pl.String))
        return News(changes=fresh, added=rows.height, corrected=0, unchanged=0, withdrawn=0)
    joined = rows.join(known, on=KEYS, how="left")
    new = joined.filter(pl.col("old").is_null())
    changed = joined.filter(plain("old") != plain("value"))
    gone = _gone(rows, known) if mode is DeliveryMode.COMPLETE else known.clear().with_columns(value=pl.col("old"))
    columns = [*KEYS, "value", "old"]
    return News(
        changes=pl.concat([new.select(columns), changed.select(columns), gone.select(columns)]).sort(KEYS),
        added=new.height,
        corrected=changed.height,
        unchanged=rows.height - new.height - changed.height,
        withdrawn=gone.height,
    )


def plain(column: str) -> pl.Expr:
    """Write a decimal in its one shortest form, so that 12.50 and 012.5 are the same number."""
    fraction = pl.col(column).str.replace(r"(\.[0-9]*?)0+$", "$1").str.replace(r"\.$", "")
    short = fraction.str.replace(r"^(-?)0+([0-9])", "$1$2")
    return pl.when(short == "-0").then(pl.lit("0")).otherwise(short)


def _gone(rows: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Give what was known for the units and months of a complete delivery and its series, and is not in it."""
    contained = known.join(rows.select("unit_id", "month").unique(), on=["unit_id", "month"], how="semi")
    alike = contained.join(rows.select("series_id").unique(), on="series_id", how="semi")
    missing = alike.filter(pl.col("old").is_not_null()).join(rows, on=KEYS, how="anti")
    return missing.with_columns(value=pl.lit(None, pl.String))
