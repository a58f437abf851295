"""Tables in: every format gives the same rows, and what cannot be read says why."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal

import openpyxl
import pytest
from agreements.formats import csv, table, xlsx
from agreements.formats import json as json_format
from agreements.formats.reader import read
from agreements.usecases.planning_errors import (
    TableBroken,
    TableEmpty,
    TableTooLarge,
    TableUnreadable,
    WrongColumns,
)
from domain.reference_row import Row, number_of

NAMES = ["unit", "indicator", "direction", "value", "low", "high"]
HEADER = ",".join(NAMES)
LINE = "05158,K2,at_least,20.6,20,21"
CELLS = dict(zip(NAMES, LINE.split(","), strict=True))
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(content: bytes, parts: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(parts):
            made.writestr(f"xl/worksheets/sheet{number}.xml", content)
    return out.getvalue()


FILES: Mapping[str, bytes] = {
    "text/csv": f"{HEADER}\n{LINE}\n".encode(),
    WORKBOOK: workbook(tuple(NAMES), ("05158", "K2", "at_least", 20.6, 20, 21)),
    "application/json": json.dumps({"rows": [CELLS]}).encode(),
}


@pytest.mark.parametrize("media_type", FILES)
def test_every_format_gives_the_same_row(media_type: str) -> None:
    (row,) = read(FILES[media_type], media_type)
    assert row == Row(number=1 if media_type == "application/json" else 2, cells=CELLS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_umlauts_survive_every_usual_encoding(encoding: str, newline: str) -> None:
    text = newline.join([f"{HEADER},basis", f"{LINE},Schätzung für Wülfrath", ""])
    (row,) = csv.read_csv(text.encode(encoding))
    assert row.cells["basis"] == "Schätzung für Wülfrath"


def test_a_semicolon_file_has_decimal_commas_and_rows_keep_their_numbers() -> None:
    content = f"{HEADER.replace(',', ';')}\n\n05158;K2;at_least;1.020,6;20;21\n;;;;;\n05162;K2;at_least;;;\n"
    first, second = csv.read_csv(content.encode())
    assert (first.number, second.number, first.comma) == (3, 5, True)
    assert number_of(first.cells["value"], comma=first.comma) == Decimal("1020.6")


def test_what_a_guarded_cell_hides_from_formulas_is_read_as_it_was() -> None:
    (row,) = csv.read_csv(f"{HEADER},basis\n{LINE},'=1+1\n".encode())
    assert row.cells["basis"] == "=1+1"


def test_cells_beyond_the_header_are_not_lost_in_silence() -> None:
    (row,) = csv.read_csv(f"{HEADER}\n{LINE},22\n".encode())
    assert row.cells[""] == "22"


def test_digits_of_json_and_workbooks_stay_as_they_are_written() -> None:
    (row,) = json_format.read_json(json.dumps([CELLS]).replace('"20.6"', "20.60").encode())
    assert row.cells["value"] == "20.60"
    (row,) = xlsx.read_xlsx(workbook(tuple(NAMES), ("05158", "K2", "at_least", 0.0000206, "20", "21")))
    assert row.cells["value"] == "0.0000206"


@pytest.mark.parametrize(
    ("reader", "content", "problem"),
    [
        (csv.read_csv, b"", TableEmpty),
        (csv.read_csv, b"\n", TableEmpty),
        (csv.read_csv, HEADER.encode(), TableEmpty),
        (csv.read_csv, b"unit,indicator,value\n1,2,3\n", WrongColumns),
        (csv.read_csv, f"{HEADER},height\n{LINE},5\n".encode(), WrongColumns),
        (csv.read_csv, f"{HEADER},value\n{LINE},5\n".encode(), WrongColumns),
        (csv.read_csv, f'{HEADER}\n"05158"x,K2\n'.encode(), TableBroken),
        (csv.read_csv, f'{HEADER}\n{LINE},"'.encode() + b"x" * 200_000 + b'"', TableBroken),
        (csv.read_csv, HEADER.encode() + b"\n\x81\x8d\x8f", TableBroken),
        (json_format.read_json, b" ", TableEmpty),
        (json_format.read_json, b'{"rows": []}', TableEmpty),
        (json_format.read_json, b'{"rows": 1}', TableBroken),
        (json_format.read_json, b"[NaN]", TableBroken),
        (json_format.read_json, b"\xff", TableBroken),
        (json_format.read_json, b"[" * 100_000, TableBroken),
        (xlsx.read_xlsx, b"PK\x03\x04", TableBroken),
        (xlsx.read_xlsx, FILES[WORKBOOK][:-400], TableBroken),
        (xlsx.read_xlsx, archive(b"0" * 50_000_000), TableBroken),
        (xlsx.read_xlsx, archive(b"", parts=2_000), TableBroken),
        (xlsx.read_xlsx, archive(b"<x/>"), TableBroken),
        (xlsx.read_xlsx, workbook(), TableEmpty),
        (xlsx.read_xlsx, workbook(tuple(NAMES)), TableEmpty),
    ],
)
def test_what_cannot_be_read_says_why(
    reader: Callable[[bytes], list[Row]], content: bytes, problem: type[TableUnreadable]
) -> None:
    with pytest.raises(problem) as refused:
        reader(content)
    assert refused.value.detail("en")
    assert refused.value.detail("de")


def test_more_rows_than_one_upload_takes_are_refused() -> None:
    with pytest.raises(TableTooLarge):
        csv.read_csv(f"{HEADER}\n".encode() + f"{LINE}\n".encode() * (table.MOST_ROWS + 1))
