"""
Working days: from Monday to Friday, but for the public holidays of a place.

A place is an official municipality key (AGS) or its beginning: "05" is North Rhine-Westphalia, "09761" is Augsburg,
and "" is nowhere in particular, where only the nationwide holidays count.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from domain.period import Month

SATURDAY = 5
DAY = timedelta(days=1)
LAND = 2
"""How many figures of an AGS name the Land."""


def easter(year: int) -> date:
    """
    Give Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher.

    >>> easter(2014), easter(2025)
    (datetime.date(2014, 4, 20), datetime.date(2025, 4, 20))
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, of_leaps = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon_shift + 15) % 30
    to_sunday = (32 + 2 * of_leaps + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def repentance_day(year: int) -> date:
    """
    Give the Day of Repentance (Buß- und Bettag): the Wednesday before 23 November.

    >>> repentance_day(2022), repentance_day(2023)
    (datetime.date(2022, 11, 16), datetime.date(2023, 11, 22))
    """
    before = date(year, 11, 22)
    return before - timedelta(days=(before.weekday() - 2) % 7)


def _on(day: int, month: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _after_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A public holiday: its day in a year, the places where it is one, and its first and last year."""

    name: str
    day: Callable[[int], date]
    places: tuple[str, ...] = ("",)
    since: int = 1
    until: int = 9999

    def falls(self, year: int, place: str) -> bool:
        """Say whether a place keeps it in a year."""
        return self.since <= year <= self.until and place.startswith(self.places)


SH, HH, NI, HB, NW, HE, RP, BW, BY, SL, BE, BB, MV, SN, ST, TH = (f"{number:02}" for number in range(1, 17))
AUGSBURG = "09761"
REFORMATION = "Reformationstag"

HOLIDAYS: tuple[Holiday, ...] = (
    Holiday(name="Neujahr", day=_on(1, 1)),
    Holiday(name="Heilige Drei Könige", day=_on(6, 1), places=(BW, BY, ST)),
    Holiday(name="Frauentag", day=_on(8, 3), places=(BE,), since=2019),
    Holiday(name="Frauentag", day=_on(8, 3), places=(MV,), since=2023),
    Holiday(name="Karfreitag", day=_after_easter(-2)),
    Holiday(name="Ostermontag", day=_after_easter(1)),
    Holiday(name="Tag der Arbeit", day=_on(1, 5)),
    Holiday(name="Tag der Befreiung", day=_on(8, 5), places=(BE,), since=2020, until=2020),
    Holiday(name="Tag der Befreiung", day=_on(8, 5), places=(BE,), since=2025, until=2025),
    Holiday(name="Christi Himmelfahrt", day=_after_easter(39)),
    Holiday(name="Pfingstmontag", day=_after_easter(50)),
    Holiday(name="Fronleichnam", day=_after_easter(60), places=(NW, HE, RP, BW, BY, SL)),
    Holiday(name="Hohes Friedensfest", day=_on(8, 8), places=(AUGSBURG,)),
    Holiday(name="Mariä Himmelfahrt", day=_on(15, 8), places=(SL,)),
    Holiday(name="Weltkindertag", day=_on(20, 9), places=(TH,), since=2019),
    Holiday(name="Tag der Deutschen Einheit", day=_on(3, 10)),
    Holiday(name=REFORMATION, day=_on(31, 10), places=(BB, MV, SN, ST, TH)),
    Holiday(name=REFORMATION, day=_on(31, 10), since=2017, until=2017),
    Holiday(name=REFORMATION, day=_on(31, 10), places=(SH, HH, NI, HB), since=2018),
    Holiday(name="Allerheiligen", day=_on(1, 11), places=(NW, RP, BW, BY, SL)),
    Holiday(name="Buß- und Bettag", day=repentance_day, places=(SN,)),
    Holiday(name="1. Weihnachtstag", day=_on(25, 12)),
    Holiday(name="2. Weihnachtstag", day=_on(26, 12)),
)
"""
The holidays of the Länder as they are since 2005, when the SGB II began; those that are always Sundays are left out.

Left out too are those of single municipalities within a Land (Mariä Himmelfahrt in parts of Bavaria, Fronleichnam in
parts of Saxony and Thuringia), but for Augsburg: a delivery is due there as elsewhere in the Land.
"""


@cache
def holidays(year: int, place: str = "") -> frozenset[date]:
    """Give the public holidays of a place in a year."""
    return frozenset(holiday.day(year) for holiday in HOLIDAYS if holiday.falls(year, place))


def calendar_of(place: str) -> str:
    """
    Shorten a place to what decides about its holidays: the Land, or a town that has its own.

    >>> calendar_of("05158004"), calendar_of("09761000"), calendar_of("")
    ('05', '09761', '')
    """
    return AUGSBURG if place.startswith(AUGSBURG) else place[:LAND]


def is_working_day(day: date, place: str = "") -> bool:
    """Say whether a day is a working day in a place."""
    return day.weekday() < SATURDAY and day not in holidays(day.year, calendar_of(place))


@cache
def _counted(month: Month, number: int, calendar: str) -> date:
    day, counted = month.first_day, 0
    while True:
        counted += is_working_day(day, calendar)
        if counted == number:
            return day
        day += DAY


def nth_working_day(month: Month, number: int, place: str = "") -> date:
    """
    Count a place's working days from the first of a month on, into the next where it has fewer.

    >>> january = Month(2015, 1)
    >>> nth_working_day(Month(2014, 12), 10), nth_working_day(january, 5), nth_working_day(january, 5, "08")
    (datetime.date(2014, 12, 12), datetime.date(2015, 1, 8), datetime.date(2015, 1, 9))
    """
    return _counted(month, number, calendar_of(place))


def working_days_before(day: date, number: int, place: str = "") -> date:
    """
    Give the day so many working days before another.

    >>> working_days_before(date(2014, 12, 29), 3)
    datetime.date(2014, 12, 22)
    """
    while number:
        day -= DAY
        number -= is_working_day(day, place)
    return day


def working_days_after(day: date, number: int, place: str = "") -> date:
    """
    Give the day so many working days after another, counted from the next day on.

    >>> working_days_after(date(2014, 12, 12), 1), working_days_after(date(2014, 12, 22), 3, "08")
    (datetime.date(2014, 12, 15), datetime.date(2014, 12, 29))
    """
    while number:
        day += DAY
        number -= is_working_day(day, place)
    return day
