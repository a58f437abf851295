"""Official tables in: names, months and numbers as people and programs write them."""

import json
from pathlib import Path
from typing import Protocol

import pytest
from indicators.formats.official import read_official
from indicators.formats.official_cells import month_in
from indicators.formats.official_table import SLICE
from indicators.ports.delivered import DOUBT
from indicators.ports.media_types import MediaType
from indicators.ports.reconciled import OFFICIAL_COLUMNS, OfficialTable
from indicators.usecases.errors import FileBroken, FileEmpty
from indicators.usecases.reconciliations.errors import HeaderNotFound
from support.bad_files import workbook


class Opened(Protocol):
    def __call__(self, content: bytes, media_type: str = "text/csv") -> OfficialTable: ...


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    def read(content: bytes, media_type: str = "text/csv") -> OfficialTable:
        (tmp_path / "table").write_bytes(content)
        return read_official(tmp_path / "table", media_type)

    return read


def rows(table: OfficialTable, *columns: str) -> list[tuple[object, ...]]:
    return [row for some in table.slices for row in some.select("row", *columns).iter_rows()]


def cells(table: OfficialTable) -> list[tuple[object, ...]]:
    return rows(table, "unit", "indicator", "month", "value")


def values(table: OfficialTable) -> list[tuple[object, ...]]:
    return [row for some in table.slices for row in some.select("value", DOUBT).iter_rows()]


def a_sheet(*written: object) -> bytes:
    return workbook(("unit", "indicator", "month", "value"), *(("36402", "K2", "2014-11", value) for value in written))


def test_a_plain_csv_is_read_as_it_stands(opened: Opened) -> None:
    table = opened(b"unit,indicator,month,value\n36402,K2,2014-11,20.6\n", "text/csv")
    assert table.ignored == ()
    (some,) = table.slices
    assert some.columns == ["row", *OFFICIAL_COLUMNS, DOUBT]
    assert some.rows() == [(2, "36402", "K2", "2014-11", "20.6", "", "", "", None)]


def test_a_large_table_comes_in_slices_and_its_rows_are_counted_through(opened: Opened) -> None:
    lines = [f"36402;K2;2014-11;{number}" for number in range(SLICE + 1)]
    table = opened("\n".join(["Titel", "Einheit;Kennzahl;Monat;Wert", "", *lines]).encode(), "text/csv")
    first, second = table.slices
    assert (first.height, first["row"][0], second.rows()) == (
        SLICE,
        4,
        [(SLICE + 4, "36402", "K2", "2014-11", str(SLICE), "", "", "", None)],
    )


def test_of_whom_a_figure_tells_is_understood_in_both_languages(opened: Opened) -> None:
    names = ["", "insgesamt", "Total", "w", "Frauen", "weiblich", "M", "Männer", "divers"]
    lines = [f"36402;K2;2014-11;1;{name}" for name in names]
    table = opened("\n".join(["Einheit;Kennzahl;Monat;Wert;Geschlecht", *lines]).encode(), "text/csv")
    assert [sex for _, sex in rows(table, "sex")] == ["", "", "", "f", "f", "f", "m", "m", "divers"]


def test_a_german_table_under_its_title_is_understood(opened: Opened) -> None:
    content = (
        "Kennzahlen nach § 48a SGB II;;;;\n\nTräger-Nummer;Name;Kennzahl;Berichtsmonat;Wert (in %);Sicht\n"
        "36402;Mettmann;K2;November 2014;20,60;gleitende 12 Monate\n;;;;;\n36402;Mettmann;K3;12/2014;-1,3 %;Monat\n"
    )
    table = opened(content.encode("cp1252"), "text/csv")
    assert table.ignored == ("Name",)
    assert rows(table, "unit", "indicator", "month", "value", "view") == [
        (4, "36402", "K2", "2014-11", "20.60", "rolling_12"),
        (6, "36402", "K3", "2014-12", "-1.3", "month"),
    ]


def test_a_workbook_gives_numbers_and_days_as_they_are(opened: Opened) -> None:
    content = workbook(
        ("Einheit", "Kennzahl", "Monat", "Wert"),
        ("05158004", "K2", "2014-11-01", 20.6),
        ("36402", "K3", 201412, 7),
    )
    assert cells(opened(content, MediaType.XLSX)) == [
        (2, "05158004", "K2", "2014-11", "20.6"),
        (3, "36402", "K3", "2014-12", "7"),
    ]


def test_json_rows_keep_their_digits_and_count_from_one(opened: Opened) -> None:
    sent = [{"unit": "36402", "indicator": "K2", "month": "2014-11", "value": "20.60", "variant": "2"}]
    table = opened(json.dumps({"rows": sent}).encode(), "application/json")
    assert rows(table, "unit", "value", "variant") == [(1, "36402", "20.60", "2")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("20,6", "20.6"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("−0,5 %", "-0.5"),
        ("+3", "3"),
        ("20.613456789012345", "20.6134567890"),
        ("x", ""),
        ("–", ""),
        ("k. A.", ""),
        ("viele", "viele"),
        ("1e5", "1e5"),
        ("NaN", "NaN"),
    ],
)
def test_a_number_that_can_be_read_in_one_way_is_read(opened: Opened, written: str, read: str) -> None:
    assert values(opened(a_sheet(written), MediaType.XLSX)) == [(read, None)]


def test_all_numbers_of_a_table_show_how_one_is_meant(opened: Opened) -> None:
    in_doubt = [("18.300", "ambiguous_number")]
    assert values(opened(a_sheet("18.300"), MediaType.XLSX)) == in_doubt
    assert values(opened(a_sheet("18.300", "19,9"), MediaType.XLSX)) == [("18300", None), ("19.9", None)]
    assert values(opened(a_sheet(18.353, "18.300", "19,9"), MediaType.XLSX))[0] == ("18.353", None)
    assert values(opened(b"unit;indicator;month;value\n1;K2;2014-11;18.300\n")) == [("18300", None)]
    assert values(opened(b"unit\tindicator\tmonth\tvalue\n1\tK2\t2014-11\t18.300\n")) == in_doubt
    assert values(opened(b'unit,indicator,month,value\n1,K2,2014-11,"18,353"\n')) == [("18,353", "ambiguous_number")]


def test_what_shows_it_may_stand_far_behind(opened: Opened) -> None:
    lines = [f"1\tK2\t2014-11\t{value}" for value in ["18.300"] * (SLICE + 1) + ["19,9"]]
    told = values(opened("\n".join(["unit\tindicator\tmonth\tvalue", *lines]).encode()))
    assert set(told) == {("18300", None), ("19.9", None)}


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
    assert month_in(written) == read


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
        (b'{"rows": []}', "application/json", FileEmpty),
        (b"unit;\x81\xff\n", "text/csv", FileBroken),
    ],
)
def test_what_is_no_table_says_why(opened: Opened, content: bytes, media_type: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        next(opened(content, media_type).slices)


def test_what_breaks_behind_its_beginning_says_so_when_its_rows_are_read(opened: Opened) -> None:
    good = "36402,K2,2014-11,1\n" * SLICE
    table = opened(f'unit,indicator,month,value\n{good}"{"x" * 140_000}'.encode(), "text/csv")
    with pytest.raises(FileBroken):
        next(table.slices)


def test_a_zero_byte_in_a_cell_is_shown_and_does_no_harm(opened: Opened) -> None:
    assert rows(opened(b"unit,indicator,month,value\n36\0,K2,2014-11,1\n", "text/csv"), "unit") == [(2, "36\ufffd")]
