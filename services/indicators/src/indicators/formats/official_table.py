"""Finding the header of an official table, and taking the rows under it slice by slice."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import TypeAlias

import polars as pl

from indicators.formats.columns import at_least_one
from indicators.formats.official_cells import month_of, number_of
from indicators.formats.official_words import NAMES, column_of, sex_of, view_of
from indicators.ports.reconciled import OFFICIAL_COLUMNS, OfficialTable
from indicators.usecases.errors import FileEmpty
from indicators.usecases.reconciliations.errors import HeaderNotFound

NEEDED = ("unit", "indicator", "month", "value")
MOST_LINES_ABOVE = 30
SLICE = 20_000
"""How many rows are held at once."""
SCHEMA = {"row": pl.Int64, **dict.fromkeys(OFFICIAL_COLUMNS, pl.String)}
Line: TypeAlias = Sequence[str]
Numbered: TypeAlias = Iterator[tuple[int, Line]]


def table_of(lines: Iterator[Line], *, first: int, german: bool = False) -> OfficialTable:
    """Find the header, which may stand below a title, and give the rows under it; `first` is the first line's row."""
    numbered = enumerate(lines, start=first)
    head = list(islice(numbered, MOST_LINES_ABOVE))
    top = _header([line for _, line in head])
    names = head[top][1]
    columns = [column_of(name) for name in names]
    where = {column: columns.index(column) for column in NAMES if column in columns}
    ignored = [name.strip() for place, name in enumerate(names) if name.strip() and place not in where.values()]
    below = chain(head[top + 1 :], numbered)
    return OfficialTable(slices=at_least_one(_slices(below, where, german=german)), ignored=tuple(ignored))


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


def _slices(lines: Numbered, where: Mapping[str, int], *, german: bool) -> Iterator[pl.DataFrame]:
    notation: Mapping[str, Callable[[str], str]] = {
        "month": month_of,
        "value": partial(number_of, german=german),
        "view": view_of,
        "sex": sex_of,
    }
    there = ((number, line) for number, line in lines if any(map(str.strip, line)))
    while rows := list(islice(there, SLICE)):
        columns: dict[str, list[int] | list[str]] = {"row": [number for number, _ in rows]}
        for column in OFFICIAL_COLUMNS:
            place = where.get(column)
            cells = [""] * len(rows) if place is None else [_cell(line, place) for _, line in rows]
            columns[column] = _in_our_notation(cells, notation[column]) if column in notation else cells
        yield pl.DataFrame(columns, schema=SCHEMA)


def _in_our_notation(cells: list[str], written: Callable[[str], str]) -> list[str]:
    """Write cells as we do; the same text is understood once."""
    known = {cell: written(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _cell(line: Line, place: int) -> str:
    return line[place].strip() if place < len(line) else ""
