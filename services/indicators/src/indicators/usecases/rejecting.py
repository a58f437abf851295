"""What rejected rows of a file were for and which earlier ones it makes good; what its source keeps back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl
from domain.identity import UnitCode, VariableCode
from domain.intake import FindingCode
from domain.observation import Key
from domain.period import Month
from domain.receipt import ANY_VARIABLE
from domain.variable import Cell

from indicators.ports import Work
from indicators.ports.duty import Rejected, RejectedKey

PLACE = ("unit", "month")


@dataclass(slots=True)
class Rejections:
    """
    Counts rejected rows by unit, month and variable.

    Rows whose unit or month is itself wrong count for nobody: nothing tells whom they were for. `open` are rejections
    of earlier deliveries; what the file brings of them is made good.
    """

    open: frozenset[RejectedKey] = frozenset()
    _rows: Counter[RejectedKey] = field(default_factory=Counter)
    _brought: set[RejectedKey] = field(default_factory=set)
    _withheld: set[Key] = field(default_factory=set)

    def add(self, rows: pl.DataFrame, bad: pl.DataFrame) -> None:
        """Count the rejected rows of one slice; `bad` are its findings."""
        bad = bad.filter(pl.col("code") != FindingCode.WITHHELD.value)
        if not bad.height:
            return
        nowhere = bad.filter(pl.col("column").is_in(PLACE) & (pl.col("code") != FindingCode.DUPLICATE_ROW.value))
        unknown = (pl.col("column") == "variable") & (pl.col("code") != FindingCode.VARIABLE_NOT_VALID.value)
        nameless = bad.filter(unknown).select("row", nameless=pl.lit(value=True)).unique()
        variable = pl.when(pl.col("nameless").is_null()).then("variable").otherwise(pl.lit(ANY_VARIABLE))
        counted = (
            rows.with_columns(pl.col("row").cast(pl.Int64), pl.col("unit", "month", "variable").str.strip_chars())
            .join(bad.select("row").unique(), on="row", how="semi")
            .join(nowhere, on="row", how="anti")
            .join(nameless, on="row", how="left")
            .group_by("unit", "month", variable=variable)
            .len()
        )
        for unit, month, code, count in counted.rows():
            self._rows[UnitCode(unit), Month.parse(month), VariableCode(code)] += count

    def add_doubles(self, again: pl.DataFrame, units: Sequence[UnitCode], cells: Sequence[Cell]) -> None:
        """Count rows that stand for what an earlier one stands for; they name unit, month and series by number."""
        self._rows.update(_keys(again, units, cells))

    def see(self, rows: pl.DataFrame, units: Sequence[UnitCode], cells: Sequence[Cell]) -> None:
        """Look whether rows bring what was rejected before, be it as kept back by the source."""
        if self.open:
            keys = _keys(rows, units, cells).keys()
            somehow = {(unit, month, ANY_VARIABLE) for unit, month, _ in keys}
            self._brought |= self.open & {*keys, *somehow}

    def withhold(self, rows: pl.DataFrame, units: Sequence[UnitCode], cells: Sequence[Cell]) -> None:
        """Remember what is kept back; it is brought as what it is."""
        self._withheld |= {
            (units[unit], cells[series], Month.numbered(month))
            for unit, month, series in rows.select("unit", "month", "series").unique().iter_rows()
        }

    def counted(self) -> list[Rejected]:
        """Give the counts, in order."""
        return [
            Rejected(unit=unit, month=month, variable=variable, rows=rows)
            for (unit, month, variable), rows in sorted(self._rows.items())
        ]

    def cured(self) -> list[RejectedKey]:
        """Say which earlier rejections the file makes good: those of what it brings and does not reject again."""
        return sorted(self._brought - self._rows.keys())

    async def keep(self, work: Work, number: int, *, dry_run: bool) -> None:
        """Keep all of it with the delivery of this number; of a dry run only what it would keep back."""
        if not dry_run:
            await work.received.keep_rejections(number, self.counted(), self.cured())
        await work.received.keep_withheld(number, sorted(self._withheld))


def _keys(rows: pl.DataFrame, units: Sequence[UnitCode], cells: Sequence[Cell]) -> Counter[RejectedKey]:
    found: Counter[RejectedKey] = Counter()
    for unit, month, series, count in rows.group_by("unit", "month", "series").len().rows():
        found[units[unit], Month.numbered(month), cells[series].variable] += count
    return found
