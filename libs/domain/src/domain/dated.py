"""Rules that change are data with dates: the question is always what was in force on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from domain.errors import Text, Unknown

T = TypeVar("T")


@dataclass(eq=False)
class NothingInForce(Unknown):
    """Nothing was in force on that day."""

    title_de = "An diesem Tag war nichts in Kraft."
    says = Text("nothing was in force on {day}", "am {day} war nichts in Kraft")

    day: date


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """Values by the day they came into force, oldest first.

    >>> share = Dated.of({date(2010, 1, 1): "84.8", date(2011, 1, 1): "87.4"})
    >>> share.on(date(2010, 12, 31)), share.on(date(2011, 1, 1))
    ('84.8', '87.4')
    """

    values: tuple[tuple[date, T], ...]

    @classmethod
    def of(cls, values: Mapping[date, T]) -> "Dated[T]":
        """Put values in the order of their days."""
        return cls(tuple(sorted(values.items(), key=lambda item: item[0])))

    def on(self, day: date) -> T:
        """Give the value in force on a day."""
        for since, value in reversed(self.values):
            if since <= day:
                return value
        raise NothingInForce(day)
