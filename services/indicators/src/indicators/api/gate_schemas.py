"""What keeps deliveries out, on the wire."""

from datetime import date
from typing import Annotated

from chassis.wire import MonthText, Prose, Sent, Told
from domain.gate import ClosedMonth, LatePermit, Responsibility
from domain.identity import UnitCode, VariableCode
from domain.period import Month
from pydantic import Field

Code = Annotated[str, Field(min_length=1, max_length=60)]
Subject = Annotated[str, Field(min_length=1, max_length=200, description="the sender's `sub`")]


class ResponsibilityIn(Sent):
    """One sender delivers a unit's variable, or all where none is named, from a month on until another, exclusive."""

    unit: Code
    sender: Subject
    variable: Code | None = None
    from_month: MonthText
    until_month: MonthText | None = None

    def value(self) -> Responsibility:
        """Give the responsibility."""
        return Responsibility(
            unit=UnitCode(self.unit),
            sender=self.sender,
            variable=VariableCode(self.variable) if self.variable else None,
            first=Month.parse(self.from_month),
            until=Month.parse(self.until_month) if self.until_month else None,
        )


class ResponsibilitiesIn(Sent):
    """Responsibilities to set."""

    responsibilities: list[ResponsibilityIn] = Field(min_length=1, max_length=10_000)


class ResponsibilityOut(Told):
    """Who is responsible for what."""

    unit: str
    sender: str
    variable: str | None
    from_month: str
    until_month: str | None


class ResponsibilityPage(Told):
    """Responsibilities in the order of units and variables."""

    items: list[ResponsibilityOut]
    next: str | None


class ClosingIn(Sent):
    """A month to close for units."""

    month: MonthText
    units: list[Code] = Field(min_length=1, max_length=10_000)

    def values(self) -> list[ClosedMonth]:
        """Give the closed months."""
        month = Month.parse(self.month)
        return [ClosedMonth(unit=UnitCode(unit), month=month) for unit in sorted(set(self.units))]


class ClosedMonthOut(Told):
    """A closed month of a unit."""

    unit: str
    month: str


class ClosedMonthPage(Told):
    """Closed months in the order of units and months."""

    items: list[ClosedMonthOut]
    next: str | None


class LatePermitIn(Sent):
    """Who may deliver late for what, until when, and why."""

    unit: Code
    month: MonthText
    sender: Subject
    until: date
    reason: Prose

    def value(self) -> LatePermit:
        """Give the permit."""
        return LatePermit(
            unit=UnitCode(self.unit),
            month=Month.parse(self.month),
            sender=self.sender,
            until=self.until,
            reason=self.reason,
        )


class LatePermitOut(Told):
    """A permit to deliver late."""

    unit: str
    month: str
    sender: str
    until: date
    reason: str


class LatePermitPage(Told):
    """Permits in the order of units and months."""

    items: list[LatePermitOut]
    next: str | None


def responsibility_out(one: Responsibility) -> ResponsibilityOut:
    """Tell a responsibility."""
    return ResponsibilityOut(
        unit=one.unit,
        sender=one.sender,
        variable=one.variable,
        from_month=str(one.first),
        until_month=str(one.until) if one.until else None,
    )


def closed_out(unit: UnitCode, month: Month) -> ClosedMonthOut:
    """Tell a closed month."""
    return ClosedMonthOut(unit=unit, month=str(month))


def permit_out(one: LatePermit) -> LatePermitOut:
    """Tell a permit."""
    return LatePermitOut(unit=one.unit, month=str(one.month), sender=one.sender, until=one.until, reason=one.reason)
