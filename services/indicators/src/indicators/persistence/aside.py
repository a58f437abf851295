"""Rows put aside while a large file is read: in memory up to a limit, then in files by unit and month."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl

IN_MEMORY = 1_250_000
"""How many rows are held before they are put aside on disk."""
PIECE = 250_000
"""How many more rows are held from then on."""
PARTS = 32
WIDE = 20


class Aside:
    """Implements `Buckets`: in memory up to a limit, then in files by unit and month."""

    def __init__(self, folder: Path) -> None:
        """Use this folder where memory does not do."""
        self._folder = folder
        self._held: list[pl.DataFrame] = []
        self._rows, self._spilled = 0, 0

    def add(self, rows: pl.DataFrame) -> None:
        """Put rows aside."""
        self._held.append(rows)
        self._rows += rows.height
        if self._rows > (PIECE if self._spilled else IN_MEMORY):
            self._spill()

    def drain(self) -> Iterator[pl.DataFrame]:
        """Give all rows back, those of one unit and month together."""
        if not self._spilled:
            if self._held:
                yield pl.concat(self._held)
            return
        self._spill()
        for part in sorted(self._folder.iterdir()):
            yield pl.concat([pl.read_ipc(file) for file in sorted(part.iterdir())])

    def close(self) -> None:
        """Forget everything."""
        self._held, self._rows = [], 0
        shutil.rmtree(self._folder, ignore_errors=True)

    def _spill(self) -> None:
        if not self._spilled:
            shutil.rmtree(self._folder, ignore_errors=True)  # what a process left there that did not come to its end
        part = (pl.col("unit") * WIDE + pl.col("month")) % PARTS
        while self._held:
            rows = self._held.pop().with_columns(part=part)
            for (number,), some in rows.partition_by("part", as_dict=True, include_key=False).items():
                folder = self._folder / f"{number:02}"
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                some.write_ipc(folder / f"{self._spilled:06}.arrow")
            self._spilled += 1
        self._rows = 0
