"""Tables: no text becomes a formula, no digit is lost, and what does not fit is said."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import fastexcel
import openpyxl
import polars as pl
import pytest
from domain.delivery import DeliveryKind
from domain.profile import PLAIN
from indicators.api.tables.layout import Layout
from indicators.api.tables.parquet import ParquetTable
from indicators.api.tables.plain import CsvTable, SdmxCsvTable
from indicators.api.tables.xlsx import MOST_ROWS, XlsxTable
from indicators.formats.blank import blank
from indicators.formats.returning import give_back
from indicators.ports.media_types import MediaType
from indicators.usecases.reading_errors import NumberTooLong, WorkbookTooLong
from indicators.usecases.telling import told

LAYOUT = Layout(
    name="READINGS",
    columns=("unit", "value"),
    numbers=frozenset({"value"}),
    keys={"unit": "UNIT"},
    notes={},
    withdraws=False,
)
STRANGE = ("=1+1", "+1", "-1", "@x", "\tx")


def rows(*cells: tuple[str | None, str | None]) -> pl.DataFrame:
    return pl.DataFrame(cells, schema={"unit": pl.String, "value": pl.String}, orient="row")


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize("german", [False, True])
def test_text_in_csv_never_begins_like_a_formula_but_numbers_may(tmp_path: Path, text: str, german: bool) -> None:
    table = CsvTable(tmp_path / "table", LAYOUT, german=german)
    table.write(rows((text, "-1.50"), ('Süd; "Ost", West\nNord', None)))
    table.close()
    found = pl.read_csv(tmp_path / "table", separator=";" if german else ",", infer_schema=False).rows()
    assert found == [(f"'{text}", "-1,50" if german else "-1.50"), ('Süd; "Ost", West\nNord', None)]


@pytest.mark.parametrize("text", STRANGE)
def test_text_in_a_workbook_is_text(tmp_path: Path, text: str) -> None:
    table = XlsxTable(tmp_path / "table", LAYOUT)
    table.write(
        rows((text, "-1.50"), ("http://x", "123456789012345"), (None, "1234567890123456"), ("x", "0.0000000001"))
    )
    table.close()
    with (tmp_path / "table").open("rb") as written:
        sheet = openpyxl.load_workbook(written).worksheets[0]
    found = [(unit.value, unit.data_type, value.value) for unit, value in sheet.iter_rows(min_row=2)]
    assert found == [
        (text, "s", -1.5),
        ("http://x", "s", 123456789012345),
        (None, "n", "1234567890123456"),
        ("x", "s", 1e-10),
    ]
    assert sheet["A2"].quotePrefix


@pytest.mark.parametrize(
    "text", ['<a> & "b"', " blanks at both ends ", "two\nlines", "bell \x07", "_x000D_ as it stands", "ß–€"]
)
def test_any_text_comes_back_out_of_a_workbook(tmp_path: Path, text: str) -> None:
    table = XlsxTable(tmp_path / "table", LAYOUT)
    table.write(rows((text, "1")))
    table.close()
    found = fastexcel.read_excel(tmp_path / "table").load_sheet(0, dtypes="string").to_polars()
    assert found.rows() == [(text, "1")]


def test_what_is_true_is_true_in_a_workbook(tmp_path: Path) -> None:
    layout = replace(LAYOUT, truths=frozenset({"unit"}))
    table = XlsxTable(tmp_path / "table", layout)
    table.write(rows(("true", "1"), ("false", "2"), (None, "3")))
    table.close()
    with (tmp_path / "table").open("rb") as written:
        sheet = openpyxl.load_workbook(written).worksheets[0]
    assert [unit.value for unit, _ in sheet.iter_rows(min_row=2)] == [True, False, None]
    assert sheet.freeze_panes == "A2"


def test_more_rows_than_a_worksheet_has_are_refused_and_the_forms_without_limit_named(tmp_path: Path) -> None:
    table = XlsxTable(tmp_path / "table", LAYOUT)
    table.write(rows(("x", "1")))
    with pytest.raises(WorkbookTooLong, match="csv or parquet"):
        table.write(pl.DataFrame({"unit": pl.repeat("x", MOST_ROWS - 1, eager=True), "value": None}))
    table.close()


def test_text_in_sdmx_stays_as_it_is(tmp_path: Path) -> None:
    table = SdmxCsvTable(tmp_path / "table", LAYOUT)
    table.write(rows(("=1+1", "-1.50"), (None, None)))
    table.close()
    found = pl.read_csv(tmp_path / "table", infer_schema=False)
    assert found["UNIT"].to_list() == ["=1+1", "_T"]
    assert found["OBS_VALUE"].to_list() == ["-1.50", None]


def test_parts_of_a_parquet_table_stay_in_their_order(tmp_path: Path) -> None:
    table = ParquetTable(tmp_path / "table", LAYOUT)
    for number in range(12):
        table.write(rows((f"u{number}", f"{number}.5")))
    table.close()
    found = pl.read_parquet(tmp_path / "table")
    assert found["unit"].to_list() == [f"u{number}" for number in range(12)]
    assert found["value"].to_list() == [Decimal(f"{number}.5") for number in range(12)]


def test_a_number_that_fits_into_no_decimal_is_named(tmp_path: Path) -> None:
    table = ParquetTable(tmp_path / "table", LAYOUT)
    with pytest.raises(NumberTooLong, match="value"):
        table.write(rows(("x", "1" * 29)))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("10.50", "10.50"),
        ("0.33333333333333333333", "0.3333333333"),
        ("-0.00000000005", "-0.0000000001"),
        ("-0.00000000001", "0"),
        ("12345678901234567890123456789.123456789012", "12345678901234567890123456789.123456789"),
    ],
)
def test_figures_are_told_with_ten_places_at_the_most(number: str, text: str) -> None:
    assert f"{told(Decimal(number)):f}" == text


def test_a_file_comes_back_without_formulas_and_with_its_numbers(tmp_path: Path) -> None:
    sent = tmp_path / "sent.csv"
    sent.write_text("unit;value\n=1+1;-1,5\n@x;+2\n")
    back = b"".join(give_back(sent, MediaType.CSV, PLAIN, {2: ("unknown_unit", "unit", "-")}).content).decode()
    assert back.splitlines()[1:] == ["'=1+1;-1,5;unknown_unit;unit;'-", "'@x;+2;;;"]


def test_a_file_to_fill_in_has_no_formula() -> None:
    content = blank(MediaType.CSV, pl.DataFrame({"unit": ["=1+1"], "value": [""]}), DeliveryKind.OBSERVATIONS)
    assert content == b"unit,value\r\n'=1+1,\r\n"
