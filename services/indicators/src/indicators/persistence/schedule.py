"""Duties as rows."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from chassis.caller import Reach
from domain.duty import Duty
from domain.identity import UnitCode, VariableCode
from domain.period import Month, Period
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence.tables import duties

KEY = ("unit", "variables", "first", "after")


class StoredSchedule:
    """Implements `Schedule`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def put(self, sent: Sequence[Duty]) -> int:
        """Keep duties, each in place of an earlier one for the same unit, variables and months."""
        rows = list(
            {(row["unit"], *row["variables"], row["first"], row["after"]): row for row in map(_row, sent)}.values()
        )
        if rows:
            new = insert(duties)
            changed = {"working_day": new.excluded.working_day, "due_on": new.excluded.due_on}
            await self._connection.execute(new.on_conflict_do_update(index_elements=KEY, set_=changed), rows)
        return len(rows)

    async def remove(self, named: Sequence[Duty]) -> None:
        """Remove the duties for the same units, variables and months."""
        keys = [{f"of_{name}": row[name] for name in KEY} for row in map(_row, named)]
        if keys:
            same = (duties.c[name] == sa.bindparam(f"of_{name}") for name in KEY)
            await self._connection.execute(duties.delete().where(*same), keys)

    async def duties(self, units: Reach) -> Sequence[Duty]:
        """List duties of these units."""
        query = sa.select(duties)
        if units is not None:
            query = query.where(duties.c.unit.in_(sorted(units)))
        return sorted(map(_duty, await self._connection.execute(query)), key=attrgetter("place"))


def _row(duty: Duty) -> dict[str, Any]:
    return {
        "unit": duty.unit,
        "variables": sorted(duty.variables),
        "first": duty.months.start.ordinal,
        "after": duty.months.after.ordinal,
        "working_day": duty.working_day,
        "due_on": duty.due_on,
    }


def _duty(row: sa.Row[Any]) -> Duty:
    return Duty(
        unit=UnitCode(row.unit),
        variables=tuple(VariableCode(code) for code in row.variables),
        months=Period(Month.numbered(row.first), Month.numbered(row.after)),
        working_day=row.working_day,
        due_on=row.due_on,
    )
