"""Deriving variables from case records: parts of the persons are counted apart, added up, and then judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import polars as pl

from indicators.records.arrays import Integers
from indicators.records.counting import counted
from indicators.records.derived import Cells, Derived, told
from indicators.records.framing import delivered, named
from indicators.records.histories import Histories, laid_out
from indicators.records.narrowing import narrowed
from indicators.records.numbering import cells_of, numbered_rows, shape_of
from indicators.records.paying import paid
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
    wanted, marks = _wanted(question), _marks(question)
    needed = records.filter(pl.col("month").is_between(first - question.lead, last))
    read = narrowed(needed, follow_ups, marks)
    places = {level: Places.of(read.rows[level]) for level in question.levels}
    rows = numbered_rows(read.rows, marks, places)
    months = range(max(first, rows.there.start + 1), min(last + 1, rows.there.stop))
    known = _Known(histories=laid_out(rows, read.follow_ups, places["unit"]), question=question, months=months)
    return Counts(
        cells={
            (level, split): named(known.by(level, split, variables, places[level]), places[level], split, months)
            for (level, split), variables in wanted.items()
        },
        delivered=delivered(rows, places),
        followed=follow_ups.select("unit", "month").unique().collect(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    histories: Histories
    question: Question
    months: range

    def by(self, level: str, split: Split, variables: Sequence[str], places: Places) -> Mapping[str, Integers]:
        """Count and sum variables by month, place and groups."""
        rows, shape = self.histories.rows, shape_of(places, split)
        since, size = self.months.start - rows.there.start, prod(shape)
        cells = cells_of(rows, level, split, size)
        found = {name: paid(rows, name, cells, size) for name in variables if name in MONEY}
        if not found.keys() >= set(variables):
            laid, sizes = self.histories.of(cells), (shape[0], size // shape[0])
            events = counted(self.histories, laid, sizes, self.question.rule, since)
            found |= {name: events[COUNTED.index(name)] for name in variables if name in COUNTED}
        months = slice(since, since + len(self.months))
        return {name: values[months].reshape(-1, *shape) for name, values in found.items()}


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


def _wanted(question: Question) -> dict[tuple[str, Split], list[str]]:
    wanted: dict[tuple[str, Split], list[str]] = {}
    for level, code in product(question.levels, DERIVED):
        for split in question.splits.get(code, ()):
            wanted.setdefault((level, split), []).append(code)
    return wanted


def _marks(question: Question) -> list[str]:
    """Name what is counted by."""
    asked = [name for code in DERIVED for split in question.splits.get(code, ()) for name in split]
    return list(dict.fromkeys([*question.levels, *asked, *(["days"] if question.rule.in_days else [])]))


def _added(parts: Sequence[pl.DataFrame], split: Split) -> pl.DataFrame:
    if len(parts) == 1:
        return parts[0]
    return pl.concat(parts).group_by("month", "place", *split).agg(pl.all().sum())
