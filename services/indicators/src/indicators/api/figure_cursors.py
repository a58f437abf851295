"""Where a list of figures goes on: behind a unit, a month and what tells the rest."""

from datetime import datetime

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


def after_vintage(cursor: str | None) -> tuple[tuple[str, ...], datetime] | None:
    """Read a reading's place and an instant; None at the beginning, BadCursor where it is none."""
    key = key_of(cursor, 5)
    if key is None:
        return None
    try:
        at = datetime.fromisoformat(key[-1])
    except ValueError as error:
        raise BadCursor(str(cursor)) from error
    if at.tzinfo is None:
        raise BadCursor(str(cursor))
    return key[:-1], at
