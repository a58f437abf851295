"""A sender's own file comes back as it was: its characters, its sheets, its formulas, and findings beside its rows."""

import codecs
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from domain.profile import PLAIN, MappingProfile
from indicators.formats.returning import give_back
from indicators.formats.workbook import read_xlsx
from indicators.ports.delivered import Found
from indicators.ports.media_types import MediaType
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from support.files import read_whole

FOUND = {3: ("bad_month", "month", "Monat als JJJJ-MM & <nur so>"), 4: ("not_a_decimal", "value", "Größe")}
NAMES = ("unit", "variable", "month", "value")


def workbook(*changes: Callable[[Worksheet], object]) -> bytes:
    """Write a workbook with a table, a formula, formats, and a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Meldung"
    for row in (NAMES, ("05158004", "elb_stock", "2011-01", 4821.5), ("1", "2", "3", 4), ("1", "2", "3", "=2+3")):
        sheet.append(row)
    sheet["D2"].number_format = "0.00"
    sheet["A1"].font = Font(bold=True)
    book.create_sheet("Hinweise")["A1"] = "bitte lesen"
    for change in changes:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def returned(folder: Path, content: bytes, found: Found = FOUND) -> bytes:
    sent = folder / "sent.xlsx"
    sent.write_bytes(content)
    return b"".join(give_back(sent, MediaType.XLSX, PLAIN, found).content)


def opened(content: bytes) -> Worksheet:
    sheet: Worksheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return sheet


def texts(sheet: Worksheet, row: int, first: int) -> tuple[object, ...]:
    return tuple(sheet.cell(row, column).value for column in range(first, first + 3))


def test_numbers_formats_formulas_and_sheets_of_a_workbook_stay(tmp_path: Path) -> None:
    back = returned(tmp_path, workbook())
    sheet = opened(back)
    assert (sheet.title, sheet["D2"].value, sheet["D2"].number_format) == ("Meldung", 4821.5, "0.00")
    assert (sheet["D4"].value, sheet["A1"].font.b) == ("=2+3", True)
    assert openpyxl.load_workbook(io.BytesIO(back))["Hinweise"]["A1"].value == "bitte lesen"


def test_findings_stand_behind_the_cells_of_their_rows(tmp_path: Path) -> None:
    sheet = opened(returned(tmp_path, workbook()))
    assert texts(sheet, 1, 5) == ("finding_code", "finding_column", "finding_detail")
    assert texts(sheet, 2, 5) == (None, None, None)
    assert texts(sheet, 3, 5) == FOUND[3]
    assert texts(sheet, 4, 5) == FOUND[4]


def test_a_returned_workbook_is_read_as_the_one_that_was_sent(tmp_path: Path) -> None:
    sent = workbook()
    assert read_whole(read_xlsx, returned(tmp_path, sent)).equals(read_whole(read_xlsx, sent))


def test_all_other_parts_of_a_workbook_stay_as_they_are(tmp_path: Path) -> None:
    sent = workbook()
    with zipfile.ZipFile(io.BytesIO(sent)) as before, zipfile.ZipFile(io.BytesIO(returned(tmp_path, sent))) as after:
        assert after.namelist() == before.namelist()
        differing = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert differing == ["xl/worksheets/sheet1.xml"]


def formatted_far(sheet: Worksheet) -> None:
    for column in (5, 6, 7, 8, 20):
        sheet.cell(3, column).font = Font(bold=True)


def test_cells_that_are_only_formatted_give_way_to_findings(tmp_path: Path) -> None:
    sheet = opened(returned(tmp_path, workbook(formatted_far)))
    assert texts(sheet, 3, 5) == FOUND[3]
    assert (sheet.cell(3, 8).font.b, sheet.cell(3, 20).font.b) == (True, True)


def test_a_remark_beside_the_table_is_not_written_over(tmp_path: Path) -> None:
    sheet = opened(returned(tmp_path, workbook(lambda sheet: sheet.cell(4, 6, "siehe Anlage"))))
    assert (sheet["F4"].value, texts(sheet, 4, 7)) == ("siehe Anlage", FOUND[4])


def test_a_table_that_begins_further_down_has_its_findings_beside_its_rows(tmp_path: Path) -> None:
    sheet = opened(returned(tmp_path, workbook(lambda sheet: sheet.insert_rows(1, 2))))
    assert (texts(sheet, 3, 5)[0], texts(sheet, 5, 5)) == ("finding_code", FOUND[3])


def with_sheet(sent: bytes, change: Callable[[str], str]) -> bytes:
    """Write a workbook's first sheet otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sent)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, change(content.decode()) if "sheet1" in name else content)
    return out.getvalue()


def test_a_sheet_written_with_prefixes_and_without_addresses_comes_back_too(tmp_path: Path) -> None:
    sheet = opened(returned(tmp_path, with_sheet(workbook(), plainer)))
    assert texts(sheet, 3, 5) == FOUND[3]


def plainer(sheet: str) -> str:
    """Write the elements of a sheet with a prefix, and its cells one behind the other."""
    return re.sub(r'<x:c r="[A-Z]+[0-9]+"', "<x:c", prefixed(sheet))


def prefixed(sheet: str) -> str:
    return sheet.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=")


def test_a_workbook_without_room_for_findings_comes_back_as_a_new_one(tmp_path: Path) -> None:
    sheet = opened(returned(tmp_path, workbook(lambda sheet: sheet.cell(1, 16_382, "x"))))
    assert sheet.title == "Sheet1"


def test_a_workbook_that_is_built_oddly_comes_back_as_a_new_one(tmp_path: Path) -> None:
    sheet = opened(returned(tmp_path, with_sheet(workbook(), "{}<odd>".format)))
    assert (sheet.title, texts(sheet, 3, 5)) == ("Sheet1", FOUND[3])


@pytest.mark.parametrize(
    ("content", "profile", "charset"),
    [
        ("unit\nä\n".encode(), PLAIN, "utf-8"),
        ("unit\nä\n".encode("utf-8-sig"), PLAIN, "utf-8"),
        ("unit\nä\n".encode("cp1252"), PLAIN, "windows-1252"),
        (codecs.BOM_UTF16_LE + "unit\nä\n".encode("utf-16-le"), PLAIN, "utf-16"),
        (codecs.BOM_UTF16_BE + "unit\nä\n".encode("utf-16-be"), PLAIN, "utf-16"),
        ("unit\n€\n".encode("iso-8859-15"), MappingProfile(encoding="iso-8859-15"), "iso-8859-15"),
        ("unit\nä\n".encode("utf-16-le"), MappingProfile(encoding="utf-16-le"), "utf-16le"),
    ],
)
def test_a_text_file_says_how_its_characters_are_written(
    content: bytes, profile: MappingProfile, charset: str, tmp_path: Path
) -> None:
    sent = tmp_path / "sent.csv"
    sent.write_bytes(content)
    written = give_back(sent, MediaType.CSV, profile, {})
    assert written.charset == charset
    assert b"".join(written.content).decode(charset).lstrip("\ufeff").startswith("unit")
