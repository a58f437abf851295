"""Tables as XLSX workbooks."""

from pathlib import Path

import polars as pl
import xlsxwriter
from chassis.tables.cells import FORMULA

from indicators.api.tables.layout import Layout
from indicators.usecases.reading_errors import WorkbookTooLong

EXACT_DIGITS = 15
"""How many digits a spreadsheet's number keeps."""
MOST_ROWS = 1_048_576
"""How many rows a worksheet has, its header among them."""


class XlsxTable:
    """Writes rows into a workbook: numbers as numbers where no digit is lost, all else as text, never a formula."""

    def __init__(self, path: Path, layout: Layout) -> None:
        """Begin a workbook with its header."""
        self._layout, self._row = layout, 0
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(path), {**options, "tmpdir": str(path.parent)})
        self._sheet = self._book.add_worksheet(layout.name.lower())
        self._quoted = self._book.add_format({"quote_prefix": True})
        for column, name in enumerate(layout.columns):
            self._sheet.write_string(0, column, name)
        self._sheet.freeze_panes(1, 0)

    def write(self, rows: pl.DataFrame) -> None:
        """Write rows; more than a worksheet has are refused."""
        if self._row + rows.height >= MOST_ROWS:
            raise WorkbookTooLong(limit=MOST_ROWS - 1)
        for cells in rows.select(self._layout.columns).iter_rows():
            self._row += 1
            for column, (name, cell) in enumerate(zip(self._layout.columns, cells, strict=True)):
                if cell is not None:
                    self._write(column, name, cell)

    def close(self) -> None:
        """End the workbook."""
        self._book.close()

    def _write(self, column: int, name: str, cell: str) -> None:
        number = name in self._layout.numbers
        if number and len(cell.lstrip("-0.").replace(".", "")) <= EXACT_DIGITS:
            self._sheet.write_number(self._row, column, float(cell))
        elif name in self._layout.truths:
            self._sheet.write_boolean(self._row, column, cell == "true")
        elif number or not cell.startswith(FORMULA):
            self._sheet.write_string(self._row, column, cell)
        else:
            self._sheet.write_string(self._row, column, cell, self._quoted)
