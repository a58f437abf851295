"""Deriving variables from case records: parts of the persons are counted apart, added up, and then judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import polars as pl
from domain.variable import DIMENSIONS

from indicators.records.counting import counted
from indicators.records.derived import CELL, Derived, told
from indicators.records.histories import PROFILE, WORD, aged, followed, happenings, histories, lives
from indicators.records.question import COUNTED, MONEY, SPLITS, Question, Split

FLAGS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What some of the persons add: counts by cell, and which months of which units, towns and follow-ups there are."""

    cells: pl.DataFrame
    delivered: pl.DataFrame
    followed: pl.DataFrame


def derive(records: pl.LazyFrame, follow_ups: pl.LazyFrame, question: Question) -> Derived:
    """Derive all variables from checked records: one row a person and month."""
    return finished([counts(records, follow_ups, question)], question)


def counts(records: pl.LazyFrame, follow_ups: pl.LazyFrame, question: Question) -> Counts:
    """Count what these persons add; counts of other persons may be added to it."""
    wanted = question.months
    needed = records.filter(pl.col("month").is_between(wanted.start.ordinal - question.lead, wanted.last.ordinal))
    words = list(_words(needed, question))
    profile = [name for name in PROFILE if name in ("person", *question.levels, *_characteristics(question))]
    lives_of = [query for base, _ in words for query in (histories(needed, base, profile), followed(follow_ups, base))]
    told_of = follow_ups.select("unit", "month").unique()
    paid, told_months, *known = pl.collect_all([_paid(needed, question), told_of, *lives_of])
    cells = [*_money_cells(paid, question)]
    for (base, months), grouped, lasted in zip(words, known[::2], known[1::2], strict=True):
        cells += _counted_cells(lives(grouped, lasted, question.rule), question, base, months)
    return Counts(
        cells=pl.concat(cells) if cells else pl.DataFrame(schema=dict(CELL)),
        delivered=paid.select("month", *question.levels).unique(),
        followed=told_months,
    )


def finished(parts: Sequence[Counts], question: Question) -> Derived:
    """Add up the parts and tell what can be told."""
    cells = pl.concat([part.cells for part in parts])
    if len(parts) > 1:
        cells = cells.group_by(name for name in CELL if name != "value").agg(pl.col("value").sum()).select(list(CELL))
    delivered = pl.concat([part.delivered for part in parts]).unique()
    return told(cells, delivered, pl.concat([part.followed for part in parts]).unique(), question)


def part_of(rows: pl.LazyFrame, number: int, of: int) -> pl.LazyFrame:
    """Keep the persons of one part; who belongs to which part depends on the pseudonym only."""
    return rows if of == 1 else rows.filter(pl.col("person").hash(0) % of == number)


def _words(records: pl.LazyFrame, question: Question) -> Iterator[tuple[int, range]]:
    """Cut the wanted months into words, each with the months before that its first one needs."""
    earliest = records.select(pl.col("month").min()).collect().item()
    first, last = question.months.start.ordinal, question.months.last.ordinal
    while earliest is not None and first <= last:
        base = max(first - question.lead, earliest)
        after = min(base + WORD, last + 1)
        if max(first, base) < after:
            yield base, range(max(first, base), after)
        first = max(after, first + 1)


def _paid(records: pl.LazyFrame, question: Question) -> pl.LazyFrame:
    """Sum the claims of every unit, town and month, and of the groups that are wanted."""
    wanted = {name for code in MONEY for split in question.splits.get(code, ()) for name in split}
    groups = [name for name in SPLITS if name in wanted]
    claims = [pl.col(column).sum().alias(code) for code, column in MONEY.items()]
    return records.group_by("month", *question.levels, *groups).agg(claims)


def _money_cells(paid: pl.DataFrame, question: Question) -> Iterator[pl.DataFrame]:
    wanted = range(question.months.start.ordinal, question.months.after.ordinal)
    paid_for = [(code, split) for code in MONEY for split in question.splits.get(code, ())]
    months = pl.DataFrame({"month": sorted({*paid["month"]} & {*wanted})}, schema={"month": pl.Int32})
    for level in question.levels:
        rows = _placed(paid, level)
        places = rows.select(level).unique().join(months, how="cross")
        for code, split in paid_for:
            groups = _groups(places, split)
            named = rows.drop_nulls(list(split)) if split else rows
            summed = named.group_by(groups.columns).agg(value=pl.col(code).sum())
            every = groups.join(summed, on=groups.columns, how="left").with_columns(variable=pl.lit(code))
            yield _cells(every, level, split)


def _counted_cells(known: pl.DataFrame, question: Question, base: int, months: range) -> Iterator[pl.DataFrame]:
    for level in question.levels:
        happened = happenings(_placed(known, level), level)
        places = happened.select(level).unique()
        for split, variables in _by_split(question).items():
            for rows, groups in _parted(happened, places, split, variables, base):
                for cells in counted(rows, groups, variables, base, months):
                    yield _cells(cells, level, split)


def _parted(
    happened: pl.DataFrame, places: pl.DataFrame, split: Split, variables: Sequence[str], base: int
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Give the rows to count for a split, and every group that they are counted by."""
    groups = _groups(places, split)
    if "age_group" not in split:
        yield happened.drop_nulls(list(split)) if split else happened, groups
        return
    for age, rows in aged(happened, variables, base).items():
        named = pl.lit(age).cast(groups.schema["age_group"])
        yield rows.with_columns(age_group=named), groups.filter(pl.col("age_group") == named)


def _groups(places: pl.DataFrame, split: Split) -> pl.DataFrame:
    """Cross places with every group of a split, so that nobody in a group is a zero."""
    values = [
        [FLAGS[value] if name == "lone_parent" else value for name, value in zip(split, combination, strict=True)]
        for combination in product(*(DIMENSIONS[name] for name in split))
    ]
    schema = {name: pl.Boolean if name == "lone_parent" else CELL[name] for name in split}
    return places.join(pl.DataFrame(values, schema=schema, orient="row"), how="cross") if split else places


def _by_split(question: Question) -> dict[Split, list[str]]:
    splits: dict[Split, list[str]] = {}
    for code in COUNTED:
        for split in question.splits.get(code, ()):
            splits.setdefault(split, []).append(code)
    return splits


def _characteristics(question: Question) -> set[str]:
    """Name the columns that the wanted splits and the follow-ups look at."""
    named = {name for split in _by_split(question) for name in split}
    return {"birth_year" if name == "age_group" else name for name in named} | {"unit"}


def _placed(rows: pl.DataFrame, level: str) -> pl.DataFrame:
    """Keep the rows of a town where it is told and is not the unit itself."""
    if level == "unit":
        return rows
    return rows.filter(pl.col("town").is_not_null() & (pl.col("town") != pl.col("unit")))


def _cells(rows: pl.DataFrame, level: str, split: Split) -> pl.DataFrame:
    """Give counts the columns that all counts have; lone parents are `yes` and `no`, as in the catalogue."""
    if "lone_parent" in split:
        flag = pl.when(pl.col("lone_parent")).then(pl.lit("yes")).otherwise(pl.lit("no"))
        rows = rows.with_columns(lone_parent=flag)
    missing = [pl.lit(None).alias(name) for name in SPLITS if name not in split]
    every = rows.with_columns(*missing, pl.col("value").fill_null(0), level=pl.lit(level)).rename({level: "place"})
    return every.select(pl.col(name).cast(kind) for name, kind in CELL.items())
