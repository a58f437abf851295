"""Deadlines of answers: so many working days from a day."""

from dataclasses import dataclass
from datetime import date

from domain.errors import Invalid, Text
from domain.working_days import working_days_after

WORKING_DAYS_TO_ANSWER = 10


@dataclass(eq=False)
class DeadlinePast(Invalid):
    """A deadline lies ahead."""

    title_de = "Eine Frist liegt in der Zukunft."
    says = Text(
        "{due} is before {today}; leave it out to have {usual}",
        "{due} liegt vor {today}; lassen Sie sie weg, dann gilt {usual}",
    )

    due: str
    today: str
    usual: str


def deadline(asked: date | None, today: date, place: str = "") -> date:
    """Give the day an objection is to be answered by: as asked, else after ten working days of a place (an AGS)."""
    usual = working_days_after(today, WORKING_DAYS_TO_ANSWER, place)
    if asked is not None and asked < today:
        raise DeadlinePast(due=asked.isoformat(), today=today.isoformat(), usual=usual.isoformat())
    return asked or usual
