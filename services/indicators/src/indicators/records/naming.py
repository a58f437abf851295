"""Whom and which towns case records name: by that it is known which units they touch."""

import polars as pl

from indicators.ports.records import Named

NOBODY = Named(
    persons=pl.DataFrame(schema={"unit": pl.String, "person": pl.Int64, "last": pl.Int32}),
    towns=pl.DataFrame(schema={"unit": pl.String, "town": pl.String, "last": pl.Int32}),
)


def named_in(rows: pl.DataFrame) -> Named:
    """Name the persons and towns of re-keyed case records, each with the last month in which a unit names it."""
    last = pl.col("month").max().alias("last")
    unit, town = (pl.col(name).cast(pl.String) for name in ("unit", "town"))
    return Named(
        persons=rows.group_by(unit, "person").agg(last),
        towns=rows.drop_nulls("town").group_by(unit, town).agg(last),
    )
