"""The one row model behind all formats: cells by the names of the columns, numbered as the sender sees them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from domain.reference_row import COLUMNS, NEEDED, Row

from agreements.usecases.planning_errors import TableEmpty, TableTooLarge, WrongColumns

MOST_ROWS = 100_000
Record = tuple[int, Sequence[str]]
"""A row's number and its cells in the order of the header."""


def header_of(names: Iterable[str], columns: Sequence[str] = COLUMNS, needed: Sequence[str] = NEEDED) -> list[str]:
    """Check the names of a header and give them as we know them."""
    header = [name.strip().lower() for name in names]
    while header and not header[-1]:
        header.pop()
    twice = [name for name, count in Counter(header).items() if count > 1]
    missing = [name for name in needed if name not in header]
    unknown = [name or "(empty)" for name in header if name not in columns]
    if twice or missing or unknown:
        lists = [", ".join(names)[:500] or "-" for names in (missing, unknown, twice, columns)]
        raise WrongColumns(missing=lists[0], unknown=lists[1], twice=lists[2], known=lists[3])
    return header


def rows_of(header: Sequence[str], records: Iterable[Record], *, comma: bool = False) -> list[Row]:
    """Name the cells of records; rows without any content are passed over, too many are refused."""
    rows: list[Row] = []
    for number, record in records:
        cells = {name: cell.strip() for name, cell in zip(header, record, strict=False)}
        beyond = [cell for cell in record[len(header) :] if cell.strip()]
        if beyond:
            cells[""] = beyond[0]
        if any(cells.values()):
            rows.append(Row(number=number, cells=cells, comma=comma))
        if len(rows) > MOST_ROWS:
            raise TableTooLarge(f"{MOST_ROWS:,}")
    if not rows:
        raise TableEmpty
    return rows
