"""Deriving variables from case records: parts of the persons are counted apart, added up, and then judged."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import prod

import polars as pl

from indicators.records.arrays import Codes, Integers
from indicators.records.counting import Where, counted
from indicators.records.derived import Cells, Derived, told
from indicators.records.framing import delivered, named
from indicators.records.histories import Histories, laid_out
from indicators.records.narrowing import Narrowed, narrowed
from indicators.records.numbering import as_read, groups_of, numbered_rows
from indicators.records.paying import paid
from indicators.records.places import Places
from indicators.records.question import COUNTED, DERIVED, MONEY, Question, Split
from indicators.records.splitting import counted_by, shape_of, summed


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
    marks, months = _marks(question), question.months
    first, after = months.start.ordinal, months.after.ordinal
    read = narrowed(records, follow_ups, marks, range(first - question.lead, after))
    columns = as_read(read.rows)
    places = {level: Places.of(columns[level]) for level in question.levels}
    rows = numbered_rows(columns, read.since, marks, places)
    shown = range(max(first, rows.there.start + 1), min(after, rows.there.stop))
    with ThreadPoolExecutor(1) as beside:  # persons are numbered one after the other: other threads have time
        there, followed = beside.submit(delivered, rows, places), beside.submit(_followed, read)
        histories = laid_out(rows, read.follow_ups, places["unit"])
    known = _Known(histories=histories, question=question, months=shown)
    return Counts(
        cells={
            (level, split): named(found, places[level], split, shown)
            for level in question.levels
            for split, found in known.at(level, places[level])
        },
        delivered=there.result(),
        followed=followed.result(),
    )


def _followed(read: Narrowed) -> pl.DataFrame:
    """Name the units and months that there are follow-ups of."""
    there = read.follow_ups.select("unit", "month").unique()
    month = pl.col("month").cast(pl.Int32) + read.since
    return there.select(Places.named(there["unit"].to_numpy()).alias("unit"), month)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class _Level:
    name: str
    laid: Codes
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    histories: Histories
    question: Question
    months: range

    def at(self, level: str, places: Places) -> Iterator[tuple[Split, Mapping[str, Integers]]]:
        """Count and sum variables at the places of a level: give each split with arrays of months, groups, places."""
        wanted = _wanted(self.question)
        origins, laid = counted_by(wanted), self.histories.places(level)
        for fine in dict.fromkeys(origins.values()):
            coarse = [split for split, origin in origins.items() if origin == fine]
            variables = {name for split in coarse for name in wanted[split]}
            found = self._by(fine, variables, _Level(name=level, laid=laid, size=len(places)))
            for split in coarse:
                yield split, {name: summed(found[name], fine, split) for name in wanted[split]}

    def _by(self, split: Split, variables: AbstractSet[str], level: _Level) -> Mapping[str, Integers]:
        rows, shape = self.histories.rows, (prod(shape_of(split)), level.size)
        groups = [groups_of(piece, split) for piece in rows.pieces]
        since = self.months.start - rows.there.start
        found: dict[str, Integers] = {}
        if variables & set(MONEY):
            found |= dict(zip(MONEY, paid(rows, level.name, groups, shape), strict=True))
        if variables & set(COUNTED):
            where = Where(groups=self.histories.of(groups), places=level.laid)
            events = counted(self.histories, where, shape, self.question.rule, since)
            found |= dict(zip(COUNTED, events, strict=True))
        return {name: values[since : since + len(self.months)] for name, values in found.items()}


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
    return rows if of == 1 else rows.filter(pl.col("person") % of == number)


def _wanted(question: Question) -> dict[Split, list[str]]:
    wanted: dict[Split, list[str]] = {}
    for code in DERIVED:
        for split in question.splits.get(code, ()):
            wanted.setdefault(split, []).append(code)
    return wanted


def _marks(question: Question) -> list[str]:
    """Name what is counted by."""
    asked = [name for code in DERIVED for split in question.splits.get(code, ()) for name in split]
    return list(dict.fromkeys([*question.levels, *asked, *(["days"] if question.rule.in_days else [])]))


def _added(parts: Sequence[pl.DataFrame], split: Split) -> pl.DataFrame:
    if len(parts) == 1:
        return parts[0]
    return pl.concat(parts).group_by("month", "place", *split).agg(pl.all().sum())
