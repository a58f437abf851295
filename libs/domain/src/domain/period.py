"""Months and periods: the grain of everything; a period is half-open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import Invalid, Text

YEAR_LENGTH = 12
_PERIOD = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")


class View(StrEnum):
    """How a series is looked at in a month."""

    MONTH = "month"
    YEAR_TO_DATE = "year_to_date"
    ROLLING_12 = "rolling_12"
    CHANGE_PREVIOUS_YEAR = "change_previous_year"


@dataclass(eq=False)
class BadMonth(Invalid):
    """A month is written YYYY-MM."""

    title_de = "Ein Monat wird JJJJ-MM geschrieben."
    says = Text("'{text}' is no month such as '2014-11'", "„{text}“ ist kein Monat wie „2014-11“")

    text: str


@dataclass(eq=False)
class BadPeriod(Invalid):
    """A period is a month, a quarter, a half-year or a year."""

    title_de = "Ein Zeitraum ist ein Monat, ein Quartal, ein Halbjahr oder ein Jahr."
    says = Text(
        "'{text}' is no period such as '2014-11', '2014-Q4', '2014-H2' or '2014'",
        "„{text}“ ist kein Zeitraum wie „2014-11“, „2014-Q4“, „2014-H2“ oder „2014“",
    )

    text: str


@dataclass(eq=False)
class PeriodBackward(Invalid):
    """A period begins before it ends."""

    title_de = "Ein Zeitraum beginnt, bevor er endet."
    says = Text(
        "from {start} on and before {after} there is no month; swap beginning and end",
        "ab {start} und vor {after} liegt kein Monat; bitte Anfang und Ende tauschen",
    )

    start: str
    after: str


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month.

    >>> Month(2014, 11).plus(2), Month(2015, 1) - Month(2014, 11), str(Month(2014, 3))
    (Month(year=2015, month=1), 2, '2014-03')
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        """Refuse what is no month."""
        if not (1 <= self.year <= 9999 and 1 <= self.month <= YEAR_LENGTH):  # noqa: PLR2004  the range of datetime.date
            raise BadMonth(f"{self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read YYYY-MM."""
        found = _PERIOD.fullmatch(text)
        if found is None or found[2] is None or found[1] == "0000":
            raise BadMonth(text)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def numbered(cls, ordinal: int) -> "Month":
        """Give the month with this count of months since year 0."""
        return cls(ordinal // YEAR_LENGTH, ordinal % YEAR_LENGTH + 1)

    @classmethod
    def of(cls, day: date) -> "Month":
        """Give the month of a day."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        """Write YYYY-MM."""
        return f"{self.year:04}-{self.month:02}"

    def __sub__(self, other: "Month") -> int:
        """Count the months from the other to this one."""
        return self.ordinal - other.ordinal

    @property
    def ordinal(self) -> int:
        """Count the months since year 0."""
        return self.year * YEAR_LENGTH + self.month - 1

    @property
    def first_day(self) -> date:
        """Give its first day."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Give its last day."""
        if self.month == YEAR_LENGTH:
            return date(self.year, YEAR_LENGTH, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)

    @property
    def year_start(self) -> "Month":
        """Give January of its year."""
        return Month(self.year, 1)

    @property
    def previous(self) -> "Month":
        """Give the month before."""
        return self.plus(-1)

    @property
    def next(self) -> "Month":
        """Give the month after."""
        return self.plus(1)

    def plus(self, months: int) -> "Month":
        """Give the month so many months later."""
        return Month.numbered(self.ordinal + months)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The months from `start` up to, but not including, `after`.

    >>> Month(2014, 12) in Period.parse("2014-Q4"), Month(2015, 1) in Period.parse("2014-Q4")
    (True, False)
    """

    start: Month
    after: Month

    def __post_init__(self) -> None:
        """Refuse an empty or backward period."""
        if self.start >= self.after:
            raise PeriodBackward(start=str(self.start), after=str(self.after))

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read YYYY-MM, YYYY-Qn, YYYY-Hn or YYYY."""
        found = _PERIOD.fullmatch(text)
        if found is None or found[1] == "0000":
            raise BadPeriod(text)
        year, month, quarter, half = found.groups()
        if month:
            return cls.lasting(Month(int(year), int(month)), 1)
        if quarter:
            return cls.lasting(Month(int(year), int(quarter) * 3 - 2), 3)
        if half:
            return cls.lasting(Month(int(year), int(half) * 6 - 5), 6)
        return cls.lasting(Month(int(year), 1), YEAR_LENGTH)

    @classmethod
    def lasting(cls, start: Month, months: int) -> "Period":
        """Give the period of so many months from a start."""
        return cls(start, start.plus(months))

    def __str__(self) -> str:
        """Write the shortest form there is."""
        length, start = len(self), self.start
        if length == 1:
            return str(start)
        for size, sign in ((3, "-Q"), (6, "-H"), (YEAR_LENGTH, "")):
            if length == size and (start.month - 1) % size == 0:
                return f"{start.year:04}{sign}{(start.month - 1) // size + 1}" if sign else f"{start.year:04}"
        return f"{start}/{self.after.previous}"

    def __len__(self) -> int:
        """Count the months."""
        return self.after - self.start

    def __iter__(self) -> Iterator[Month]:
        """Go through the months in order."""
        return (self.start.plus(number) for number in range(len(self)))

    def __contains__(self, month: Month) -> bool:
        """Say whether a month lies inside."""
        return self.start <= month < self.after

    @property
    def last(self) -> Month:
        """Give the last month inside."""
        return self.after.previous

    def months(self) -> tuple[Month, ...]:
        """List the months in order."""
        return tuple(self)

    def split(self, at: Month) -> tuple["Period", "Period"]:
        """Cut before a month inside: nothing is lost, nothing is doubled."""
        return Period(self.start, at), Period(at, self.after)
