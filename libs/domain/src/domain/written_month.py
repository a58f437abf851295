"""Months as programs and people write them, in German and English."""

import re
from contextlib import suppress
from datetime import date

from domain.period import BadMonth, Month

NAMES = {
    **dict.fromkeys(("januar", "january"), 1),
    **dict.fromkeys(("februar", "february"), 2),
    **dict.fromkeys(("märz", "maerz", "mrz", "march"), 3),
    "april": 4,
    **dict.fromkeys(("mai", "may"), 5),
    **dict.fromkeys(("juni", "june"), 6),
    **dict.fromkeys(("juli", "july"), 7),
    "august": 8,
    "september": 9,
    **dict.fromkeys(("oktober", "october"), 10),
    "november": 11,
    **dict.fromkeys(("dezember", "december"), 12),
}
"""Their numbers; a name may be cut off behind its third letter."""
YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})[-/.]?(?P<month>0[1-9]|1[0-2])")
MONTH_FIRST = re.compile(r"(?P<month>0?[1-9]|1[0-2])[-/.](?P<year>[0-9]{4})")
DAY_LAST = re.compile(r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})([ T].*)?")
DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})")
NAMED = re.compile(r"(?P<name>[a-zä]{3,})\.?[ -]*(?P<year>[0-9]{4})")


def month_of(text: str, *, any_day: bool = False) -> Month:
    """
    Read a month; its first day stands for it, as in spreadsheets, and any other only where any day may.

    >>> month_of("2014-11"), month_of("11/2014") == month_of("Nov. 2014") == month_of("2014-11-01 00:00:00")
    (Month(year=2014, month=11), True)
    """
    found = YEAR_FIRST.fullmatch(text) or MONTH_FIRST.fullmatch(text)
    if found:
        return Month(int(found["year"]), int(found["month"]))
    day = _day_of(text)
    if day and (any_day or day.day == 1):
        return Month.of(day)
    named = NAMED.fullmatch(text.casefold())
    number = next((number for name, number in NAMES.items() if named and name.startswith(named["name"])), None)
    if named is None or number is None:
        raise BadMonth(text)
    return Month(int(named["year"]), number)


def _day_of(text: str) -> date | None:
    found = DAY_LAST.fullmatch(text) or DAY_FIRST.fullmatch(text)
    with suppress(ValueError):
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    return None
