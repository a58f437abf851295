"""
Each person's months as the bits of one number, 64 months a word.

What happened from one month to the next, and whether 21 of 24 months were months of need, is then a handful of
operations on whole columns, however long the history. Persons are independent of each other.
"""

from collections.abc import Mapping, Sequence

import polars as pl
from domain.case_record import AGE_GROUPS, CONTINUOUS_MONTHS, FOLLOWED_MONTHS, OLDEST, Integration, LtrRule, age_group
from domain.period import Month

from indicators.records.columns import INSURED

WORD = 64
BITS = pl.Series("bit", [1 << number for number in range(WORD)], dtype=pl.UInt64)
PROFILE = ["person", "unit", "town", "sex", "birth_year", "household_type", "lone_parent"]
AGES = (*(name for name, _ in AGE_GROUPS), OLDEST)
LEAVING = ("elb_outflow", "ltr_outflow")
"""What is told of the month behind the record that it is read from: its bit stands a month later."""


def histories(records: pl.LazyFrame, base: int, profile: Sequence[str] = PROFILE) -> pl.LazyFrame:
    """Give the months of each person with each profile as bits, counted from a base month."""
    bit = pl.lit(BITS).gather(pl.col("month") - base)
    flags = {
        "need": pl.col("in_need"),
        "elb": pl.col("in_need") & pl.col("employable"),
        "integrated": pl.col("integration") != "none",
        "insured": pl.col("integration") == Integration.EMPLOYMENT.value,
        "marginal": pl.col("marginal_entry"),
        "subsidised": pl.col("subsidised_entry"),
        "measure": pl.col("in_measure"),
    }
    return (
        _within(records, base)
        .with_columns(bit=bit)
        .group_by(profile)
        .agg(**{name: (flag.cast(pl.UInt64) * pl.col("bit")).bitwise_or() for name, flag in flags.items()})
    )


def followed(follow_ups: pl.LazyFrame, base: int) -> pl.LazyFrame:
    """Give the integrations of each person and unit that lasted, as bits of the month of integration."""
    bit = pl.lit(BITS).gather(pl.col("month") - base)
    lasted = {
        "sustained": pl.col(INSURED[FOLLOWED_MONTHS - 1]),
        "continuous": pl.all_horizontal(INSURED[:CONTINUOUS_MONTHS]),
    }
    return (
        _within(follow_ups, base)
        .with_columns(bit=bit)
        .group_by("person", "unit")
        .agg(**{name: (flag.fill_null(value=False).cast(pl.UInt64) * pl.col("bit")).bitwise_or()
                for name, flag in lasted.items()})
    )  # fmt: skip


def long_term(months: pl.Series, rule: LtrRule) -> pl.Series:
    """Give the months that end a window with enough months: windows are doubled, lacking months counted in steps."""
    nothing = pl.zeros(len(months), pl.UInt64, eager=True)
    lacking = [~months, *[nothing] * (rule.window - rule.needed)]
    whole, length, size = lacking, 0, 1
    while size <= rule.window:
        if rule.window & size:
            whole = _together(whole, [_earlier(level, length) for level in lacking]) if length else lacking
            length += size
        lacking = _together(lacking, [_earlier(level, size) for level in lacking])
        size *= 2
    return ~whole[-1]


def lives(histories: pl.DataFrame, lasted: pl.DataFrame, rule: LtrRule) -> pl.DataFrame:
    """Add what depends on all months of a person in all units: entitled there or before, long-term, lasting work."""
    known = _over(histories, ["person"], anywhere="elb", needed="need")
    counted = known["anywhere"] if rule.as_elb else known["needed"]
    known = known.with_columns(long_anywhere=long_term(counted, rule) & pl.col("anywhere")).drop("needed")
    if not lasted.height:
        return known.with_columns(sustained=pl.lit(0, pl.UInt64), continuous=pl.lit(0, pl.UInt64))
    joined = known.join(lasted, on=["person", "unit"], how="left")
    return joined.with_columns(pl.col("sustained", "continuous").fill_null(0))


def happenings(lives: pl.DataFrame, place: str) -> pl.DataFrame:
    """Give for each variable the months in which a life counts for its place, a unit or a town."""
    elb, here = pl.col("elb"), pl.col("here")
    anywhere, long_anywhere = pl.col("anywhere"), pl.col("long_anywhere")
    entitled, long = anywhere | _later(anywhere), long_anywhere | _later(long_anywhere)
    stock = elb & long_anywhere
    insured = pl.col("insured") & entitled
    return _over(lives, ["person", place], here="elb").select(
        *(name for name in PROFILE if name in lives.columns),
        elb_stock=elb,
        elb_inflow=elb & ~_later(here),
        elb_outflow=_later(elb) & ~here,
        integrations=pl.col("integrated") & entitled,
        integrations_insured=insured,
        integrations_sustained=insured & pl.col("sustained"),
        integrations_continuous=insured & pl.col("continuous"),
        marginal_entries=pl.col("marginal") & entitled,
        subsidised_entries=pl.col("subsidised") & entitled,
        ltr_stock=stock,
        ltr_inflow=stock & ~_later(long_anywhere),
        ltr_outflow=_later(stock) & ~long_anywhere,
        ltr_integrations=pl.col("integrated") & long,
        ltr_in_measure=pl.col("measure") & stock,
    )


def aged(happened: pl.DataFrame, variables: Sequence[str], base: int) -> Mapping[str, pl.DataFrame]:
    """Part what happened by the age group in its month; who leaves is as old as in the record of the month before."""
    years = happened["birth_year"].unique().drop_nulls()
    parted = {}
    for group in AGES:
        months = pl.DataFrame({"birth_year": years, "at": [_months_in(group, year, base) for year in years]},
                              schema={"birth_year": pl.Int16, "at": pl.UInt64})  # fmt: skip
        at = {name: _later(pl.col("at")) if name in LEAVING else pl.col("at") for name in variables}
        joined = happened.join(months, on="birth_year", how="inner")
        parted[group] = joined.with_columns(pl.col(name) & at[name] for name in variables)
    return parted


def _over(rows: pl.DataFrame, keys: Sequence[str], **columns: str) -> pl.DataFrame:
    """Join the months of all rows of a key under a new name; most persons have one row, which is not looked up."""
    several = rows.select(keys).is_duplicated()
    alone = rows.filter(~several).with_columns(pl.col(old).alias(new) for new, old in columns.items())
    joined = {new: pl.col(old).bitwise_or().over(keys) for new, old in columns.items()}
    return pl.concat([alone, rows.filter(several).with_columns(**joined)])


def _months_in(group: str, birth_year: int, base: int) -> int:
    return sum(
        1 << number for number in range(WORD) if age_group(birth_year, Month.numbered(base + number).year) == group
    )


def _within(rows: pl.LazyFrame, base: int) -> pl.LazyFrame:
    return rows.filter(pl.col("month").is_between(base, base + WORD - 1))


def _later(months: pl.Expr) -> pl.Expr:
    """Move every month to the next one; what leaves the word is gone."""
    return months * 2


def _earlier(months: pl.Series, count: int) -> pl.Series:
    """Put what was so many months earlier in the place of the present."""
    return months * (1 << count)


def _together(first: Sequence[pl.Series], second: Sequence[pl.Series]) -> list[pl.Series]:
    """Count two windows as one: level n holds where at least n + 1 months are lacking in both together."""
    joined = []
    for level in range(len(first)):
        reached = first[level] | second[level]
        for part in range(level):
            reached |= first[part] & second[level - part - 1]
        joined.append(reached)
    return joined
