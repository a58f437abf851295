"""How far data reach: for how many months on end a place has delivered, and where follow-ups are owed."""

from collections.abc import Mapping

import polars as pl

from indicators.records.question import Question

Reaches = Mapping[str, pl.DataFrame]
AT = ["place", "month"]


def reaches(delivered: pl.DataFrame, owed: pl.DataFrame, followed: pl.DataFrame, question: Question) -> Reaches:
    """
    Give for each level a row a place and delivered month.

    `own` and `line` count the months on end up to it: of the place itself, and with its predecessors'. `lacks`: there
    were integrations whose follow-up is owed (`owed`: place, month) and has not come. A town reaches as far as its
    units. Who is a unit that delivers in a month is told as that, not as a town.
    """
    own = delivered.select("month", place="unit").unique()
    lines = pl.DataFrame(
        [(before, unit) for unit, found in question.predecessors.items() for before in sorted(found)],
        schema={"place": pl.String, "successor": pl.String},
        orient="row",
    ).with_columns(pl.all().cast(pl.Categorical))
    inherited = own.join(lines, on="place").select("month", place="successor")
    line = _runs(pl.concat([own, inherited]).unique(), "line")
    lacks = owed.join(followed, left_on=AT, right_on=["unit", "month"], how="anti").with_columns(
        lacks=pl.lit(value=True)
    )
    units = _runs(own, "own").join(line, on=AT, how="left").join(lacks, on=AT, how="left")
    found = {"unit": units.with_columns(pl.col("lacks").fill_null(value=False))}
    if "town" in question.levels:
        of_towns = _towns(delivered, question).join(found["unit"], left_on=["unit", "month"], right_on=AT)
        reached = of_towns.group_by("month", place="town").agg(pl.col("own", "line").max(), pl.col("lacks").any())
        found["town"] = reached.join(own, on=AT, how="anti")
    wanted = pl.col("month").is_between(question.months.start.ordinal, question.months.last.ordinal)
    return {level: reached.filter(wanted) for level, reached in found.items()}


def _towns(delivered: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Name for each month the towns of each unit: those its records named then or in the two years before."""
    named = delivered.drop_nulls("town").sort("month")
    months = delivered.select("unit", "month").unique()
    pairs = named.select("unit", "town").unique().join(months, on="unit").sort("month")
    seen = named.with_columns(seen="month")
    latest = pairs.join_asof(seen, on="month", by=["unit", "town"], check_sortedness=False)
    return latest.filter(pl.col("month") - pl.col("seen") <= question.lead).drop("seen")


def _runs(months: pl.DataFrame, name: str) -> pl.DataFrame:
    """Count for each place the months on end up to each month."""
    ordered = months.sort("month")
    start = pl.col("month") - pl.int_range(pl.len(), dtype=pl.Int32).over("place")
    return ordered.with_columns(start=start).with_columns(
        (pl.col("month") - pl.col("month").min().over("place", "start") + 1).alias(name)
    ).drop("start")  # fmt: skip
