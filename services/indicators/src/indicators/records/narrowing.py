"""Reading of records only what is counted: a number for each person, a byte of flags, and small numbers of groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import polars as pl
from domain.case_record import AGE_GROUPS, CONTINUOUS_MONTHS, FOLLOWED_MONTHS, Integration
from domain.period import YEAR_LENGTH

from indicators.records.columns import INSURED, days_of
from indicators.records.places import Places
from indicators.records.question import MONEY


def _age_group(age: pl.Expr) -> pl.Expr:
    """Give the number of the group of an age at the end of the year: the first is 1; 0 where no age is known."""
    older = sum((age >= below for _, below in AGE_GROUPS), start=pl.lit(1, pl.UInt8))
    return older.fill_null(0)


SET: Mapping[str, pl.Expr] = {
    "need": pl.col("in_need"),
    "elb": pl.col("in_need") & pl.col("employable"),
    "integrated": pl.col("integration") != "none",
    "insured": pl.col("integration") == Integration.EMPLOYMENT.value,
    "marginal": pl.col("marginal_entry"),
    "subsidised": pl.col("subsidised_entry"),
    "measure": pl.col("in_measure"),
}
LASTED: Mapping[str, pl.Expr] = {
    "sustained": pl.col(INSURED[FOLLOWED_MONTHS - 1]),
    "continuous": pl.all_horizontal(INSURED[:CONTINUOUS_MONTHS]),
}
BITS = {name: 1 << number for number, name in enumerate([*SET, *LASTED])}
MARKS: Mapping[str, pl.Expr] = {
    "unit": Places.code(pl.col("unit")),
    "town": Places.code(pl.when(pl.col("town") != pl.col("unit")).then("town")),
    "sex": (pl.col("sex").to_physical() + 1).fill_null(0),
    "age_group": _age_group(pl.col("month") // YEAR_LENGTH - pl.col("birth_year")),
    "lone_parent": pl.when("lone_parent").then(pl.lit(1, pl.UInt8)).otherwise(pl.lit(2, pl.UInt8)),
    "household_type": (pl.col("household_type").to_physical() + 1).fill_null(0),
    "days": pl.col("elb_days").fill_null(pl.when(SET["elb"]).then(days_of(pl.col("month"))).otherwise(0)),
}
"""What is counted by: codes of places, groups by their number in the catalogue from 1 on, 0: none; days as an ELB."""
NO_BIT = pl.lit(0, pl.UInt8)
PERSON = pl.col("person").reinterpret(signed=False)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """
    What is counted.

    `rows`: person, month (nought is the ordinal `since`), flags, marks, and cents by variable; `follow_ups`: person,
    month, unit, and a truth value for each name of `LASTED`.
    """

    since: int
    rows: pl.DataFrame
    follow_ups: pl.DataFrame


def narrowed(records: pl.LazyFrame, follow_ups: pl.LazyFrame, marks: Sequence[str], months: range) -> Narrowed:
    """Read what is counted by these marks of months, which are given by their ordinals."""
    in_time, month = pl.col("month").is_between(months.start, months.stop - 1), _since(months.start)
    bits = (pl.when(is_set).then(pl.lit(BITS[name], pl.UInt8)).otherwise(NO_BIT) for name, is_set in SET.items())
    flags = reduce(or_, bits)
    claims = [pl.col(column).alias(code) for code, column in MONEY.items()]
    lasted = [told.fill_null(value=False).alias(name) for name, told in LASTED.items()]
    frames = pl.collect_all(
        [
            records.filter(in_time).select(
                PERSON, month, flags.alias("flags"), *(MARKS[name].alias(name) for name in marks), *claims
            ),
            follow_ups.filter(in_time).select(PERSON, month, MARKS["unit"].alias("unit"), *lasted),
        ],
        engine="streaming",
    )
    return Narrowed(months.start, *frames)


def _since(first: int) -> pl.Expr:
    """Count months from the first one on: a short number, as there are many of them."""
    return (pl.col("month") - first).cast(pl.Int16)
