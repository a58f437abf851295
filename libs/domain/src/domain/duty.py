"""The duty to deliver: who owes what by when, and whether it came."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import Invalid, Text
from domain.identity import UnitCode, VariableCode
from domain.period import Month, Period

SATURDAY = 5


class DutyStatus(StrEnum):
    """What became of a month that is owed."""

    EXPECTED = "expected"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    INCOMPLETE = "incomplete"


@dataclass(eq=False)
class DutyWithoutDay(Invalid):
    """A duty names either a day or a working day of the month after."""

    title_de = "Eine Lieferpflicht nennt einen Tag oder einen Arbeitstag des Folgemonats."
    says = Text(
        "unit {unit}: give `due_on` or `working_day`", "Einheit {unit}: geben Sie `due_on` oder `working_day` an"
    )

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A unit owes variables for the months of a period, each by a fixed day or by a working day of the month after."""

    unit: UnitCode
    variables: tuple[VariableCode, ...]
    months: Period
    working_day: int | None = None
    due_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a duty without a day, or with two rules for it."""
        if (self.working_day is None) == (self.due_on is None):
            raise DutyWithoutDay(self.unit)

    def due(self, month: Month) -> date:
        """Give the last day on which a month's delivery is on time."""
        return self.due_on or nth_working_day(month.next, self.working_day or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One month of a duty and what became of it; `completed_on` is the day on which everything was there."""

    duty: Duty
    month: Month
    due: date
    status: DutyStatus
    completed_on: date | None
    missing: tuple[VariableCode, ...]


def nth_working_day(month: Month, number: int) -> date:
    """Count working days from Monday to Friday.

    >>> nth_working_day(Month(2014, 12), 10)
    datetime.date(2014, 12, 12)
    """
    day, counted = month.first_day, 0
    while True:
        counted += day.weekday() < SATURDAY
        if counted == number:
            return day
        day += timedelta(days=1)


def owed(duty: Duty, month: Month, arrived: dict[VariableCode, date], today: date) -> Owed:
    """Judge one month of a duty by the days on which its variables arrived."""
    due = duty.due(month)
    missing = tuple(variable for variable in duty.variables if variable not in arrived)
    completed = None if missing else max(arrived[variable] for variable in duty.variables)
    if completed is not None:
        status = DutyStatus.ON_TIME if completed <= due else DutyStatus.LATE
    elif len(missing) < len(duty.variables):
        status = DutyStatus.INCOMPLETE
    else:
        status = DutyStatus.EXPECTED if today <= due else DutyStatus.MISSING
    return Owed(duty=duty, month=month, due=due, status=status, completed_on=completed, missing=missing)
