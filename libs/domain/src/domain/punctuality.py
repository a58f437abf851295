"""How punctually units deliver: a unit's month has one state, and a unit has a record over months."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, takewhile

from domain.duty import DutyStatus, Owed
from domain.identity import UnitCode
from domain.period import Month

GRAVITY = (DutyStatus.ON_TIME, DutyStatus.EXPECTED, DutyStatus.LATE, DutyStatus.INCOMPLETE, DutyStatus.MISSING)
"""The states from the best to the gravest: of several duties the gravest is what is said of a unit's month."""
BEHIND = frozenset({DutyStatus.LATE, DutyStatus.INCOMPLETE, DutyStatus.MISSING})
"""The states that a supervisor looks after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMonth:
    """What became of all that a unit owed for a month; `days_late` is that of the latest part."""

    unit: UnitCode
    month: Month
    status: DutyStatus
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Punctuality:
    """A unit's record: its months in order, and what they come to."""

    unit: UnitCode
    months: Sequence[UnitMonth]

    @property
    def counts(self) -> Mapping[DutyStatus, int]:
        """Count the months by state."""
        return counted(self.months)

    @property
    def mean_days_late(self) -> Decimal | None:
        """Give the mean of days late over the months that came late; none where no month did."""
        late = [month.days_late for month in self.months if month.status is DutyStatus.LATE]
        return Decimal(sum(late)) / len(late) if late else None

    @property
    def longest_days_late(self) -> int:
        """Give the most days that a month was late, or is so far."""
        return max((month.days_late for month in self.months if month.status in BEHIND), default=0)

    @property
    def streak(self) -> int:
        """Count the months on time in a row, back from the newest that is not merely expected."""
        judged = [month.status for month in reversed(self.months) if month.status is not DutyStatus.EXPECTED]
        return sum(1 for _ in takewhile(lambda status: status is DutyStatus.ON_TIME, judged))


def unit_months(entries: Iterable[Owed]) -> list[UnitMonth]:
    """Sum up what units owe to one state a month, in the order of unit and month."""
    ordered = sorted(entries, key=_unit_and_month)
    return [_summed(unit, month, list(some)) for (unit, month), some in groupby(ordered, key=_unit_and_month)]


def punctuality(months: Iterable[UnitMonth]) -> list[Punctuality]:
    """Give the record of each unit from its months, which come in the order of unit and month."""
    by_unit = groupby(months, key=lambda month: month.unit)
    return [Punctuality(unit=unit, months=tuple(record)) for unit, record in by_unit]


def counted(months: Iterable[UnitMonth]) -> Mapping[DutyStatus, int]:
    """Count by state; every state is named."""
    found = Counter(month.status for month in months)
    return {status: found[status] for status in DutyStatus}


def _unit_and_month(entry: Owed) -> tuple[UnitCode, Month]:
    return entry.duty.unit, entry.month


def _summed(unit: UnitCode, month: Month, entries: Sequence[Owed]) -> UnitMonth:
    status = max((entry.status for entry in entries), key=GRAVITY.index)
    return UnitMonth(unit=unit, month=month, status=status, days_late=max(entry.days_late for entry in entries))
