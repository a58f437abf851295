"""Finding the header of an official table, and taking the rows under it slice by slice."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TypeAlias

import polars as pl

from indicators.formats.numbers import notation, plainly
from indicators.formats.official_cells import Digits, bare, month_in, rounded
from indicators.formats.official_words import NAMES, column_of, sex_of, view_of
from indicators.ports.delivered import DOUBT
from indicators.ports.reconciled import OFFICIAL_COLUMNS, OfficialTable
from indicators.usecases.errors import FileEmpty
from indicators.usecases.reconciliations.errors import HeaderNotFound

NEEDED = ("unit", "indicator", "month", "value")
MOST_LINES_ABOVE = 30
SLICE = 20_000
"""How many rows are held at once."""
NOTATION: Mapping[str, Callable[[str], str]] = {"month": month_in, "value": bare, "view": view_of, "sex": sex_of}
SCHEMA = {"row": pl.Int64, **dict.fromkeys(OFFICIAL_COLUMNS, pl.String)}
Line: TypeAlias = Sequence[str]
Lines: TypeAlias = Callable[[], Iterator[Line]]
"""A table's lines from the first on, as often as they are asked for."""
Numbered: TypeAlias = Iterator[tuple[int, Line]]


def table_of(lines: Lines, *, first: int, usual: str | None) -> OfficialTable:
    """
    Find the header, which may stand below a title, and give the rows under it; `first` is the first line's row.

    The lines are gone through twice: how numbers are written is known at their end, `usual` is what it is otherwise.
    """
    head = list(islice(lines(), MOST_LINES_ABOVE))
    top = _header(head)
    names = head[top]
    columns = [column_of(name) for name in names]
    where = {column: columns.index(column) for column in NAMES if column in columns}
    ignored = [name.strip() for place, name in enumerate(names) if name.strip() and place not in where.values()]
    below = partial(_below, lines, top, first)
    if next(below(), None) is None:
        raise FileEmpty
    return OfficialTable(slices=_slices(below, where, usual), ignored=tuple(ignored))


def _below(lines: Lines, top: int, first: int) -> Numbered:
    numbered = islice(enumerate(lines(), start=first), top + 1, None)
    return ((number, line) for number, line in numbered if any(map(str.strip, line)))


def _header(lines: Sequence[Line]) -> int:
    if not any(name.strip() for line in lines for name in line):
        raise FileEmpty

    def missing(line: Line) -> list[str]:
        known = {column_of(name) for name in line}
        return [name for name in NEEDED if name not in known]

    lacking = [missing(line) for line in lines]
    top = min(range(len(lacking)), key=lambda number: len(lacking[number]))
    if lacking[top]:
        raise HeaderNotFound(", ".join(lacking[top]))
    return top


def _slices(below: Callable[[], Numbered], where: Mapping[str, int], usual: str | None) -> Iterator[pl.DataFrame]:
    written = notation((_texts(rows, where["value"]) for rows in _sliced(below())), usual)
    for rows in _sliced(below()):
        columns: dict[str, list[int] | list[str]] = {"row": [number for number, _ in rows]}
        for column in OFFICIAL_COLUMNS:
            place = where.get(column)
            cells = [""] * len(rows) if place is None else [_cell(line, place) for _, line in rows]
            columns[column] = _in_our_notation(cells, NOTATION[column]) if column in NOTATION else cells
        plain = plainly(_texts(rows, where["value"]), ["value"], written)
        values = plain.select(pl.coalesce("value", pl.Series(columns["value"])))["value"]
        columns["value"] = _in_our_notation(values.to_list(), rounded)
        yield pl.DataFrame(columns, schema=SCHEMA).with_columns(plain[DOUBT])


def _sliced(rows: Numbered) -> Iterator[Sequence[tuple[int, Line]]]:
    while some := list(islice(rows, SLICE)):
        yield some


def _texts(rows: Sequence[tuple[int, Line]], place: int) -> pl.DataFrame:
    """Give the values that are written as texts; what a cell holds as a number is left out."""
    held = [place < len(line) and isinstance(line[place], Digits) for _, line in rows]
    texts = _in_our_notation([_cell(line, place) for _, line in rows], bare)
    return pl.DataFrame({"value": texts, "held": held}).select(pl.when(~pl.col("held")).then("value"))


def _in_our_notation(cells: list[str], written: Callable[[str], str]) -> list[str]:
    """Write cells as we do; the same text is understood once."""
    known = {cell: written(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _cell(line: Line, place: int) -> str:
    return line[place].strip() if place < len(line) else ""
