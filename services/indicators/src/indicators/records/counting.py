"""
Counting bits by month: four months are summed at a time, each in sixteen bits of a number of 64.

No sum overflows its lane because no more than 65,535 rows are summed into one; the parts are added up afterwards.
"""

from collections.abc import Sequence

import polars as pl

LANES, WIDTH = 4, 16
LOWEST = sum(1 << (WIDTH * lane) for lane in range(LANES))
MOST_ROWS = (1 << WIDTH) - 1


def counted(
    rows: pl.DataFrame, groups: pl.DataFrame, variables: Sequence[str], base: int, months: range
) -> list[pl.DataFrame]:
    """Count for each variable the rows of every group whose bit is set: keys, variable, month, value; zeros too."""
    sums = groups.join(_summed(rows, groups.columns, variables, base, months), on=groups.columns, how="left")
    return [_unpacked(sums, groups.columns, name, base, months) for name in variables]


def _summed(
    rows: pl.DataFrame, keys: Sequence[str], variables: Sequence[str], base: int, months: range
) -> pl.DataFrame:
    steps = sorted({(month - base) % WIDTH for month in months})
    sums = [
        ((pl.col(name) // (1 << step)) & pl.lit(LOWEST, pl.UInt64)).sum().alias(f"{name} {step}")
        for name in variables
        for step in steps
    ]
    part = pl.int_range(pl.len(), dtype=pl.UInt32) // MOST_ROWS
    return rows.group_by(*keys, part.alias("part")).agg(sums)


def _unpacked(sums: pl.DataFrame, keys: Sequence[str], name: str, base: int, months: range) -> pl.DataFrame:
    """Take the lanes apart and add up the parts: one row a group and month."""
    columns = {str(month): _lane(name, month - base) for month in months}
    wide = sums.group_by(keys).agg(**columns)
    long = wide.unpivot(index=list(keys), variable_name="month", value_name="value")
    return long.with_columns(pl.col("month").cast(pl.Int32), variable=pl.lit(name))


def _lane(name: str, offset: int) -> pl.Expr:
    lane, step = divmod(offset, WIDTH)
    return ((pl.col(f"{name} {step}") // (1 << (WIDTH * lane))) & MOST_ROWS).cast(pl.Int64).sum()
