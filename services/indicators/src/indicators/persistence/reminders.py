"""Reminders that were sent, as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.reminder import Reminder
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.tables import reminders as t

KEY = ("unit", "variables", "month", "kind", "number")


class StoredReminders:
    """Implements `Reminders`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        """Work on this connection; what is noted is sent now."""
        self._connection, self._now = connection, now

    async def note(self, reminders: Sequence[Reminder]) -> Sequence[Reminder]:
        """Insert what is not there: of two rounds at once the later one finds it noted."""
        rows = {_key(reminder): _row(reminder, self._now) for reminder in reminders}
        if not rows:
            return []
        noted = insert(t).on_conflict_do_nothing().returning(*(t.c[name] for name in KEY))
        found = await self._connection.execute(noted, list(rows.values()))
        new = {(row.unit, tuple(row.variables), row.month, row.kind, row.number) for row in found}
        return [reminder for reminder in reminders if _key(reminder) in new]


def _key(reminder: Reminder) -> tuple[Any, ...]:
    return tuple(tuple(part) if isinstance(part, list) else part for part in _place(reminder).values())


def _row(reminder: Reminder, now: datetime) -> dict[str, Any]:
    return {**_place(reminder), "sent_at": now}


def _place(reminder: Reminder) -> dict[str, Any]:
    """Say which reminder it is, in the order of the key."""
    return {
        "unit": reminder.owed.duty.unit,
        "variables": list(reminder.owed.duty.variables),
        "month": reminder.owed.month.ordinal,
        "kind": reminder.step.kind.value,
        "number": reminder.step.number,
    }
