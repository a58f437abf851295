"""Overseeing who delivers: the dashboard of a month, and how punctual units are over months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chassis.caller import Caller, Reach
from chassis.canonical import digest
from domain.codec import encode
from domain.duty import DutyStatus, Owed
from domain.identity import UnitCode
from domain.period import YEAR_LENGTH, Month, Period
from domain.punctuality import BEHIND, Punctuality, UnitMonth, counted, punctuality, unit_months
from domain.unit import Units
from domain.unit_relation import RelationKind

from indicators.ports import Ports
from indicators.usecases.owing import claims, judge
from indicators.usecases.plan import must_be_short
from indicators.usecases.sight import must_reach, seeing, with_all_below


@dataclass(frozen=True, slots=True, kw_only=True)
class Overseen:
    """The units below one supervisor that owe something, counted by state."""

    supervisor: UnitCode
    counts: Mapping[DutyStatus, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """
    How a month stands on a day: units by state, the same for each supervisor, and what is late or not whole.

    `digest` is over the states alone, so that two who oversee the same units can compare.
    """

    month: Month
    on: date
    counts: Mapping[DutyStatus, int]
    supervisors: Sequence[Overseen]
    behind: Sequence[Owed]
    digest: str
    units: Units


async def dashboard(ports: Ports, caller: Caller, codes: Sequence[str], month: Month | None) -> Dashboard:
    """Show how a month stands, by default the last one that is over, for all units in reach or below some of them."""
    today = ports.today()
    asked = month or Month.of(today).previous
    async with seeing(ports, caller) as (work, tree, reach):
        selected = with_all_below(tree, reach, codes, today)
        duties = await work.schedule.duties(selected)
        entries = await judge(work, tree, claims(duties, tree, [asked]), today)
    months = unit_months(entries)
    behind = [entry for entry in entries if entry.status in BEHIND]
    return Dashboard(
        month=asked,
        on=today,
        counts=counted(months),
        supervisors=_by_supervisor(tree, selected, months, today),
        behind=sorted(behind, key=_most_days_first),
        digest=_digest(entries),
        units=tree,
    )


async def records(
    ports: Ports, caller: Caller, codes: Sequence[str], first: Month | None, last: Month | None
) -> tuple[list[Punctuality], Units]:
    """Give how punctual units in reach were, by default over the last twelve months that are over."""
    today = ports.today()
    end = last or max(Month.of(today).previous, first or Month.of(today).previous)
    start = first or end.plus(1 - YEAR_LENGTH)
    must_be_short(start, end)
    async with seeing(ports, caller) as (work, tree, reach):
        for code in codes:
            must_reach(tree, reach, code)
        wanted = reach if not codes else frozenset(codes)
        duties = await work.schedule.duties(wanted)
        span = Period(start, end.next).months()
        entries = await judge(work, tree, claims(duties, tree, span), today)
    return punctuality(unit_months(entries)), tree


def _by_supervisor(units: Units, selected: Reach, months: Sequence[UnitMonth], today: date) -> list[Overseen]:
    """Count for each supervisor that is in sight itself; whoever supervises nobody who owes is left out."""
    supervising = {r.source for r in units.relations if r.kind is RelationKind.SUPERVISES and r.valid_on(today)}
    found = []
    for code in sorted(supervising if selected is None else supervising & selected):
        below = units.below([code], today) - {code}
        overseen = [month for month in months if month.unit in below]
        if overseen:
            found.append(Overseen(supervisor=code, counts=counted(overseen)))
    return found


def _most_days_first(entry: Owed) -> tuple[int, str, str, str]:
    return -entry.days_late, entry.duty.unit, " ".join(entry.duty.variables), str(entry.duty.months)


def _digest(entries: Sequence[Owed]) -> str:
    """Digest what was judged, in the order of unit and variables, without what changes from day to day."""
    ordered = sorted(entries, key=lambda entry: (entry.duty.unit, entry.duty.variables, entry.duty.months))
    stated = [
        {
            "unit": entry.duty.unit,
            "variables": list(entry.asked),
            "month": str(entry.month),
            "due": entry.due.isoformat(),
            "status": entry.status.value,
            "completed_on": encode(entry.completed_on),
            "missing": list(entry.missing),
            "missing_units": list(entry.missing_units),
            "rejected_rows": entry.rejected_rows,
        }
        for entry in ordered
    ]
    return digest({"owed": stated})
