"""Tables as Parquet."""

from pathlib import Path

import polars as pl

from indicators.api.tables.layout import Layout
from indicators.usecases.reading_errors import NumberTooLong

NUMBER = pl.Decimal(38, 10)


class ParquetTable:
    """Writes rows part by part and joins the parts at the end; numbers are decimals of ten places."""

    def __init__(self, path: Path, layout: Layout) -> None:
        """Begin with no parts."""
        self._path, self._layout, self._parts = path, layout, 0
        self.write(pl.DataFrame(schema=dict.fromkeys(layout.columns, pl.String)))

    def write(self, rows: pl.DataFrame) -> None:
        """Write rows as a part of their own."""
        numbers = [name for name in self._layout.columns if name in self._layout.numbers]
        truths = pl.col(list(self._layout.truths)) == "true"
        typed = rows.select(self._layout.columns).with_columns(pl.col(numbers).cast(NUMBER, strict=False), truths)
        for name in numbers:
            if typed[name].null_count() > rows[name].null_count():
                raise NumberTooLong(name)
        typed.write_parquet(self._path.with_name(f"part-{self._parts:06}.parquet"))
        self._parts += 1

    def close(self) -> None:
        """Join the parts without holding them all."""
        pl.scan_parquet(self._path.parent / "part-*.parquet").sink_parquet(self._path)
