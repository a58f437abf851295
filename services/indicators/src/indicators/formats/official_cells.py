"""Months and numbers of official tables, as programs and people write them, in our notation."""

import re
from decimal import Decimal

from domain.quantity import half_up
from domain.reconciliation import FINEST

MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
OTHER_MONTHS = {"mrz": 3, "mar": 3, "may": 5, "oct": 10, "dec": 12}
NOT_PUBLISHED = {"", "x", ".", "-", "–", "—", "/", "*", "k.a.", "k. a.", "n/a"}
LONG = re.compile(r"-?[0-9]{1,18}\.[0-9]{11,40}")
YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]?(0[1-9]|1[0-2])(?:[-/.][0-9]{1,2}(?:[ T].*)?)?")
MONTH_FIRST = re.compile(r"(?:[0-9]{1,2}[.])?(0?[1-9]|1[0-2])[-/.]([0-9]{4})")
MONTH_NAMED = re.compile(r"([a-zä]{3})[a-zä]*\.?[ -]*([0-9]{4})")


class Digits(str):
    """What a cell holds as a number: its sign is a point, whatever the texts beside it show."""

    __slots__ = ()


def bare(value: str) -> str:
    """
    Take away what stands around numbers or inside them; nothing is left where the figure is not published.

    These are percent signs, blanks of any width, a plus; a typeset minus is made a plain one.
    """
    if value.casefold() in NOT_PUBLISHED:
        return ""
    return re.sub(r"[\s%]", "", value).replace("−", "-").removeprefix("+")


def rounded(number: str) -> str:
    """Keep ten decimal places of a plain number at the most, as programs write more than they know."""
    return f"{half_up(Decimal(number), FINEST):f}" if LONG.fullmatch(number) else number


def month_of(text: str) -> str:
    """Write a month as YYYY-MM; what is not understood stays as it is."""
    found = YEAR_FIRST.fullmatch(text)
    if found:
        return f"{found[1]}-{found[2]}"
    found = MONTH_FIRST.fullmatch(text)
    if found:
        return f"{found[2]}-{int(found[1]):02}"
    found = MONTH_NAMED.fullmatch(text.casefold().replace("ae", "ä"))
    number = _named(found[1]) if found else 0
    return f"{found[2]}-{number:02}" if found and number else text


def _named(name: str) -> int:
    return MONTHS.index(name) + 1 if name in MONTHS else OTHER_MONTHS.get(name, 0)
