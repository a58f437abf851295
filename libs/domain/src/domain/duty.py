"""The duty to deliver: who owes what by when, and whether it came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import Invalid, Text, Unknown
from domain.identity import UnitCode, VariableCode
from domain.period import Month, Period
from domain.receipt import Arrival, Incoming, Receipt
from domain.variable_versions import OverTime, in_force
from domain.working_days import nth_working_day


class DutyStatus(StrEnum):
    """What became of a month that is owed."""

    EXPECTED = "expected"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    INCOMPLETE = "incomplete"


OPEN = frozenset({DutyStatus.EXPECTED, DutyStatus.MISSING, DutyStatus.INCOMPLETE})
"""The states in which something is still to come."""


@dataclass(eq=False)
class DutyWithoutDay(Invalid):
    """A duty names either a day or a working day of the month after."""

    title_de = "Eine Lieferpflicht nennt einen Tag oder einen Arbeitstag des Folgemonats."
    says = Text(
        "unit {unit}: give `due_on` or `working_day`", "Einheit {unit}: geben Sie `due_on` oder `working_day` an"
    )

    unit: str


@dataclass(eq=False)
class UnknownDuty(Unknown):
    """There is no such duty in the delivery schedule."""

    title_de = "Diese Lieferpflicht steht nicht im Lieferplan."
    says = Text(
        "unit {unit} does not owe {variables} for {months}; GET /v1/delivery-schedule lists what is owed",
        "Einheit {unit} schuldet {variables} nicht für {months}; GET /v1/delivery-schedule nennt, was geschuldet ist",
    )

    unit: str
    variables: str
    months: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A unit owes variables for the months of a period, each by a fixed day or by a working day of the month after."""

    unit: UnitCode
    variables: tuple[VariableCode, ...]
    months: Period
    working_day: int | None = None
    due_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a duty without a day, or with two rules for it."""
        if (self.working_day is None) == (self.due_on is None):
            raise DutyWithoutDay(self.unit)

    @property
    def place(self) -> tuple[UnitCode, Month, tuple[VariableCode, ...], Month]:
        """
        Give its place in the schedule, which one duty has: unit, first month, variables, month after the last.

        Whoever cuts the schedule into pages counts by it too.
        """
        return self.unit, self.months.start, self.variables, self.months.after

    def due(self, month: Month, place: str = "") -> date:
        """Give the last day on which a month's delivery is on time, by the working days of a place (an AGS)."""
        return self.due_on or nth_working_day(month.next, self.working_day or 1, place)

    def not_in_force(self, month: Month, versions: OverTime) -> tuple[VariableCode, ...]:
        """Give the variables that are not asked for in a month; what nobody knows stays owed."""
        return tuple(code for code in self.variables if code in versions and not in_force(versions[code], month))


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """
    One month of a duty and what became of it.

    `completed_on` is the day on which everything was there, `missing` what is not there or not whole, `missing_units`
    who has not delivered it; `withheld` is what came as kept back by its source, `withheld_units` whose it is: it is
    owed no more. `days_late` counts calendar days after the due day until it was whole, or until today.
    What is `not_in_force` in the month is not asked for.
    """

    duty: Duty
    month: Month
    due: date
    status: DutyStatus
    completed_on: date | None
    missing: tuple[VariableCode, ...]
    missing_units: tuple[UnitCode, ...] = ()
    withheld: tuple[VariableCode, ...] = ()
    withheld_units: tuple[UnitCode, ...] = ()
    rejected_rows: int = 0
    days_late: int = 0
    not_in_force: tuple[VariableCode, ...] = ()

    @property
    def asked(self) -> tuple[VariableCode, ...]:
        """Give the variables asked for in the month."""
        return tuple(code for code in self.duty.variables if code not in self.not_in_force)


def owed(
    duty: Duty,
    month: Month,
    incoming: Incoming,
    today: date,
    place: str = "",
    not_in_force: tuple[VariableCode, ...] = (),
) -> Owed:
    """Judge one month of a duty by what came in until today of the variables that are in force in it."""
    due = duty.due(month, place)
    variables = [variable for variable in duty.variables if variable not in not_in_force]
    arrivals = {variable: incoming.arrival(duty.unit, month, variable) for variable in variables}
    asked = sorted({code for arrival in arrivals.values() for code in arrival.asked})
    rows = list(incoming.rows(asked, month, variables))
    missing = tuple(variable for variable, arrival in arrivals.items() if arrival.since is None)
    rejected = sum(receipt.rejected for receipt in rows)
    completed = None if missing or rejected else _whole_on(arrivals.values(), rows)
    some = bool(rejected) or any(arrival.some for arrival in arrivals.values())
    return Owed(
        duty=duty,
        month=month,
        due=due,
        status=_status(due, completed, today, some=some),
        completed_on=completed,
        missing=missing,
        missing_units=tuple(sorted({code for arrival in arrivals.values() for code in arrival.missing})),
        withheld=tuple(variable for variable, arrival in arrivals.items() if arrival.withheld),
        withheld_units=tuple(sorted({code for arrival in arrivals.values() for code in arrival.withheld})),
        rejected_rows=rejected,
        days_late=max(0, ((completed or today) - due).days),
        not_in_force=not_in_force,
    )


def _whole_on(arrivals: Iterable[Arrival], rows: Iterable[Receipt]) -> date:
    """Give the first day on which every variable was there and no row rejected until then was still to be cured."""
    whole = max(arrival.since for arrival in arrivals if arrival.since is not None)
    for gap in sorted(gap for receipt in rows for gap in receipt.gaps):
        if gap.rejected <= whole < gap.cured:
            whole = gap.cured
    return whole


def _status(due: date, completed: date | None, today: date, *, some: bool) -> DutyStatus:
    if completed is not None:
        return DutyStatus.ON_TIME if completed <= due else DutyStatus.LATE
    if some:
        return DutyStatus.INCOMPLETE
    return DutyStatus.EXPECTED if today <= due else DutyStatus.MISSING
