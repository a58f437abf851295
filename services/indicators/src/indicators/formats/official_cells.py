"""Months and numbers of official tables, as programs and people write them, in our notation."""

import re
from decimal import Decimal

from domain.quantity import half_up
from domain.reconciliation import FINEST

MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
OTHER_MONTHS = {"mrz": 3, "mar": 3, "may": 5, "oct": 10, "dec": 12}
NOT_PUBLISHED = {"", "x", ".", "-", "–", "—", "/", "*", "k.a.", "k. a.", "n/a"}
GERMAN = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]+|[-+]?[0-9]+,[0-9]+")
GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]{3})+")
LONG = re.compile(r"-?[0-9]{1,18}\.[0-9]{11,40}")
YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]?(0[1-9]|1[0-2])(?:[-/.][0-9]{1,2}(?:[ T].*)?)?")
MONTH_FIRST = re.compile(r"(?:[0-9]{1,2}[.])?(0?[1-9]|1[0-2])[-/.]([0-9]{4})")
MONTH_NAMED = re.compile(r"([a-zä]{3})[a-zä]*\.?[ -]*([0-9]{4})")


def _bare(value: str) -> str:
    """Take signs and blanks away that stand around or inside numbers: percent, no-break spaces, a typeset minus."""
    return re.sub(r"[\s%]", "", value).replace("−", "-").removeprefix("+")


def number_of(value: str, *, german: bool) -> str:
    """Write a number plainly, with ten decimal places at the most; empty where the figure is not published."""
    if value.casefold() in NOT_PUBLISHED:
        return ""
    bare = _bare(value)
    if GERMAN.fullmatch(bare) or (german and GROUPED.fullmatch(bare)):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+", bare):
        bare = bare.replace(",", "")
    return f"{half_up(Decimal(bare), FINEST):f}" if LONG.fullmatch(bare) else bare


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
