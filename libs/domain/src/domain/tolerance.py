"""Where a figure is expected: limits, and the room around an expected value."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from domain.bounds import NOT_NEGATIVE, Bounded, Range
from domain.errors import Invalid, Text
from domain.quantity import PRECISE
from domain.variable import BoundsCrossed

HUNDRED = Decimal(100)


@dataclass(eq=False)
class RuleWithoutLimit(Invalid):
    """A quality rule has at least one limit."""

    title_de = "Eine Prüfregel hat mindestens eine Grenze."
    says = Text("give `low`, `high` or both", "geben Sie `low`, `high` oder beides an")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Where a figure is expected: a value if there is one, limits inclusive; without a limit that side is open."""

    expected: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Say whether a value lies within."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance(Bounded):
    """How far a figure may lie from what is expected: the larger of a number and a share of it in percent."""

    ranges: ClassVar[Mapping[str, Range]] = {"absolute": NOT_NEGATIVE, "percent": NOT_NEGATIVE, "factor": NOT_NEGATIVE}

    absolute: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)

    def around(self, expected: Decimal, least: Decimal = Decimal(0)) -> Band:
        """Give the band around what is expected, at least so wide to either side."""
        share = PRECISE.divide(PRECISE.multiply(expected.copy_abs(), self.percent), HUNDRED)
        width = max(self.absolute, share, least)
        return Band(expected=expected, low=PRECISE.subtract(expected, width), high=PRECISE.add(expected, width))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits(Bounded):
    """Limits given as numbers, inclusive; at least one of them."""

    low: Decimal | None = None
    high: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse crossed limits and none at all."""
        Bounded.__post_init__(self)
        if self.low is None and self.high is None:
            raise RuleWithoutLimit
        if self.low is not None and self.high is not None and self.low > self.high:
            raise BoundsCrossed(low=self.low, high=self.high)
