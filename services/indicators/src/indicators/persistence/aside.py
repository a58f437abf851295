"""Rows put aside while a file is read: in memory up to a limit, then on disk; given back one year after another."""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polars as pl

IN_MEMORY = 1_250_000
"""How many rows are held before they are put aside on disk; from then on a fifth of that."""
TOGETHER = 400_000
"""How many rows are given back at once, as far as their units and months can be told apart."""
WIDE = 20


class Aside:
    """Implements `Buckets`: years come in the order of the history's key, so that it grows where it grew last."""

    def __init__(self, folder: Path, *, in_memory: int = IN_MEMORY, together: int = TOGETHER) -> None:
        """Use this folder where memory does not do."""
        self._folder, self._in_memory, self._together = folder, in_memory, together
        self._held: defaultdict[int, list[pl.DataFrame]] = defaultdict(list)
        self._files: defaultdict[int, list[Path]] = defaultdict(list)
        self._rows, self._spilled = 0, 0

    def add(self, rows: pl.DataFrame) -> None:
        """Put rows aside."""
        years = rows.with_columns(year=pl.col("month") // 12)
        for (year,), some in years.partition_by("year", as_dict=True, include_key=False).items():
            self._held[year].append(some)
        self._rows += rows.height
        if self._rows > (self._in_memory // 5 if self._spilled else self._in_memory):
            self._spill()

    def drain(self) -> Iterator[pl.DataFrame]:
        """Give all rows back, those of one unit and month together."""
        if self._rows and not self._spilled and self._rows <= self._together:
            yield pl.concat([rows for year in self._held.values() for rows in year])
            return
        for year in sorted({*self._held, *self._files}):
            rows = pl.concat([*map(pl.scan_ipc, self._files[year]), *(held.lazy() for held in self._held[year])])
            parts = -(-rows.select(pl.len()).collect().item() // self._together)
            for part in range(parts):
                some = rows.filter((pl.col("unit") * WIDE + pl.col("month")) % parts == part).collect()
                if some.height:
                    yield some

    def close(self) -> None:
        """Forget everything."""
        self._held.clear()
        self._files.clear()
        self._rows = 0
        shutil.rmtree(self._folder, ignore_errors=True)

    def _spill(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for year, held in self._held.items():
            file = self._folder / f"{year}-{self._spilled}.arrow"
            pl.concat(held).write_ipc(file)
            self._files[year].append(file)
        self._held.clear()
        self._spilled += 1
        self._rows = 0
