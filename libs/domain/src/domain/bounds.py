"""Numbers that make sense: what is agreed refuses others at birth."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import ClassVar

from domain.errors import Invalid, Text

LARGEST = Decimal("999999999999999999.9999999999")
"""The largest number of 18 digits before and 10 behind the point; what is infinite lies beyond it."""

Range = tuple[Decimal, Decimal]
ANY: Range = (-LARGEST, LARGEST)
NOT_NEGATIVE: Range = (Decimal(0), LARGEST)
SHARE: Range = (Decimal(0), Decimal(100))
FALL_OR_RISE: Range = (Decimal(-100), LARGEST)


@dataclass(eq=False)
class NumberOutOfRange(Invalid):
    """A number lies outside of what makes sense."""

    title_de = "Eine Zahl liegt außerhalb dessen, was sinnvoll ist."
    says = Text(
        "`{name}` is {number}; it must lie between {low} and {high}",
        "`{name}` ist {number}; es muss zwischen {low} und {high} liegen",
    )

    name: str
    number: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """A value whose numbers, alone or by name in a mapping, lie within `ranges`; absent ones may be absent."""

    ranges: ClassVar[Mapping[str, Range]] = {}

    def __post_init__(self) -> None:
        """Refuse a number outside of its range, and what is no number at all."""
        for name, number in self._numbers():
            low, high = self.ranges.get(name, ANY)
            if number.is_nan() or not low <= number <= high:
                raise NumberOutOfRange(name=name, number=number, low=low, high=high)

    def _numbers(self) -> Iterator[tuple[str, Decimal]]:
        for field in fields(self):
            value = getattr(self, field.name)
            values = value.values() if isinstance(value, Mapping) else (value,)
            yield from ((field.name, number) for number in values if isinstance(number, Decimal))
