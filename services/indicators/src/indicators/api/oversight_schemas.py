"""The dashboard of deliveries, and punctuality, on the wire."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from chassis.paging import Window, cursor_of, key_of
from chassis.wire import FigureText, Told
from domain.duty import DutyStatus, Owed
from domain.punctuality import Punctuality
from domain.quantity import half_up
from domain.unit import Units

from indicators.api.duty_schemas import OwedOut, owed_out
from indicators.usecases.overseeing import Dashboard

EVER = 10_000_000
"""More days than any calendar has."""


class StateCounts(Told):
    """Units that owe something, by the gravest state among their duties of the month."""

    expected: int
    on_time: int
    late: int
    incomplete: int
    missing: int


class SupervisorOut(Told):
    """The units below one supervisor, counted by state."""

    unit: str
    unit_name: str
    counts: StateCounts


class DashboardOut(Told):
    """
    How a month stands on a day: counts, and who is late, incomplete or missing, most days late first.

    Two who oversee the same units compare `states_digest`: it covers every state of the selection, not the page.
    """

    month: str
    day: date
    counts: StateCounts
    supervisors: list[SupervisorOut]
    states_digest: str
    items: list[OwedOut]
    next: str | None


class MonthOut(Told):
    """What became of a unit's month."""

    month: str
    status: DutyStatus
    days_late: int


class PunctualityOut(Told):
    """A unit's record: months by state, calendar days late, and the months on time in a row up to now."""

    unit: str
    unit_name: str
    months: int
    on_time: int
    late: int
    incomplete: int
    missing: int
    expected: int
    mean_days_late: FigureText | None
    longest_days_late: int
    streak: int
    history: list[MonthOut]


class PunctualityPage(Told):
    """Records in the order of units."""

    items: list[PunctualityOut]
    next: str | None


RECORD_COLUMNS = tuple(name for name in PunctualityOut.model_fields if name != "history")


def dashboard_out(found: Dashboard, asked: Window) -> DashboardOut:
    """Tell the dashboard with one page of who is behind."""
    after = key_of(asked.cursor, 4)
    rest = [entry for entry in found.behind if after is None or _position(entry) > after]
    shown = rest[: asked.limit]
    return DashboardOut(
        month=str(found.month),
        day=found.on,
        counts=_counts(found.counts),
        supervisors=[
            SupervisorOut(
                unit=overseen.supervisor,
                unit_name=found.units.get(overseen.supervisor).on(found.on).name,
                counts=_counts(overseen.counts),
            )
            for overseen in found.supervisors
        ],
        states_digest=found.digest,
        items=[owed_out(entry, found.units) for entry in shown],
        next=cursor_of(*_position(shown[-1])) if len(rest) > len(shown) else None,
    )


def record_out(record: Punctuality, units: Units) -> PunctualityOut:
    """Tell a unit's record, the mean to one place."""
    counts = record.counts
    return PunctualityOut(
        unit=record.unit,
        unit_name=units.get(record.unit).on(record.months[-1].month.last_day).name,
        months=len(record.months),
        on_time=counts[DutyStatus.ON_TIME],
        late=counts[DutyStatus.LATE],
        incomplete=counts[DutyStatus.INCOMPLETE],
        missing=counts[DutyStatus.MISSING],
        expected=counts[DutyStatus.EXPECTED],
        mean_days_late=_rounded(record.mean_days_late),
        longest_days_late=record.longest_days_late,
        streak=record.streak,
        history=[MonthOut(month=str(one.month), status=one.status, days_late=one.days_late) for one in record.months],
    )


def _position(entry: Owed) -> tuple[str, ...]:
    """Give a place in the order of most days late, so that who has delivered between two pages is no gap."""
    return f"{EVER - entry.days_late:08}", entry.duty.unit, " ".join(entry.duty.variables), str(entry.duty.months)


def _counts(counts: Mapping[DutyStatus, int]) -> StateCounts:
    return StateCounts.model_validate({status.value: count for status, count in counts.items()})


def _rounded(mean: Decimal | None) -> Decimal | None:
    return None if mean is None else half_up(mean, 1)
