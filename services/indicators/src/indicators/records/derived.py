"""Which counts may be told: zero where a month was delivered and nothing happened, nothing where data do not reach."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from domain.variable import DIMENSIONS

from indicators.records.question import DERIVED, FOLLOWED, LEVELS, MONEY, OWN_MONTHS, SPLITS, Question

CELL: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "level": pl.Enum(LEVELS),
    "place": pl.Categorical,
    "variable": pl.Enum(DERIVED),
    "month": pl.Int32,
    **{name: pl.Enum(DIMENSIONS[name]) for name in SPLITS},
    "value": pl.Int64,
}
KEY = ["level", "place", "variable", "month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """
    The derived observations, and what could not be derived.

    `rows`: unit (also towns), variable, month (ordinal), sex, age_group, lone_parent, household_type (none: all),
    value (a plain decimal as text). `omitted`: unit, variable, month and the reason: `months_before_missing`,
    `waiting_time`, `follow_up_missing` or `variable_not_valid`.
    """

    rows: pl.DataFrame
    omitted: pl.DataFrame


def told(cells: pl.DataFrame, delivered: pl.DataFrame, followed: pl.DataFrame, question: Question) -> Derived:
    """Give every cell of a countable month, zeros included, and name the months that are not countable."""
    towns = _towns(delivered, question)
    reaches = _reaches(delivered, towns, question)
    judged = _judged(reaches, _lacking(cells, delivered, towns, followed), question)
    countable = cells.join(judged.filter(pl.col("reason").is_null()), on=KEY, how="semi")
    paid = pl.col("variable").is_in(list(MONEY))
    value, cents = pl.col("value"), (pl.col("value") % 100).cast(pl.String).str.zfill(2)
    named = [pl.col("place").cast(pl.String).alias("unit"), pl.col("variable").cast(pl.String), pl.col("month"),
             *(pl.col(name).cast(pl.String) for name in SPLITS)]  # fmt: skip
    euros = countable.filter(paid).select(*named, value=pl.format("{}.{}", value // 100, cents))
    counts = countable.filter(~paid).select(*named, value=value.cast(pl.String))
    return Derived(
        rows=pl.concat([euros, counts]),
        omitted=judged.drop_nulls("reason").select(*named[:3], "reason"),
    )


def _reaches(delivered: pl.DataFrame, towns: pl.DataFrame, question: Question) -> pl.DataFrame:
    """
    Count for each place and delivered month the months on end up to it: its own, and with its predecessors'.

    A town reaches as far as its unit. Who is a unit that delivers in a month is told as that, not as a town.
    """
    own = delivered.select(place=pl.col("unit"), month="month").unique()
    lines = pl.DataFrame(
        [(before, unit) for unit, found in question.predecessors.items() for before in sorted(found)],
        schema={"place": pl.String, "successor": pl.String},
        orient="row",
    ).with_columns(pl.all().cast(pl.Categorical))
    inherited = own.join(lines, on="place").select(place="successor", month="month")
    lasting = _runs(pl.concat([own, inherited]).unique(), "line")
    units = _runs(own, "own").join(lasting, on=["place", "month"], how="left")
    of_units = towns.join(units.rename({"place": "unit"}), on=["unit", "month"])
    of_towns = of_units.group_by(place="town", month="month").agg(pl.col("own", "line").max())
    of_towns = of_towns.join(own, on=["place", "month"], how="anti")
    levels = [
        found.with_columns(level=pl.lit(level).cast(CELL["level"]))
        for level, found in (("unit", units), ("town", of_towns))
    ]
    wanted = pl.col("month").is_between(question.months.start.ordinal, question.months.last.ordinal)
    return pl.concat(levels).filter(wanted)


def _towns(delivered: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Name for each month the towns of each unit: those its records named then or in the two years before."""
    if "town" not in question.levels:
        delivered = delivered.with_columns(town=pl.lit(None, pl.Categorical))
    named = delivered.drop_nulls("town").filter(pl.col("unit") != pl.col("town")).unique().sort("month")
    months = delivered.select("unit", "month").unique()
    pairs = named.select("unit", "town").unique().join(months, on="unit").sort("month")
    seen = named.with_columns(seen="month")
    latest = pairs.join_asof(seen, on="month", by=["unit", "town"], check_sortedness=False)
    return latest.filter(pl.col("month") - pl.col("seen") <= question.lead).drop("seen")


def _runs(months: pl.DataFrame, name: str) -> pl.DataFrame:
    """Count for each place the months on end up to each month."""
    ordered = months.sort("place", "month")
    start = pl.col("month") - pl.int_range(pl.len(), dtype=pl.Int32).over("place")
    return ordered.with_columns(start=start).with_columns(
        (pl.col("month") - pl.col("month").min().over("place", "start") + 1).alias(name)
    ).drop("start")  # fmt: skip


def _judged(reaches: pl.DataFrame, lacking: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Say of every variable, place and month why it cannot be told, if it cannot."""
    wanted = [code for code in DERIVED if code in question.splits]
    rules = pl.DataFrame(
        [
            (code, question.reach_needed(code), code in OWN_MONTHS, code in FOLLOWED, question.decided(code).ordinal)
            for code in wanted
        ],
        schema={"variable": CELL["variable"], "needed": pl.Int32, "own_only": pl.Boolean, "follows": pl.Boolean,
                "decided": pl.Int32},
        orient="row",
    )  # fmt: skip
    lacking = lacking.with_columns(lacks=pl.lit(value=True), follows=pl.lit(value=True))
    reach = pl.when("own_only").then("own").otherwise("line")
    reason = (
        pl.when(reach < pl.col("needed"))
        .then(pl.lit("months_before_missing"))
        .when(pl.col("follows") & (pl.col("month") > pl.col("decided")))
        .then(pl.lit("waiting_time"))
        .when(pl.col("lacks"))
        .then(pl.lit("follow_up_missing"))
    )
    crossed = reaches.join(rules, how="cross").join(lacking, on=["level", "place", "month", "follows"], how="left")
    return crossed.select("level", "place", "variable", "month", reason=reason)


def _lacking(cells: pl.DataFrame, delivered: pl.DataFrame, towns: pl.DataFrame, followed: pl.DataFrame) -> pl.DataFrame:
    """Give the places and months with integrations into insured employment whose follow-up was never delivered."""
    total = pl.all_horizontal(pl.col(name).is_null() for name in SPLITS) & (pl.col("level") == "unit")
    insured = cells.filter((pl.col("variable") == "integrations_insured") & total & (pl.col("value") > 0))
    units = delivered.select("unit", "month").unique()
    owed = units.join(insured, left_on=["unit", "month"], right_on=["place", "month"], how="semi")
    lacking = owed.join(followed, on=["unit", "month"], how="anti")
    of_towns = towns.join(lacking, on=["unit", "month"]).select(
        level=pl.lit("town").cast(CELL["level"]), place="town", month="month"
    )
    return pl.concat(
        [lacking.select(level=pl.lit("unit").cast(CELL["level"]), place="unit", month="month"), of_towns.unique()]
    )
