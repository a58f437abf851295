"""Tables as CSV: no text becomes a formula, and only German spreadsheets get their mark, semicolon and comma."""

from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

import pytest
from chassis.tables.cells import FORMULA, guarded, unguarded
from chassis.tables.liking import NotInThisForm, liked
from chassis.tables.writing import KNOWN, TableForm, table
from hypothesis import given
from hypothesis import strategies as st


@dataclass(frozen=True)
class Line:
    name: str
    figure: Decimal | int | None
    parts: tuple[str, ...] = ()


LINES = [Line("=1+1", Decimal("-1.50"), ("@x", "y")), Line("Süd; Ost", -3), Line("-", None)]
COLUMNS = ("name", "figure", "parts")


@pytest.mark.parametrize(
    ("form", "written", "media_type"),
    [
        (
            TableForm.CSV,
            "name,figure,parts\r\n'=1+1,-1.50,'@x y\r\nSüd; Ost,-3,\r\n'-,,\r\n",
            "text/csv; charset=utf-8",
        ),
        (
            TableForm.EXCEL_DE,
            "\ufeffname;figure;parts\r\n'=1+1;-1,50;'@x y\r\n\"Süd; Ost\";-3;\r\n'-;;\r\n",
            "text/csv; charset=utf-8; profile=excel-de",
        ),
    ],
)
def test_text_is_guarded_and_numbers_are_numbers(form: TableForm, written: str, media_type: str) -> None:
    answer = table(form, COLUMNS, LINES)
    assert (bytes(answer.body).decode(), answer.headers["content-type"]) == (written, media_type)


@given(st.text())
def test_what_is_guarded_is_no_formula_and_is_read_as_it_was(text: str) -> None:
    assert not guarded(text).startswith(FORMULA)
    assert unguarded(guarded(text)) == text or text.startswith("'")


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", None),
        ("*/*", None),
        ("text/csv", TableForm.CSV),
        ("text/csv; profile=excel-de", TableForm.EXCEL_DE),
        ("application/json, text/csv", None),
        ("application/json;q=0.5, text/csv; charset=utf-8; profile=excel-de", TableForm.EXCEL_DE),
        ("text/csv;q=0.1, application/json", None),
        ('text/csv; profile="excel-de"', TableForm.EXCEL_DE),
        ('application/json;q=0.5, Text/CSV; charset="utf-8, or so"; Profile="excel-de"; q=0.9', TableForm.EXCEL_DE),
        ("text/csv; profile=none", TableForm.CSV),
        ("text/csv;q=0, */*;q=0.1", None),
        ("text/*, application/xml", TableForm.CSV),
        ("application/*", None),
        (" , ;;q, text/csv", TableForm.CSV),
    ],
)
def test_a_client_gets_the_form_it_likes_best(accept: str, form: TableForm | None) -> None:
    assert liked(accept, KNOWN) is form


@pytest.mark.parametrize("accept", ["application/xml", "text/csv;q=0", "image/*", "nonsense"])
def test_a_client_that_takes_none_of_the_forms_is_told_which_there_are(accept: str) -> None:
    with pytest.raises(NotInThisForm) as refused:
        liked(accept, KNOWN)
    assert refused.value.forms == "application/json, text/csv, text/csv; profile=excel-de"


@given(st.text())
def test_whatever_a_client_says_it_takes_has_an_answer(accept: str) -> None:
    with suppress(NotInThisForm):
        assert liked(accept, KNOWN) in KNOWN.values()
