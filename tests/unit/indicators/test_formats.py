"""Files in: every format gives the same columns, and what cannot be read says why."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from domain.delivery import DeliveryKind
from domain.profile import PLAIN, MappingProfile, MonthForm
from domain.unit import Units
from indicators.formats.blank import blank
from indicators.formats.blocks import BLOCK
from indicators.formats.columns import Reader
from indicators.formats.csv import read_csv
from indicators.formats.json import read_json
from indicators.formats.returning import give_back
from indicators.formats.workbook import read_ods, read_xlsx
from indicators.ports.media_types import MediaType
from indicators.usecases.errors import (
    ColumnsMissing,
    ColumnsTwice,
    ColumnsUnknown,
    FileBroken,
    FileEmpty,
    FileUnreadable,
    TooManyColumns,
)
from indicators.usecases.translating import translated
from support.files import read_whole
from support.open_document import open_document

HEADER = "unit,variable,month,value"


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("unit", "variable", "month", "value"), *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def first(frame: pl.DataFrame) -> dict[str, object]:
    return frame.row(0, named=True)


def far_away() -> bytes:
    """Write a workbook with one forgotten cell in its last corner."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(","))
    sheet["XFD1048576"] = " "
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("12,5", "12.5"),
        ("1.234,56", "1234.56"),
        ("1.234.567", "1234567"),
        ("-1.000", "-1000"),
        ("12.5", "12.5"),
        ("17283", "17283"),
        ("1,2,3", "1,2,3"),
        ("", ""),
    ],
)
def test_german_numbers_are_read_plainly_in_semicolon_files(value: str, read: str) -> None:
    frame = read_whole(read_csv, f"unit;variable;month;value\n05158004;elb_stock;2014-11;{value}\n".encode())
    assert (first(frame)["value"] or "") == read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_umlauts_survive_every_usual_encoding(encoding: str, newline: str) -> None:
    text = newline.join([HEADER, "Wülfrath,elb_stock,2014-11,1", ""])
    row = first(read_whole(read_csv, text.encode(encoding)))
    assert (row["row"], row["unit"], row["value"]) == (2, "Wülfrath", "1")


def test_digits_stay_as_they_are_written() -> None:
    assert first(read_whole(read_csv, f"{HEADER}\n05158,x,2014-01,90295768.00\n".encode()))["value"] == "90295768.00"
    assert (
        first(read_whole(read_json, b'[{"unit":"1","variable":"x","month":"2014-01","value":12.50}]'))["value"]
        == "12.50"
    )


def test_leading_zeros_of_codes_stay() -> None:
    sheet = read_whole(read_xlsx, workbook(("05158004", "elb_stock", "2014-11", "4821")))
    assert (first(sheet)["row"], first(sheet)["unit"]) == (2, "05158004")


def test_a_number_in_a_workbook_is_read_as_its_digits() -> None:
    assert first(read_whole(read_xlsx, workbook(("05158004", "elb_stock", "2014-11", 12.5))))["value"] == "12.5"


@pytest.mark.parametrize("profile", [PLAIN, MappingProfile(decimal=",")])
def test_a_number_in_a_sheet_is_one_whatever_texts_beside_it_show(profile: MappingProfile) -> None:
    place = ("05158004", "elb_stock", "2014-11")
    rows = [(*place, value) for value in (1.234, "1.200", "711.192,79", 4821)]
    for reader, content in ((read_xlsx, workbook(*rows)), (read_ods, open_document(tuple(HEADER.split(",")), *rows))):
        sheet = read_whole(reader, content, profile=profile)
        assert sheet["value"].to_list() == ["1.234", "1200", "711192.79", "4821"]


def test_what_shows_how_numbers_are_written_may_stand_far_behind() -> None:
    row = "05158004\telb_stock\t2014-11\t"
    content = "\n".join([HEADER.replace(",", "\t"), *[f"{row}1.200"] * 100_000, f"{row}0,5"]).encode()
    assert len(content) > BLOCK
    assert read_whole(read_csv, content)["value"].unique(maintain_order=True).to_list() == ["1200", "0.5"]


