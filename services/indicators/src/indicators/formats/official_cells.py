"""Months and numbers of official tables, as programs and people write them, in our notation."""

import re
from decimal import Decimal

from domain.period import BadMonth
from domain.quantity import half_up
from domain.reconciliation import FINEST
from domain.written_month import month_of

NOT_PUBLISHED = {"", "x", ".", "-", "–", "—", "/", "*", "k.a.", "k. a.", "n/a"}
LONG = re.compile(r"-?[0-9]{1,18}\.[0-9]{11,40}")


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


def month_in(text: str) -> str:
    """Write a month as YYYY-MM, by any day of it too; what is not understood stays as it is."""
    try:
        return str(month_of(text, any_day=True))
    except BadMonth:
        return text
