"""Rows put aside while a file is read: none is lost or doubled, whether memory or the disk holds them."""

import tempfile
from itertools import pairwise
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from indicators.persistence.aside import Aside

SCHEMA = {"unit": pl.Int32, "month": pl.Int32, "series": pl.Int32, "row": pl.Int64, "value": pl.String}
PLACES = st.tuples(st.integers(0, 3), st.integers(24_000, 24_030))


def slices_of(places: list[list[tuple[int, int]]]) -> list[pl.DataFrame]:
    """Give slices of a file whose rows are numbered through."""
    first, slices = 1, []
    for part in places:
        rows = [(unit, month, 0, first + number, "1") for number, (unit, month) in enumerate(part)]
        slices.append(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
        first += len(part)
    return slices


@given(places=st.lists(st.lists(PLACES, max_size=12), max_size=6), in_memory=st.integers(1, 60))
def test_rows_put_aside_come_back_once_year_after_year(places: list[list[tuple[int, int]]], in_memory: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        aside = Aside(Path(folder) / "rows", in_memory=in_memory, together=8)
        slices = slices_of(places)
        for rows in slices:
            aside.add(rows)
        given_back, again = list(aside.drain()), list(aside.drain())
        aside.close()
        assert not (Path(folder) / "rows").exists()
    put_aside = pl.concat([pl.DataFrame(schema=SCHEMA), *slices])
    assert pl.concat([pl.DataFrame(schema=SCHEMA), *given_back]).sort("row").equals(put_aside)
    assert [rows["row"].to_list() for rows in again] == [rows["row"].to_list() for rows in given_back]
    years = [{month // 12 for month in rows["month"].to_list()} for rows in given_back]
    assert all(max(earlier) <= min(later) for earlier, later in pairwise(years))


@given(places=st.lists(st.lists(PLACES, max_size=12), max_size=6), in_memory=st.integers(1, 60))
def test_what_stands_for_one_unit_and_month_is_given_back_together(
    places: list[list[tuple[int, int]]], in_memory: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        aside = Aside(Path(folder) / "rows", in_memory=in_memory, together=8)
        for rows in slices_of(places):
            aside.add(rows)
        met = [place for rows in aside.drain() for place in rows.select("unit", "month").unique().rows()]
    assert len(met) == len(set(met)) == len({place for part in places for place in part})