def test_a_sheet_comes_back_with_its_numbers_as_numbers(tmp_path: Path) -> None:
    (tmp_path / "sheet").write_bytes(
        workbook(("05158004", "elb_stock", "2014-13", 1.234), ("1", "x", "2014-11", "1.234"))
    )
    found = {2: ("bad_month", "month", "write it right")}
    back = b"".join(give_back(tmp_path / "sheet", MediaType.XLSX, PLAIN, found).content)
    sheet = openpyxl.load_workbook(io.BytesIO(back)).active
    assert sheet is not None
    assert [[cell.value for cell in row[3:5]] for row in sheet.iter_rows()] == [
        ["value", "finding_code"],
        [1.234, "bad_month"],
        ["1.234", None],
    ]


def test_a_workbook_to_be_filled_in_keeps_codes_and_months_as_they_are_typed() -> None:
    row = {"unit": "05158004", "variable": "elb_stock", "month": "2014-11", "value": ""}
    content = blank(MediaType.XLSX, pl.DataFrame([row]), DeliveryKind.OBSERVATIONS)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert [sheet[f"{column}2"].number_format for column in "ABCD"] == ["@", "General", "@", "General"]
    assert [sheet.column_dimensions[column].number_format for column in "AC"] == ["@", "@"]


@pytest.mark.parametrize(("form", "written"), [(MonthForm.GERMAN_DAY, "30.11.2014"), (MonthForm.ISO_DAY, "2014-11-30")])
def test_who_names_months_by_their_days_may_hold_days_in_cells(form: MonthForm, written: str) -> None:
    rows = [("1", "elb_stock", month, 1) for month in (written, date(2014, 11, 30), "2014-11")]
    profile = MappingProfile(months=form)
    for reader, content in ((read_xlsx, workbook(*rows)), (read_ods, open_document(tuple(HEADER.split(",")), *rows))):
        read = translated(read_whole(reader, content, profile=profile), profile, Units.of([], []))
        assert read["month"].to_list() == ["2014-11"] * 3


def test_json_takes_an_object_or_a_list_of_rows() -> None:
    row = {"unit": "05158004", "variable": "elb_stock", "month": "2014-11", "value": "4821"}
    both = [json.dumps([row]).encode(), json.dumps({"rows": [row]}).encode()]
    assert [first(read_whole(read_json, content)) for content in both] == [{"row": 1, **row}] * 2


@pytest.mark.parametrize(
    ("read", "content", "problem"),
    [
        (read_csv, b"", FileEmpty),
        (read_csv, b"\n", FileEmpty),
        (read_csv, HEADER.encode(), FileEmpty),
        (read_csv, f"{HEADER}\n".encode(), FileEmpty),
        (read_csv, b"unit,month,value\n1,2,3\n", ColumnsMissing),
        (read_csv, f"{HEADER},height\n1,2,3,4,5\n".encode(), ColumnsUnknown),
        (read_csv, f"{HEADER},value\n1,2,3,4,5\n".encode(), ColumnsTwice),
        (read_csv, (",".join(f"c{n}" for n in range(200)) + "\n1\n").encode(), TooManyColumns),
        (read_csv, b"u" * 3_000_000 + b"\n1\n", FileBroken),
        (read_csv, b"unit,variable,month,value\n\x81\x8d\x8f,2,3,4\n", FileBroken),
        (read_json, b"", FileEmpty),
        (read_json, b"[]", FileEmpty),
        (read_json, b'{"rows": []}', FileEmpty),
        (read_json, b"[NaN]", FileBroken),
        (read_json, b"[1, 2]", FileBroken),
        (read_json, b'{"rows": 1}', FileBroken),
        (read_json, b'[{"unit": ', FileBroken),
        (read_json, b"[" * 100_000, FileBroken),
        (read_xlsx, b"PK\x03\x04", FileBroken),
        (read_xlsx, workbook(("1", "2", "2014-01", "3"))[:-400], FileBroken),
        (read_xlsx, bomb(), FileBroken),
        (read_xlsx, far_away(), FileBroken),
        (read_xlsx, workbook(), FileEmpty),
    ],
)
def test_what_cannot_be_read_says_why(read: Reader, content: bytes, problem: type[FileUnreadable]) -> None:
    with pytest.raises(problem) as refused:
        read_whole(read, content)
    assert refused.value.detail("en")
    assert refused.value.detail("de")
