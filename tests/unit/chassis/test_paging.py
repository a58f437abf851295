"""Cursors are opaque, and only the ones a list gave are taken back."""

import pytest
from chassis.paging import BadCursor, Window, cursor_of, integer_of, key_of
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel


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


class Named(BaseModel):
    id: int
    name: str = ""


class Said(BaseModel):
    text: str


class NamedPage(BaseModel):
    items: list[Named]
    next: str | None


class SaidPage(BaseModel):
    items: list[Said]
    next: str | None


@given(numbers=st.lists(st.integers(1, 99), unique=True, max_size=12), limit=st.integers(1, 5))
def test_the_pages_of_a_list_made_whole_are_the_list(numbers: list[int], limit: int) -> None:
    items, seen, cursor = [Named(id=number) for number in numbers], [], None
    while True:
        page = Window(limit, cursor).page(NamedPage, items)
        assert len(page.items) <= limit
        seen += page.items
        cursor = page.next
        if cursor is None:
            break
    assert seen == items


def test_what_is_said_twice_stands_on_its_own_page() -> None:
    items = [Said(text="a"), Said(text="a"), Said(text="a")]
    first = Window(1, None).page(SaidPage, items)
    second = Window(1, first.next).page(SaidPage, items)
    assert (Window(1, second.next).page(SaidPage, items).next, first.next != second.next) == (None, True)


def test_a_page_goes_on_behind_its_last_item_though_others_came_and_changed() -> None:
    first = Window(1, None).page(NamedPage, [Named(id=1), Named(id=2)])
    later = Window(1, first.next).page(NamedPage, [Named(id=0), Named(id=1, name="anders"), Named(id=2)])
    assert later.items == [Named(id=2)]


def test_a_cursor_whose_item_is_gone_is_refused() -> None:
    first = Window(1, None).page(NamedPage, [Named(id=1), Named(id=2)])
    with pytest.raises(BadCursor):
        Window(1, first.next).page(NamedPage, [Named(id=2)])
