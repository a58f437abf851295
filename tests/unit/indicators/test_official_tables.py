"""Official tables in: names, months and numbers as people and programs write them."""

import io
import json

import openpyxl
import pytest
from indicators.formats.official import read_official
from indicators.formats.official_cells import month_of, number_of
from indicators.ports.media_types import MediaType
from indicators.ports.reconciled import OfficialTable
from indicators.usecases.errors import FileBroken, FileEmpty
from indicators.usecases.reconciling_errors import HeaderNotFound


def csv(text: str, encoding: str = "utf-8") -> OfficialTable:
    return read_official(text.encode(encoding), "text/csv")


def cells(table: OfficialTable) -> list[tuple[int, str, str, str, str]]:
    return [(row.row, row.unit, row.indicator, row.month, row.value) for row in table.rows]


def test_a_plain_csv_is_read_as_it_stands() -> None:
    table = csv("unit,indicator,month,value\n36402,K2,2014-11,20.6\n")
    assert cells(table) == [(2, "36402", "K2", "2014-11", "20.6")]
    assert table.ignored == ()


def test_a_german_table_under_its_title_is_understood() -> None:
    table = csv(
        "Kennzahlen nach § 48a SGB II;;;;\n\nTräger-Nummer;Name;Kennzahl;Berichtsmonat;Wert (in %);Sicht\n"
        "36402;Mettmann;K2;November 2014;20,60;gleitende 12 Monate\n;;;;;\n36402;Mettmann;K3;12/2014;-1,3 %;Monat\n",
        "cp1252",
    )
    assert cells(table) == [(4, "36402", "K2", "2014-11", "20.60"), (6, "36402", "K3", "2014-12", "-1.3")]
    assert [row.view for row in table.rows] == ["rolling_12", "month"]
    assert table.ignored == ("Name",)


def test_a_workbook_gives_numbers_and_days_as_they_are() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        ("Einheit", "Kennzahl", "Monat", "Wert"),
        ("05158004", "K2", "2014-11-01", 20.6),
        ("36402", "K3", 201412, 7),
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    assert cells(read_official(out.getvalue(), MediaType.XLSX)) == [
        (2, "05158004", "K2", "2014-11", "20.6"),
        (3, "36402", "K3", "2014-12", "7"),
    ]


def test_json_rows_keep_their_digits_and_count_from_one() -> None:
    rows = [{"unit": "36402", "indicator": "K2", "month": "2014-11", "value": "20.60", "variant": "2"}]
    table = read_official(json.dumps({"rows": rows}).encode(), "application/json")
    assert (cells(table)[0], table.rows[0].variant) == ((1, "36402", "K2", "2014-11", "20.60"), "2")


@pytest.mark.parametrize(
    ("written", "german", "read"),
    [
        ("20,6", False, "20.6"),
        ("1.234,5", False, "1234.5"),
        ("1.234", True, "1234"),
        ("1.234", False, "1.234"),
        ("1,234.5", False, "1234.5"),
        ("1\u00a0234,5", False, "1234.5"),
        ("−0,5 %", False, "-0.5"),
        ("+3", False, "3"),
        ("20.613456789012345", False, "20.6134567890"),
        ("x", False, ""),
        ("–", False, ""),
        ("k. A.", True, ""),
        ("viele", False, "viele"),
        ("1e5", False, "1e5"),
        ("NaN", False, "NaN"),
    ],
)
def test_numbers_are_understood_in_both_notations(written: str, german: bool, read: str) -> None:
    assert number_of(written, german=german) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2014-11", "2014-11"),
        ("2014-11-30 00:00:00", "2014-11"),
        ("201411", "2014-11"),
        ("11/2014", "2014-11"),
        ("1.2014", "2014-01"),
        ("30.11.2014", "2014-11"),
        ("März 2014", "2014-03"),
        ("Maerz 2014", "2014-03"),
        ("Dez. 2014", "2014-12"),
        ("May 2014", "2014-05"),
        ("13/2014", "13/2014"),
        ("Lenz 2014", "Lenz 2014"),
    ],
)
def test_months_are_understood_as_they_are_written(written: str, read: str) -> None:
    assert month_of(written) == read


@pytest.mark.parametrize(
    ("content", "media_type", "error"),
    [
        (b"", "text/csv", FileEmpty),
        (b"unit,indicator,month,value\n", "text/csv", FileEmpty),
        (b"unit,indicator,value\n1,K2,3\n", "text/csv", HeaderNotFound),
        (b"PK", MediaType.XLSX, FileBroken),
        (b"[" * 100_000, "application/json", FileBroken),
        (b'{"rows": [1]}', "application/json", FileBroken),
        (b'{"rows": [{"value": NaN}]}', "application/json", FileBroken),
        (b'{"rows": []}', "application/json", HeaderNotFound),
        (b"unit;\x81\xff\n", "text/csv", FileBroken),
    ],
)
def test_what_is_no_table_says_why(content: bytes, media_type: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_official(content, media_type)


def test_a_zero_byte_in_a_cell_is_shown_and_does_no_harm() -> None:
    assert csv("unit,indicator,month,value\n36\0,K2,2014-11,1\n").rows[0].unit == "36\ufffd"
