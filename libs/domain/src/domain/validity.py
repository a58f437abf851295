"""Validities: from a day up to, but not on, another; an open side has no limit."""

from dataclasses import dataclass
from datetime import date

from domain.errors import Invalid, Text

Validity = tuple[date | None, date | None]
"""The first day and the first day after; None where a side is open."""


@dataclass(eq=False)
class BackwardValidity(Invalid):
    """A validity ends after it begins."""

    title_de = "Eine Gültigkeit endet nach ihrem Beginn."
    says = Text("'{code}' would end before it begins", "„{code}“ würde vor dem Beginn enden")

    code: str


def within(day: date, start: date | None, end: date | None) -> bool:
    """Say whether a day lies in a half-open validity; an open side has no limit."""
    return (start is None or start <= day) and (end is None or day < end)


def must_run_forward(start: date | None, end: date | None, code: str) -> None:
    """Refuse a validity of something that ends before it begins; nothing ends before the first day there is."""
    if end and (start or date.min) >= end:
        raise BackwardValidity(code)


def common(*validities: Validity) -> Validity | None:
    """
    Give the days that validities share, if there are any.

    >>> common((date(2014, 1, 1), None), (None, date(2015, 1, 1)))
    (datetime.date(2014, 1, 1), datetime.date(2015, 1, 1))
    """
    start = max((first for first, _ in validities if first), default=None)
    end = min((after for _, after in validities if after), default=None)
    return None if start and end and start >= end else (start, end)
