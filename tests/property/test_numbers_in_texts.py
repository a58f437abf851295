"""Numbers in texts: a file that one hand wrote is read as it was meant, or the cell is a finding; never otherwise."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from indicators.formats.numbers import notation, plainly
from indicators.ports.delivered import DOUBT

NUMBERS = st.lists(
    st.decimals(min_value=-(10**9), max_value=10**9, places=3) | st.integers(-(10**9), 10**9).map(Decimal), min_size=1
)


def written(number: Decimal, sign: str, *, grouped: bool) -> str:
    text = f"{number:,f}" if grouped else f"{number:f}"
    return text if sign == "." else text.translate(str.maketrans(",.", ".,"))


def read(texts: list[str], usual: str | None, named: str | None = None) -> list[tuple[str, str | None]]:
    frame = pl.DataFrame({"value": texts}, schema={"value": pl.String})
    return plainly(frame, ["value"], notation([frame], usual, named)).select("value", DOUBT).rows()


@given(NUMBERS, st.sampled_from([",", "."]), st.booleans())
def test_a_sheet_is_read_as_it_was_meant_or_said_to_be_in_doubt(
    numbers: list[Decimal], sign: str, grouped: bool
) -> None:
    texts = [written(number, sign, grouped=grouped) for number in numbers]
    for number, text, (value, doubt) in zip(numbers, texts, read(texts, None), strict=True):
        assert value == text if doubt else Decimal(value) == number


@given(NUMBERS, st.sampled_from([",", "."]), st.booleans())
def test_where_the_sign_is_named_nothing_is_in_doubt(numbers: list[Decimal], sign: str, grouped: bool) -> None:
    texts = [written(number, sign, grouped=grouped) for number in numbers]
    assert [(Decimal(value), doubt) for value, doubt in read(texts, None, sign)] == [(one, None) for one in numbers]


@given(
    st.lists(st.text("0123456789,.-", max_size=9), min_size=1).flatmap(
        lambda texts: st.tuples(st.just(texts), st.permutations(texts))
    ),
    st.sampled_from([",", ".", None]),
)
def test_the_order_of_the_rows_does_not_matter(both: tuple[list[str], list[str]], usual: str | None) -> None:
    texts, mixed = both
    assert dict(zip(texts, read(texts, usual), strict=True)) == dict(zip(mixed, read(mixed, usual), strict=True))


@pytest.mark.parametrize(
    ("texts", "usual", "expected"),
    [
        (["1.200"], None, [("1.200", "ambiguous_number")]),
        (["18,353"], None, [("18,353", "ambiguous_number")]),
        (["1.200", "1.234,0", "711.192,79"], None, [("1200", None), ("1234.0", None), ("711192.79", None)]),
        (["1.200", "1.234.567"], None, [("1200", None), ("1234567", None)]),
        (["18.300", "19,9"], None, [("18300", None), ("19.9", None)]),
        (["18.300", "19.9"], None, [("18.300", None), ("19.9", None)]),
        (["18,300", "19.9"], None, [("18300", None), ("19.9", None)]),
        (["0.120"], None, [("0.120", None)]),
        (["12,5", "7.5", "1.200"], None, [("12.5", None), ("7.5", "mixed_decimals"), ("1.200", "ambiguous_number")]),
        (["1.200"], ";", [("1200", None)]),
        (["1.200"], ",", [("1.200", None)]),
        (["18,353"], ",", [("18,353", "ambiguous_number")]),
        (["18,353", "1.200"], ",", [("18,353", "ambiguous_number"), ("1.200", None)]),
        (["12,5", "1.200"], ",", [("12.5", None), ("1200", None)]),
        (["12,5", "7.5"], ",", [("12,5", "mixed_decimals"), ("7.5", None)]),
        (["12,5", "7.5"], ";", [("12.5", None), ("7.5", "mixed_decimals")]),
        (["withdrawn", "", "1e5", "1.2.3"], None, [(text, None) for text in ("withdrawn", "", "1e5", "1.2.3")]),
    ],
)
def test_all_numbers_of_a_file_show_how_one_is_meant(
    texts: list[str], usual: str | None, expected: list[tuple[str, str | None]]
) -> None:
    assert read(texts, {",": ".", ";": ","}.get(usual or "")) == expected
