"""Cursors are opaque, and only the ones a list gave are taken back."""

import pytest
from chassis.paging import BadCursor, cursor_of, integer_of, key_of
from hypothesis import given
from hypothesis import strategies as st


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_a_cursor_gives_its_key_back(key: list[str]) -> None:
    assert key_of(cursor_of(*key), len(key)) == tuple(key)


@pytest.mark.parametrize("cursor", ["", "x", "!!!", "bnVsbA", "WzFd", "e30", "W1tdLFtdXQ", "ÿ"])
def test_another_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        key_of(cursor, 2)


@pytest.mark.parametrize("cursor", ["-1", "1.0", "", " 1", "9" * 19, "٣", "²"])
def test_a_feed_counts_positions(cursor: str) -> None:
    with pytest.raises(BadCursor):
        integer_of(cursor)
