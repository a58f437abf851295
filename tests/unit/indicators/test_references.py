"""A population comes as CSV of one column or as JSON, and what cannot be read says why."""

import json

import pytest
from domain.sampling import MOST_REFERENCES, PopulationTooLarge
from indicators.formats.references import LARGEST, read_references
from indicators.usecases.errors import FileBroken, FileEmpty
from indicators.usecases.reviews.errors import NotOneColumn

CSV, JSON = "text/csv", "application/json"


@pytest.mark.parametrize(
    "content",
    [
        b"reference\nA-1\n\xc3\x84-2\n",
        b"\xef\xbb\xbfReference\r\nA-1\r\n\xc3\x84-2\r\n\r\n",
        b"reference\nA-1\n\xc4-2",
    ],
)
def test_csv_rows_count_from_the_header_and_umlauts_come_through(content: bytes) -> None:
    assert read_references(content, CSV) == [(2, "A-1"), (3, "Ä-2")]


def test_an_empty_row_between_others_is_kept_to_be_named() -> None:
    assert read_references(b"reference\na\n\nb\n", CSV) == [(2, "a"), (3, ""), (4, "b")]


def test_json_counts_from_one() -> None:
    assert read_references(json.dumps({"references": ["a", "b"]}).encode(), JSON) == [(1, "a"), (2, "b")]


@pytest.mark.parametrize(
    ("content", "row"), [(b"a1\na2\n", 1), (b"reference,name\na,b\n", 1), (b"reference\na1\na2,Meier\n", 3)]
)
def test_a_csv_has_one_column_with_its_name(content: bytes, row: int) -> None:
    with pytest.raises(NotOneColumn, match=f"row {row} "):
        read_references(content, CSV)


@pytest.mark.parametrize(
    "content",
    [b"[", b'["a"]', b'{"references": "a"}', b'{"references": [1]}', b'{"references": [], "x": 1}', b"[" * 99_999],
)
def test_json_of_another_shape_is_refused_with_a_sample(content: bytes) -> None:
    with pytest.raises(FileBroken):
        read_references(content, JSON)


def test_nothing_and_too_much_are_refused_before_they_are_read() -> None:
    with pytest.raises(FileEmpty):
        read_references(b" \n", CSV)
    with pytest.raises(PopulationTooLarge):
        read_references(b"x\n" * (MOST_REFERENCES + 2), CSV)
    with pytest.raises(PopulationTooLarge):
        read_references(b"x" * (LARGEST + 1), JSON)


@pytest.mark.parametrize("content", [b'reference\n"a\n', b"reference\n\x81\n"])
def test_a_csv_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(FileBroken):
        read_references(content, CSV)
