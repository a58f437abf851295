"""What file reviews say in sums: no file, no clerk and no reviewer; error rates with the interval of their chance."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.identity import UnitCode
from domain.period import Month
from domain.quantity import PRECISE

Z_95 = Decimal("1.959963984540054")
"""The standard normal distribution's quantile at 97.5 %."""
HUNDRED = Decimal(100)


class Grouping(StrEnum):
    """What sums are made for."""

    UNIT = "unit"
    MONTH = "month"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How a checkpoint was answered, and the amounts of its errors in euros."""

    checkpoint: int
    right: int
    errors: int
    not_applicable: int
    amount: Decimal

    @property
    def answered(self) -> int:
        """Count the answers that say right or wrong."""
        return self.right + self.errors

    @property
    def rate(self) -> "ErrorRate | None":
        """Give the error rate, where there is any answer."""
        return error_rate(self.errors, self.answered)

    def plus(self, other: "Tally") -> "Tally":
        """Add another one of the same checkpoint."""
        return Tally(
            checkpoint=self.checkpoint,
            right=self.right + other.right,
            errors=self.errors + other.errors,
            not_applicable=self.not_applicable + other.not_applicable,
            amount=self.amount + other.amount,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a closed round came to."""

    reviewed: int
    with_errors: int
    not_found: int
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRate:
    """A share in percent with its Wilson interval at 95 %."""

    percent: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """The results of one office's round for a month."""

    unit: UnitCode
    month: Month
    grid: str
    results: Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One checkpoint summed over rounds, beside the rounds before the first of them."""

    unit: UnitCode | None
    month: Month | None
    grid: str
    rounds: int
    tally: Tally
    before: Tally | None

    @property
    def change(self) -> Decimal | None:
        """Give the change of the error rate against the rounds before in percentage points."""
        now, then = self.tally.rate, self.before.rate if self.before else None
        return None if now is None or then is None else PRECISE.subtract(now.percent, then.percent)


def error_rate(errors: int, answered: int) -> ErrorRate | None:
    """
    Give a share of errors with its Wilson interval at 95 %; none where nothing was answered.

    >>> str(error_rate(1, 10).high)[:6]
    '40.415'
    """
    if not answered:
        return None
    context = PRECISE
    count, share = Decimal(answered), context.divide(Decimal(errors), Decimal(answered))
    square = context.multiply(Z_95, Z_95)
    whole = context.add(Decimal(1), context.divide(square, count))
    middle = context.add(share, context.divide(square, 2 * count))
    spread = context.add(
        context.divide(context.multiply(share, 1 - share), count), context.divide(square, 4 * count * count)
    )
    half = context.multiply(Z_95, context.sqrt(spread))
    low = context.divide(context.subtract(middle, half), whole) if errors else Decimal(0)
    high = context.divide(context.add(middle, half), whole) if errors < answered else Decimal(1)
    return ErrorRate(
        percent=context.multiply(share, HUNDRED),
        low=context.multiply(low, HUNDRED),
        high=context.multiply(high, HUNDRED),
    )


def summed(rounds: Iterable[Closed], earlier: Iterable[Closed], by: Grouping) -> Iterator[Line]:
    """Sum rounds up by grid and checkpoint; `earlier` are rounds before them to compare the first ones with."""
    wanted = list(rounds)
    histories: dict[tuple[str, str], list[Closed]] = defaultdict(list)
    for one in sorted((*wanted, *earlier), key=lambda one: one.month):
        histories[one.unit, one.grid].append(one)
    groups: dict[tuple[str, str, str], list[Closed]] = defaultdict(list)
    for one in wanted:
        unit = one.unit if by is Grouping.UNIT else ""
        month = str(one.month) if by is Grouping.MONTH else ""
        groups[one.grid, unit, month].append(one)
    for _, members in sorted(groups.items()):
        before = added(tally for one in _before(members, histories) for tally in one.results.tallies)
        for number, tally in added(tally for one in members for tally in one.results.tallies).items():
            yield Line(
                unit=members[0].unit if by is Grouping.UNIT else None,
                month=members[0].month if by is Grouping.MONTH else None,
                grid=members[0].grid,
                rounds=sum(any(tally.checkpoint == number for tally in one.results.tallies) for one in members),
                tally=tally,
                before=before.get(number),
            )


def added(tallies: Iterable[Tally]) -> dict[int, Tally]:
    """Add tallies of the same checkpoint, in the order of their numbers."""
    sums: dict[int, Tally] = {}
    for tally in sorted(tallies, key=lambda tally: tally.checkpoint):
        sums[tally.checkpoint] = sums[tally.checkpoint].plus(tally) if tally.checkpoint in sums else tally
    return sums


def _before(members: Iterable[Closed], histories: Mapping[tuple[str, str], Sequence[Closed]]) -> Iterator[Closed]:
    """Find each office's round before the first of a group; histories are in the order of months."""
    first: dict[tuple[str, str], Month] = {}
    for one in members:
        key: tuple[str, str] = one.unit, one.grid
        first[key] = min(first.get(key, one.month), one.month)
    for key, month in first.items():
        yield from [one for one in histories[key] if one.month < month][-1:]
