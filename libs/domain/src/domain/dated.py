"""Rules that change are data with dates: the question is always what was in force on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from domain.errors import Text, Unknown
from domain.validity import within

T = TypeVar("T")


class Valid(Protocol):
    """Something with a half-open validity; an open side has no limit."""

    @property
    def valid_from(self) -> date | None:
        """Give the first day."""

    @property
    def valid_until(self) -> date | None:
        """Give the day behind the last."""


V = TypeVar("V", bound=Valid)


def begun(versions: Iterable[V], day: date) -> V | None:
    """Choose the version that began last by a day; of several that began together the last in their order."""
    newest = None
    for version in versions:
        since = version.valid_from or date.min
        if since <= day and (newest is None or since >= (newest.valid_from or date.min)):
            newest = version
    return newest


def holding(versions: Iterable[V], day: date) -> V | None:
    """Choose the version in force on a day; one that has ended does not give way to an older one."""
    newest = begun(versions, day)
    return newest if newest is not None and within(day, newest.valid_from, newest.valid_until) else None


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
