"""What a sender may deliver: for which units, in which months, and whether the month still takes files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.errors import Invalid, Text
from domain.gate import OPEN_GATES, Gates
from domain.identity import UnitCode, VariableCode
from domain.intake import FindingCode
from domain.period import Month
from domain.unit import Units
from domain.unit_months import lives_in

EARLIEST = Month(1990, 1)
"""Months before that are slips of the pen: the law is of 2005, some municipal figures are older."""


@dataclass(eq=False)
class MonthTooEarly(Invalid):
    """Figures are not kept for months so long ago."""

    title_de = "Für so frühe Monate werden keine Zahlen geführt."
    says = Text("{month} lies before {earliest}, the first month", "{month} liegt vor {earliest}, dem ersten Monat")

    month: str
    earliest: str = str(EARLIEST)


def must_be_kept(month: Month) -> None:
    """Refuse a month that figures are not kept for."""
    if month < EARLIEST:
        raise MonthTooEarly(str(month))


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What units and months of rows are held against; `allowed` are the sender's units, None is all."""

    units: Units
    allowed: frozenset[str] | None
    today: date
    sender: str = ""
    gates: Gates = OPEN_GATES

    @property
    def present(self) -> Month:
        """Give the newest month that is taken."""
        return Month.of(self.today)

    @property
    def taken(self) -> tuple[int, int]:
        """Give the counts of the first and of the last month that is taken."""
        return EARLIEST.ordinal, self.present.ordinal

    def free(self, unit: UnitCode) -> bool:
        """Say whether a known unit is right in every month up to the present."""
        known = self.units.get(unit)
        mine = self.allowed is None or unit in self.allowed
        return mine and known.valid_from is None and known.valid_until is None

    def faults(self, unit: str, month: Month | None) -> Iterator[tuple[str, FindingCode]]:
        """Name what is wrong with a row's unit and with its month, None being none, by column."""
        if (code := self._unit_fault(unit, month)) is not None:
            yield "unit", code
        if month is None or month < EARLIEST:
            yield "month", FindingCode.BAD_MONTH
        elif month > self.present:
            yield "month", FindingCode.FUTURE_MONTH

    def kept_out(self, unit: UnitCode, month: Month, variables: Iterable[VariableCode]) -> FindingCode | None:
        """Say why figures that are right in themselves are not taken: another delivers one, or the month is closed."""
        if not all(self.gates.responsible(self.sender, unit, variable, month) for variable in variables):
            return FindingCode.NOT_RESPONSIBLE
        return None if self.gates.open(self.sender, unit, month, self.today) else FindingCode.MONTH_CLOSED

    def _unit_fault(self, unit: str, month: Month | None) -> FindingCode | None:
        known = self.units.units.get(UnitCode(unit))
        if known is None:
            return FindingCode.UNKNOWN_UNIT
        if self.allowed is not None and unit not in self.allowed:
            return FindingCode.NOT_YOUR_UNIT
        return None if month is None or lives_in(known, month) else FindingCode.UNIT_NOT_VALID
