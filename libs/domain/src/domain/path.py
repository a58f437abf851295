"""The way to a target within the year: what is expected so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.bounds import Bounded
from domain.errors import Invalid, Text
from domain.period import YEAR_LENGTH, Month
from domain.quantity import PRECISE

YEARS_OF_PROFILE = 3


class PathKind(StrEnum):
    """How the expected value of a month is found."""

    EXPLICIT = "explicit"
    PRIOR_YEAR_PROFILE = "prior_year_profile"
    LINEAR = "linear"
    LEVEL = "level"


@dataclass(eq=False)
class PathWithoutPlan(Invalid):
    """An explicit path gives a value for every month it is asked for."""

    title_de = "Ein ausdrücklicher Pfad nennt die Werte seiner Monate."
    says = Text("give `values` by month, or choose another path", "nennen Sie `values` je Monat oder wählen Sie anders")


@dataclass(frozen=True, slots=True, kw_only=True)
class Path(Bounded):
    """A path as agreed: its kind, and the monthly plan of an explicit one."""

    kind: PathKind
    values: Mapping[str, Decimal] | None = None

    def __post_init__(self) -> None:
        """Refuse an explicit path without a plan, and a plan of no months."""
        Bounded.__post_init__(self)
        if self.kind is PathKind.EXPLICIT and not self.values:
            raise PathWithoutPlan
        for month in self.values or ():
            Month.parse(month)


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected in a month, and by which path it was found."""

    value: Decimal | None
    kind: PathKind


History = Callable[[Month], Decimal | None]
"""The year-to-date figure of a past month; None where there is none."""


def expected(path: Path, target: Decimal, month: Month, history: History) -> Expected:
    """Say what should be reached by a month; without a past year the profile is linear, and says so."""
    if path.kind is PathKind.EXPLICIT:
        return Expected((path.values or {}).get(str(month)), path.kind)
    if path.kind is PathKind.LEVEL:
        return Expected(target, path.kind)
    share = share_of_year(month, history) if path.kind is PathKind.PRIOR_YEAR_PROFILE else None
    if share is not None:
        return Expected(PRECISE.multiply(target, share), PathKind.PRIOR_YEAR_PROFILE)
    so_far = PRECISE.multiply(target, Decimal(month.month))
    return Expected(PRECISE.divide(so_far, Decimal(YEAR_LENGTH)), PathKind.LINEAR)


def share_of_year(month: Month, history: History) -> Decimal | None:
    """Give the mean share of the year's total that up to three past years had reached by this month."""
    shares = []
    for years in range(1, YEARS_OF_PROFILE + 1):
        past = month.plus(-YEAR_LENGTH * years)
        reached, total = history(past), history(Month(past.year, YEAR_LENGTH))
        if reached is not None and total:
            shares.append(PRECISE.divide(reached, total))
    return PRECISE.divide(sum(shares, Decimal(0)), Decimal(len(shares))) if shares else None
