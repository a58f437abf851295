"""One file on its way in: read in slices, judged as columns, put aside; what it showed is counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl
from domain.delivery import Covered, DeliveryCounts, Progress
from domain.identity import UnitCode
from domain.period import Month

from indicators.ports import Numbers, Taken
from indicators.ports.delivered import Buckets
from indicators.usecases.checking import Checker, Numbered
from indicators.usecases.doubles import distinct, doubles
from indicators.usecases.keeping_back import at_origin, put_apart
from indicators.usecases.rejecting import Rejections

MOST_FINDINGS = 200_000


@dataclass(slots=True, kw_only=True)
class Intake:
    """Counts of rows and findings so far; findings beyond the most that are kept are only counted."""

    checker: Checker
    buckets: Buckets
    read: int = 0
    rejected: int = 0
    withheld: int = 0
    found: int = 0
    compared: int = 0
    findings: list[pl.DataFrame] = field(default_factory=list)
    rejections: Rejections = field(default_factory=Rejections)
    _kept: int = 0
    _units: set[int] = field(default_factory=set)
    _months: list[pl.DataFrame] = field(default_factory=list)

    @property
    def progress(self) -> Progress:
        """Say how far it is."""
        return Progress(read=self.read, compared=self.compared)

    @property
    def units(self) -> list[UnitCode]:
        """Name the units that rows are for which are not rejected."""
        return [self.checker.units[number] for number in sorted(self._units)]

    def judge(self, rows: Numbered) -> None:
        """Judge one more slice; put good rows aside, and those whose source keeps values back."""
        checked = self.checker.check(rows)
        self.read += checked.read
        self.rejected += checked.rejected
        self._find(at_origin(checked.bad, rows))
        self.rejections.add(rows, checked.bad)
        for some in (checked.good, checked.withheld):
            if some.height:
                self._units.update(some["unit"].unique())
                self.buckets.add(some)
        self.withheld += checked.withheld.height

    def count_doubles(self) -> None:
        """Find rows that stand for what an earlier one stands for, before anything is kept."""
        for rows in self.buckets.drain():
            _, again = distinct(rows.with_columns(unit_id="unit", series_id="series"))
            self._reject(again)

    def next_distinct(self, parts: Iterator[pl.DataFrame], numbers: Numbers) -> pl.DataFrame | None:
        """Give the next rows with the history's numbers, ordered, each key once; none at the end."""
        rows = next(parts, None)
        if rows is None:
            return None
        unit_id = pl.lit(self._spread(numbers.units)).gather(pl.col("unit"))
        series_id = pl.lit(numbers.series).gather(pl.col("series"))
        first, again = distinct(rows.with_columns(unit_id=unit_id, series_id=series_id))
        self._reject(again)
        if self.withheld:
            first = put_apart(first)
            self.rejections.withhold(first.filter("withheld"), self.checker.units, self.checker.cells)
        self.rejections.see(first, self.checker.units, self.checker.cells)
        self._months.append(first.group_by("unit", "month").len("rows"))
        return first

    def counts(self, taken: Taken, *, refused: bool) -> DeliveryCounts:
        """Count rows by their fate."""
        return DeliveryCounts(
            read=self.read,
            accepted=0 if refused else self.read - self.rejected,
            unchanged=taken.unchanged,
            corrected=taken.corrected,
            withdrawn=taken.withdrawn,
            rejected=self.rejected,
        )

    def covered(self) -> Sequence[Covered]:
        """Say what was brought for each unit, in the order of their codes."""
        month = pl.col("month")
        counted = (
            pl.concat(self._months)
            .group_by("unit")
            .agg(first=month.min(), last=month.max(), months=month.n_unique(), rows=pl.col("rows").sum())
        )
        found = [
            Covered(
                unit=self.checker.units[unit],
                first=Month.numbered(first),
                last=Month.numbered(last),
                months=months,
                rows=rows,
            )
            for unit, first, last, months, rows in counted.rows()
        ]
        return sorted(found, key=lambda covered: covered.unit)

    def _spread(self, numbers: pl.Series) -> pl.Series:
        """Lay the numbers of the units that are used out over all units the file could name."""
        spread: list[int | None] = [None] * len(self.checker.units)
        for place, number in zip(sorted(self._units), numbers, strict=True):
            spread[place] = number
        return pl.Series(spread, dtype=pl.Int32)

    def _reject(self, again: pl.DataFrame) -> None:
        if again.height:
            self.rejected += again.height
            self._find(doubles(again, self.checker.units))
            self.rejections.add_doubles(again, self.checker.units, self.checker.cells)

    def _find(self, bad: pl.DataFrame) -> None:
        self.found += bad.height
        shown = bad.head(MOST_FINDINGS - self._kept)
        if shown.height:
            self._kept += shown.height
            self.findings.append(shown)
