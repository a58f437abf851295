"""Which counts may be told: zero where a month was delivered and nothing happened, nothing where data do not reach."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl
from domain.variable import DIMENSIONS

from indicators.records.question import DERIVED, FOLLOWED, MONEY, OWN_MONTHS, SPLITS, Question, Split
from indicators.records.reaching import AT, reaches

Cells = Mapping[tuple[str, Split], pl.DataFrame]
"""For each level and split a row a month, place and group, and a column a variable; money is in cents."""
PLACED = {"unit": pl.Categorical(), "variable": pl.Enum(DERIVED), "month": pl.Int32()}
OMITTED = pl.Schema({**PLACED, "reason": pl.String()})
ROWS = pl.Schema({**PLACED, **{name: pl.Enum(DIMENSIONS[name]) for name in SPLITS}, "value": pl.String()})
EUROS = pl.Decimal(20, 2)


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


def told(cells: Cells, delivered: pl.DataFrame, followed: pl.DataFrame, question: Question) -> Derived:
    """Give every cell of a countable month, zeros included, and name the months that are not countable."""
    reached = reaches(delivered, _owed(cells), followed, question)
    rows = [
        row
        for (level, split), counts in cells.items()
        for row in _rows(counts.join(reached[level], on=AT), split, question)
    ]
    omitted = [
        found.lazy().select(*_placed(variable), reason=_reason(variable, question)).drop_nulls("reason")
        for found in reached.values()
        for variable in DERIVED
        if variable in question.splits
    ]
    found = pl.collect_all([*rows, *omitted], engine="in-memory")
    return Derived(
        rows=pl.concat([pl.DataFrame(schema=ROWS), *found[: len(rows)]]),
        omitted=pl.concat([pl.DataFrame(schema=OMITTED), *found[len(rows) :]]),
    )


def _rows(counts: pl.DataFrame, split: Split, question: Question) -> Iterator[pl.LazyFrame]:
    """Give the cells of one split that may be told, variable by variable."""
    groups = [pl.col(name) if name in split else pl.lit(None, ROWS[name]).alias(name) for name in SPLITS]
    for variable in counts.columns:
        if variable in DERIVED:
            told = counts.lazy().filter(_reason(variable, question).is_null())
            yield told.select(*_placed(variable), *groups, value=_value(variable))


def _placed(variable: str) -> list[pl.Expr]:
    """Name the place, the variable and the month."""
    return [pl.col("place").alias("unit"), pl.lit(variable, ROWS["variable"]).alias("variable"), pl.col("month")]


def _value(variable: str) -> pl.Expr:
    """Write a count as a whole number and cents as euros."""
    value = pl.col(variable)
    return (value.cast(EUROS) / 100 if variable in MONEY else value).cast(pl.String)


def _reason(variable: str, question: Question) -> pl.Expr:
    """Say why a variable cannot be told of a place and month; none if it can."""
    reach = pl.col("own" if variable in OWN_MONTHS else "line")
    short = pl.when(reach < question.reach_needed(variable)).then(pl.lit("months_before_missing"))
    if variable not in FOLLOWED:
        return short
    waits = short.when(pl.col("month") > question.decided(variable).ordinal).then(pl.lit("waiting_time"))
    return waits.when("lacks").then(pl.lit("follow_up_missing"))


def _owed(cells: Cells) -> pl.DataFrame:
    """Give the places and months with integrations into insured employment, of which follow-ups are owed."""
    total = cells.get(("unit", ()), pl.DataFrame())
    if "integrations_insured" not in total.columns:
        return pl.DataFrame(schema={"place": pl.Categorical, "month": pl.Int32})
    return total.filter(pl.col("integrations_insured") > 0).select(AT)
