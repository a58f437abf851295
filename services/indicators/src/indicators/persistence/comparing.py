"""Comparing a delivery with what is known, as columns; equal numbers are equal however they are written."""

from dataclasses import dataclass

import polars as pl
from domain.delivery import DeliveryMode

from indicators.persistence.statuses import restored
from indicators.ports import Taken
from indicators.ports.statuses import COUNTED, STATUS

KEYS = ["month", "unit_id", "series_id"]
ABSENT = "\\N"
REVISION: dict[str, pl.DataType | type[pl.DataType]] = {
    **dict.fromkeys(KEYS, pl.Int32),
    "delivery": pl.Int64,
    "old": pl.String,
    "old_status": STATUS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """
    What rows change, and how many rows had which fate.

    Keys with `old` and `value` (text, none is withdrawn), `old_status` and `status` beside them.
    """

    changes: pl.DataFrame
    taken: Taken


def newest_of(revisions: bytes) -> pl.DataFrame:
    """Read every revision of some keys, keep the newest of each as `old`, `old_status`; the withdrawn is not known."""
    if not revisions:
        return pl.DataFrame(schema=REVISION).drop("delivery")
    told = pl.read_csv(revisions, has_header=False, schema=REVISION, null_values=[ABSENT])
    newest = told.sort(*KEYS, "delivery").unique(KEYS, keep="last", maintain_order=True)
    return newest.filter(pl.col("old").is_not_null()).with_columns(restored("old_status")).drop("delivery")


def compare(rows: pl.DataFrame, known: pl.DataFrame, mode: DeliveryMode, delivered: pl.Series) -> News:
    """
    Find what is new, corrected, unchanged and withdrawn.

    Another status is a correction as another value is. A row without value withdraws what is known; of a complete
    delivery, so does what it no longer has of the series it delivers (`delivered`) for its units and months. A row
    whose value is kept back is never unchanged: where it withdraws nothing it is not counted.
    """
    told = rows.select(*KEYS, "value", "status")
    if not known.height:
        nothing = (pl.lit(None, pl.String).alias("old"), pl.lit(None, STATUS).alias("old_status"))
        new = told.filter(pl.col("value").is_not_null()).with_columns(nothing)
        unchanged = rows.height - new.height - _kept_back_anyway(rows, known)
        return News(changes=new, taken=Taken(added=new.height, unchanged=unchanged))
    joined = told.join(known, on=KEYS, how="left", maintain_order="left")
    valued, taken_back = joined.filter(pl.col("value").is_not_null()), joined.filter(pl.col("value").is_null())
    new = valued.filter(pl.col("old").is_null())
    restated = pl.col("old_status") != pl.col("status")
    suspected = valued.filter(restated | (pl.col("old") != pl.col("value")))
    corrected = suspected.filter(restated | (plain("old") != plain("value")))
    gone = told_back = taken_back.filter(pl.col("old").is_not_null())
    if mode is DeliveryMode.COMPLETE:
        gone = pl.concat([gone, _left_out(told, known, delivered)])
    changes = pl.concat([new, corrected, gone.select(joined.columns)]).sort(KEYS)
    touched = new.height + corrected.height + told_back.height
    return News(
        changes=changes,
        taken=Taken(
            added=new.height,
            corrected=corrected.height,
            unchanged=rows.height - touched - _kept_back_anyway(rows, told_back),
            withdrawn=gone.height,
        ),
    )


def plain(column: str) -> pl.Expr:
    """Write a decimal in its one shortest form, so that 12.50 and 012.5 are the same number."""
    fraction = pl.col(column).str.replace(r"(\.[0-9]*?)0+$", "$1").str.replace(r"\.$", "")
    short = fraction.str.replace(r"^(-?)0+([0-9])", "$1$2")
    return pl.when(short == "-0").then(pl.lit("0")).otherwise(short)


def _kept_back_anyway(rows: pl.DataFrame, told_back: pl.DataFrame) -> int:
    """Count the rows whose value is kept back and that withdraw nothing."""
    return rows.filter("withheld").join(told_back, on=KEYS, how="anti").height if "withheld" in rows.columns else 0


def _left_out(rows: pl.DataFrame, known: pl.DataFrame, delivered: pl.Series) -> pl.DataFrame:
    """Give what is known for the units and months of a complete delivery and its series, and is not in it."""
    contained = known.join(rows.select("unit_id", "month").unique(), on=["unit_id", "month"], how="semi")
    alike = contained.filter(pl.col("series_id").is_in(delivered.implode()))
    missing = alike.join(rows, on=KEYS, how="anti")
    nothing = (pl.lit(None, pl.String).alias("value"), COUNTED.alias("status"))
    return missing.select(*KEYS, *nothing, "old", "old_status")
