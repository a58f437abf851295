"""Tables as CSV: for programs, for German spreadsheets, and as SDMX-CSV 2.0; digits unchanged."""

from pathlib import Path

import polars as pl
from chassis.tables.cells import FORMULA, GERMAN, GUARD, LINE_END, PLAIN

from indicators.api.tables.layout import Layout


class CsvTable:
    """Writes rows as CSV; no cell but a number begins like a formula."""

    def __init__(self, path: Path, layout: Layout, *, german: bool) -> None:
        """Begin a file with its header."""
        self._layout, self._dialect = layout, GERMAN if german else PLAIN
        self._out = path.open("wb")
        header = self._dialect.separator.join(layout.columns) + LINE_END
        self._out.write((self._dialect.mark + header).encode())

    def write(self, rows: pl.DataFrame) -> None:
        """Write rows."""
        cells = rows.select(self._cell(name) for name in self._layout.columns)
        cells.write_csv(
            self._out,
            include_header=False,
            separator=self._dialect.separator,
            line_terminator=LINE_END,
            quote_style="necessary",
        )

    def close(self) -> None:
        """End the file."""
        self._out.close()

    def _cell(self, name: str) -> pl.Expr:
        if name in self._layout.numbers:
            return pl.col(name).str.replace(".", self._dialect.decimal, literal=True)
        begins = pl.col(name).str.slice(0, 1).is_in(FORMULA)
        return pl.when(begins).then(pl.lit(GUARD) + pl.col(name)).otherwise(pl.col(name)).alias(name)


class SdmxCsvTable:
    """Writes rows as SDMX-CSV 2.0; what is not there is an empty cell."""

    def __init__(self, path: Path, layout: Layout) -> None:
        """Begin a file with its header."""
        self._layout = layout
        self._out = path.open("wb")
        header = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *layout.dimensions, "OBS_VALUE", *layout.attributes)
        self._out.write((",".join(header) + LINE_END).encode())

    def write(self, rows: pl.DataFrame) -> None:
        """Write rows."""
        head = (pl.lit("dataflow").alias("STRUCTURE"), pl.lit(self._layout.structure).alias("STRUCTURE_ID"))
        told = self._layout.sdmx(rows).select(*head, pl.all())
        told.write_csv(self._out, include_header=False, line_terminator=LINE_END, quote_style="necessary")

    def close(self) -> None:
        """End the file."""
        self._out.close()
