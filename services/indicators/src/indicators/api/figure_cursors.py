"""Where a list of figures goes on: behind a unit, a month and what tells the rest."""

from chassis.paging import BadCursor, integer_of, key_of
from domain.period import Month

LATEST = Month(9999, 12).ordinal


def after_figure(cursor: str | None) -> tuple[str, int, str] | None:
    """Read unit, the month's ordinal and the rest; None at the beginning, BadCursor where no month is that far."""
    key = key_of(cursor, 3)
    if key is None:
        return None
    unit, month, rest = key
    if integer_of(month) > LATEST:
        raise BadCursor(str(cursor))
    return unit, integer_of(month), rest
