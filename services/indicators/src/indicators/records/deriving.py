"""Deriving variables from case records: parts of the persons are counted apart, added up, and then judged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from indicators.records.counting import counted, paid
from indicators.records.derived import Cells, Derived, told
from indicators.records.framing import delivered, named
from indicators.records.laying_out import laid_out
from indicators.records.narrowing import narrowed
from indicators.records.places import Places
from indicators.records.question import COUNTED, DERIVED, MONEY, Question, Split


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What some of the persons add, and which months of which units, towns and follow-ups there are."""

    cells: Cells
    delivered: pl.DataFrame
    followed: pl.DataFrame


def derive(records: pl.LazyFrame, follow_ups: pl.LazyFrame, question: Question) -> Derived:
    """Derive all variables from checked records: one row a person and month."""
    return finished([counts(records, follow_ups, question)], question)


def counts(records: pl.LazyFrame, follow_ups: pl.LazyFrame, question: Question) -> Counts:
    """Count what these persons add; counts of other persons may be added to it."""
    first, last = question.months.start.ordinal, question.months.last.ordinal
    wanted = _by_split(question)
    needed = records.filter(pl.col("month").is_between(first - question.lead, last))
    read = narrowed(needed, follow_ups, _marks(question, COUNTED), _marks(question, MONEY))
    places = {level: Places.of(read.claims[level]) for level in question.levels}
    known = laid_out(read, places, question.rule)
    months = range(max(first, known.base + 1), min(last + 1, known.base + len(known.flags)))
    cells = {}
    for level in question.levels:
        for split, found in counted(known, level, places[level], wanted, months).items():
            values = dict(zip(wanted[split], found, strict=True))
            if MONEY.keys() & values.keys():
                sums = paid(read.claims, level, places[level], split, months)
                values |= {name: sums[name] for name in MONEY if name in values}
            cells[level, split] = named(values, places[level], split, months)
    return Counts(
        cells=cells,
        delivered=delivered(read.claims, places),
        followed=follow_ups.select("unit", "month").unique().collect(),
    )


def finished(parts: Sequence[Counts], question: Question) -> Derived:
    """Add up the parts and tell what can be told."""
    cells = {
        (level, split): _added([part.cells[level, split] for part in parts], split) for level, split in parts[0].cells
    }
    return told(
        cells,
        pl.concat([part.delivered for part in parts]).unique(),
        pl.concat([part.followed for part in parts]).unique(),
        question,
    )


def part_of(rows: pl.LazyFrame, number: int, of: int) -> pl.LazyFrame:
    """Keep the persons of one part; who belongs to which part depends on the pseudonym only."""
    return rows if of == 1 else rows.filter(pl.col("person").hash(0) % of == number)


def _by_split(question: Question) -> dict[Split, list[str]]:
    splits: dict[Split, list[str]] = {}
    for code in DERIVED:
        for split in question.splits.get(code, ()):
            splits.setdefault(split, []).append(code)
    return splits


def _marks(question: Question, variables: Collection[str]) -> list[str]:
    """Name what the variables are counted by."""
    asked = [name for code in variables for split in question.splits.get(code, ()) for name in split]
    return list(dict.fromkeys([*question.levels, *asked]))


def _added(parts: Sequence[pl.DataFrame], split: Split) -> pl.DataFrame:
    if len(parts) == 1:
        return parts[0]
    return pl.concat(parts).group_by("month", "place", *split).agg(pl.all().sum())
