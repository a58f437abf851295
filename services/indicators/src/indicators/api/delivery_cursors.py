"""Where a page of findings or differences goes on."""

from chassis.paging import cursor_of, integer_of, key_of

from indicators.api.figure_cursors import after_figure
from indicators.ports import Difference


def row_of(cursor: str | None) -> tuple[int, str]:
    """Read the cursor of a list of findings."""
    row, column = key_of(cursor, 2) or ("0", "")
    return integer_of(row), column


def difference_cursor(difference: Difference) -> str:
    """Write the cursor behind a difference."""
    return cursor_of(difference.unit, str(difference.month.ordinal), str(difference.cell))


def difference_after(cursor: str | None) -> tuple[str, int, str]:
    """Read the cursor of a list of differences."""
    return after_figure(cursor) or ("", 0, "")
