"""Answering with a table: written whole beside, so that what fails is told as a problem and memory stays small."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

import polars as pl
from fastapi import Response

from indicators.api.tables.forms import MEDIA_TYPES, SUFFIXES, ListForm
from indicators.api.tables.layout import Layout
from indicators.api.tables.parquet import ParquetTable
from indicators.api.tables.plain import CsvTable, SdmxCsvTable
from indicators.api.tables.sdmx_json import SdmxJsonTable
from indicators.api.tables.whole_file import WholeFile
from indicators.api.tables.xlsx import XlsxTable

T = TypeVar("T")


class Table(Protocol):
    """A file that takes rows."""

    def write(self, rows: pl.DataFrame) -> None:
        """Write rows."""

    def close(self) -> None:
        """End the file."""


async def table(
    form: ListForm,
    layout: Layout,
    parts: AsyncGenerator[T],
    rows_of: Callable[[T], pl.DataFrame],
    now: datetime,
) -> Response:
    """Answer with everything there is, in one form; the file is gone when it is sent."""
    with tempfile.TemporaryDirectory(prefix="table-") as folder:
        path = Path(folder) / "table"
        opened = await asyncio.to_thread(_opened, form, path, layout, now)
        try:
            async with aclosing(parts):
                async for part in parts:
                    await asyncio.to_thread(_written, opened, part, rows_of)
        finally:
            await asyncio.to_thread(opened.close)
        size, whole = path.stat().st_size, path.open("rb")
    name = f"{layout.name.lower()}.{SUFFIXES[form]}"
    headers = {"Content-Length": str(size), "Content-Disposition": f'attachment; filename="{name}"', "Vary": "Accept"}
    return WholeFile(whole, {"Content-Type": MEDIA_TYPES[form], **headers})


def _opened(form: ListForm, path: Path, layout: Layout, now: datetime) -> Table:
    if form is ListForm.XLSX:
        return XlsxTable(path, layout)
    if form is ListForm.PARQUET:
        return ParquetTable(path, layout)
    if form is ListForm.SDMX_CSV:
        return SdmxCsvTable(path, layout)
    if form is ListForm.SDMX_JSON:
        return SdmxJsonTable(path, layout, now)
    return CsvTable(path, layout, german=form is ListForm.EXCEL_DE)


def _written(opened: Table, part: T, rows_of: Callable[[T], pl.DataFrame]) -> None:
    opened.write(rows_of(part))
