"""Delivery duties on the wire."""

from datetime import date
from typing import Annotated

from chassis.wire import MonthText, Sent, Told
from domain.duty import Duty, DutyStatus, Owed
from domain.identity import UnitCode, VariableCode
from domain.period import Month, Period
from domain.unit import Units
from pydantic import Field

Code = Annotated[str, Field(min_length=1, max_length=60)]


class DutyIn(Sent):
    """A unit owes variables for months, by a day or by a working day of the month after; months inclusive."""

    unit: Code
    variables: list[Code] = Field(min_length=1, max_length=100)
    from_month: MonthText
    until_month: MonthText
    working_day: int | None = Field(None, ge=1, le=20)
    due_on: date | None = None

    def value(self) -> Duty:
        """Give the duty."""
        return Duty(
            unit=UnitCode(self.unit),
            variables=tuple(sorted({VariableCode(code) for code in self.variables})),
            months=Period(Month.parse(self.from_month), Month.parse(self.until_month).next),
            working_day=self.working_day,
            due_on=self.due_on,
        )


class DutiesIn(Sent):
    """Duties to set, or to take out again."""

    duties: list[DutyIn] = Field(min_length=1, max_length=20_000)


class DutiesKept(Told):
    """How many duties were kept."""

    kept: int


class DutiesRemoved(Told):
    """How many duties were taken out."""

    removed: int


class DutyOut(Told):
    """A duty."""

    unit: str
    variables: list[str]
    from_month: str
    until_month: str
    working_day: int | None
    due_on: date | None


class DutyPage(Told):
    """Duties in the order of unit and first month."""

    items: list[DutyOut]
    next: str | None


class OwedOut(Told):
    """
    One month that is owed and what became of it; `days_late` are calendar days after the due day.

    What is `withheld` by its source has come as far as it can: it is neither missing nor late.
    """

    unit: str
    unit_name: str
    month: str
    variables: list[str]
    due: date
    status: DutyStatus
    completed_on: date | None
    missing: list[str]
    missing_units: list[str]
    withheld: list[str]
    withheld_units: list[str]
    rejected_rows: int
    days_late: int


class OwedPage(Told):
    """What is owed, in the order of month and unit."""

    items: list[OwedOut]
    next: str | None


OWED_COLUMNS = tuple(OwedOut.model_fields)


def duty_out(duty: Duty) -> DutyOut:
    """Tell a duty."""
    return DutyOut(
        unit=duty.unit,
        variables=list(duty.variables),
        from_month=str(duty.months.start),
        until_month=str(duty.months.last),
        working_day=duty.working_day,
        due_on=duty.due_on,
    )


def owed_out(owed: Owed, units: Units) -> OwedOut:
    """Tell a month that is owed; the unit goes by its name in that month."""
    return OwedOut(
        unit=owed.duty.unit,
        unit_name=units.get(owed.duty.unit).on(owed.month.last_day).name,
        month=str(owed.month),
        variables=list(owed.asked),
        due=owed.due,
        status=owed.status,
        completed_on=owed.completed_on,
        missing=list(owed.missing),
        missing_units=list(owed.missing_units),
        withheld=list(owed.withheld),
        withheld_units=list(owed.withheld_units),
        rejected_rows=owed.rejected_rows,
        days_late=owed.days_late,
    )
