"""Who may deliver what when: responsibility for a unit's variables, closed months, and permits to deliver late."""

from dataclasses import dataclass
from datetime import date

from domain.errors import Invalid, Text
from domain.identity import UnitCode, VariableCode
from domain.period import Month


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Responsibility:
    """One sender delivers a unit's variable, or all where none is named, from a month on until another, exclusive."""

    unit: UnitCode
    sender: str
    variable: VariableCode | None = None
    first: Month
    until: Month | None = None

    def covers(self, unit: UnitCode, variable: VariableCode, month: Month) -> bool:
        """Say whether it stands for this unit, variable and month."""
        inside = self.first <= month and (self.until is None or month < self.until)
        return inside and unit == self.unit and self.variable in (None, variable)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedMonth:
    """A month of a unit for which no more files are taken."""

    unit: UnitCode
    month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePermit:
    """One sender may deliver for a closed month of a unit until a day, inclusive."""

    unit: UnitCode
    month: Month
    sender: str
    until: date
    reason: str


@dataclass(eq=False)
class PermitOver(Invalid):
    """A permit to deliver late lasts at least until today."""

    title_de = "Eine Erlaubnis zur Nachlieferung gilt mindestens bis heute."
    says = Text("{until} is over", "{until} ist vorbei")

    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """Everything that keeps rows of a delivery out though they are right in themselves."""

    responsibilities: tuple[Responsibility, ...] = ()
    closed: frozenset[tuple[UnitCode, Month]] = frozenset()
    permits: tuple[LatePermit, ...] = ()

    def named(self, unit: UnitCode, variable: VariableCode, month: Month) -> tuple[str, ...]:
        """Name who alone may deliver this; nobody where anybody may."""
        return tuple(sorted({one.sender for one in self.responsibilities if one.covers(unit, variable, month)}))

    def responsible(self, sender: str, unit: UnitCode, variable: VariableCode, month: Month) -> bool:
        """Say whether a sender may deliver this: where nobody is named anybody may, else only who is."""
        named = self.named(unit, variable, month)
        return not named or sender in named

    def open(self, sender: str, unit: UnitCode, month: Month, today: date) -> bool:
        """Say whether a month still takes files, for everybody or by a permit for this sender."""
        return (unit, month) not in self.closed or sender in self.permitted(unit, month, today)

    def permitted(self, unit: UnitCode, month: Month, today: date) -> frozenset[str]:
        """Name who may deliver for a month though it is closed."""
        return frozenset(
            one.sender for one in self.permits if (one.unit, one.month) == (unit, month) and today <= one.until
        )

    @property
    def units(self) -> frozenset[UnitCode]:
        """Name the units that anything is said about."""
        return frozenset({one.unit for one in self.responsibilities} | {unit for unit, _ in self.closed})


OPEN_GATES = Gates()
"""Nothing is kept out."""
