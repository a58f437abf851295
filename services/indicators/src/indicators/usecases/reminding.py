"""Reminding those who owe deliveries: one round a day is enough, more do no harm."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from chassis.audit.change import Change
from chassis.canonical import digest
from chassis.event import Event
from domain.duty import Duty
from domain.period import Month
from domain.place import Places
from domain.reminder import DAYS_BEFORE, Reminder, reminder_of, step_on
from domain.unit import Units

from indicators.ports import Ports
from indicators.usecases.owing import Claim, claims, judge
from indicators.usecases.sight import known_units

AROUND = range(-3, 2)
"""Months around the present one that can call for a reminder: due the month after, reminded for six weeks."""


async def remind(ports: Ports, today: date, days_before: int = DAYS_BEFORE) -> Sequence[Reminder]:
    """Send the reminders whose time has come on a day and that were not sent before; each is an event."""
    async with ports.look(None) as work:
        duties = await work.schedule.duties(None)
    if not duties:
        return []
    units = await known_units(ports)
    places = Places(units)
    async with ports.begin() as work:
        judged = await judge(work, units, _near(duties, units, places, today, days_before), today)
        called_for = [
            reminder_of(entry, today, days_before=days_before, place=places.of(entry.duty.unit, entry.month.first_day))
            for entry in judged
        ]
        new = await work.reminders.note([reminder for reminder in called_for if reminder])
        told = [_told(reminder, units) for reminder in new]
        if told:
            after = digest({"reminders": told})
            sent = Change(by="indicators", action="reminders.sent", resource="reminders", after=after)
            await work.audit.record(sent)
            await work.events.tell(*(_event(reminder, data) for reminder, data in zip(new, told, strict=True)))
    return new


def _near(duties: Iterable[Duty], units: Units, places: Places, today: date, days_before: int) -> list[Claim]:
    """List the months for which a reminder's time has come, before anything is read about them."""
    around = [Month.of(today).plus(months) for months in AROUND]
    fixed = [duty for duty in duties if duty.due_on]
    found = claims(fixed, units) + claims((duty for duty in duties if not duty.due_on), units, around)
    near = []
    for duty, month in found:
        place = places.of(duty.unit, month.first_day)
        if step_on(today, duty.due(month, place), days_before=days_before, place=place):
            near.append((duty, month))
    return near


def _event(reminder: Reminder, data: dict[str, Any]) -> Event:
    return Event(type=f"delivery.{reminder.step.kind.value}", subject=reminder.owed.duty.unit, data=data)


def _told(reminder: Reminder, units: Units) -> dict[str, Any]:
    """Tell what is owed by which office; no person is named."""
    owed = reminder.owed
    return {
        "unit": owed.duty.unit,
        "unit_name": units.get(owed.duty.unit).on(owed.month.last_day).name,
        "month": str(owed.month),
        "variables": list(owed.asked),
        "due": owed.due.isoformat(),
        "status": owed.status.value,
        "days_late": owed.days_late,
        "missing": list(owed.missing),
        "missing_units": list(owed.missing_units),
        "rejected_rows": owed.rejected_rows,
        "number": reminder.step.number,
    }
