"""Finding the header of an official table, and taking the rows under it."""

from collections.abc import Mapping, Sequence

from indicators.formats.official_cells import month_of, number_of
from indicators.formats.official_words import NAMES, column_of, view_of
from indicators.ports.reconciled import OfficialRow, OfficialTable
from indicators.usecases.errors import FileEmpty
from indicators.usecases.reconciling_errors import HeaderNotFound

NEEDED = ("unit", "indicator", "month", "value")
MOST_LINES_ABOVE = 30
Table = Sequence[Sequence[str]]


def table_of(lines: Table, *, first: int, german: bool = False) -> OfficialTable:
    """Find the header, which may stand below a title, and take the rows under it."""
    top = _header(lines)
    columns = [column_of(name) for name in lines[top]]
    where = {column: columns.index(column) for column in NAMES if column in columns}
    rows = [(number, line) for number, line in enumerate(lines) if number > top and any(map(str.strip, line))]
    if not rows:
        raise FileEmpty
    cells = [(number, {c: _cell(line, place) for c, place in where.items()}) for number, line in rows]
    ignored = [name.strip() for place, name in enumerate(lines[top]) if name.strip() and place not in where.values()]
    return OfficialTable(
        rows=[_row(number + first, cell, german=german) for number, cell in cells], ignored=tuple(ignored)
    )


def _header(lines: Table) -> int:
    def missing(line: Sequence[str]) -> list[str]:
        known = {column_of(name) for name in line}
        return [name for name in NEEDED if name not in known]

    lacking = [missing(line) for line in lines[:MOST_LINES_ABOVE]]
    top = min(range(len(lacking)), key=lambda number: len(lacking[number]), default=None)
    if top is None:
        raise FileEmpty
    if lacking[top]:
        raise HeaderNotFound(", ".join(lacking[top]))
    return top


def _row(number: int, cell: Mapping[str, str], *, german: bool) -> OfficialRow:
    return OfficialRow(
        row=number,
        unit=cell["unit"],
        indicator=cell["indicator"],
        month=month_of(cell["month"]),
        value=number_of(cell["value"], german=german),
        view=view_of(cell.get("view", "")),
        variant=cell.get("variant", ""),
    )


def _cell(line: Sequence[str], place: int) -> str:
    return line[place].strip() if place < len(line) else ""
