"""What a unit is made of, all the way down (domain.md §2: towns are part of districts)."""

from collections.abc import Collection, Iterable
from datetime import date

from domain.identity import UnitCode
from domain.period import Month
from domain.unit import Units


def with_parts(units: Units, codes: Iterable[UnitCode], months: Collection[Month]) -> frozenset[UnitCode]:
    """Give units and whatever was part of them, all the way down, on the first day of any of the months."""
    days: set[date] = {month.first_day for month in months}
    found, waiting = set[UnitCode](), list(codes)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += {part for day in days for part in units.parts(code, day)}
    return frozenset(found)
