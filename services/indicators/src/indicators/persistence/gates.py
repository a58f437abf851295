"""Responsibilities, closed months and permits as rows."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from domain.gate import ClosedMonth, Gates, LatePermit, Responsibility
from domain.identity import UnitCode, VariableCode
from domain.period import Month
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t


class GateRows:
    """Implements `StoredGates`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def all(self, units: Collection[UnitCode] | None = None) -> Gates:
        """Give everything within reach, in the order of units, or of some units only."""
        r, c, p = t.sender_responsibilities, t.closed_months, t.late_permits
        responsible, closed, permits = [
            await self._connection.execute(query if units is None else query.where(table.c.unit.in_(units)))
            for table, query in (
                (r, sa.select(r).order_by(r.c.unit, r.c.variable, r.c.first, r.c.sender)),
                (c, sa.select(c)),
                (p, sa.select(p).order_by(p.c.unit, p.c.month, p.c.sender)),
            )
        ]
        return Gates(
            responsibilities=tuple(
                Responsibility(
                    unit=UnitCode(row.unit),
                    sender=row.sender,
                    variable=VariableCode(row.variable) if row.variable else None,
                    first=Month.numbered(row.first),
                    until=None if row.until is None else Month.numbered(row.until),
                )
                for row in responsible
            ),
            closed=frozenset((UnitCode(row.unit), Month.numbered(row.month)) for row in closed),
            permits=tuple(
                LatePermit(
                    unit=UnitCode(row.unit),
                    month=Month.numbered(row.month),
                    sender=row.sender,
                    until=row.until,
                    reason=row.reason,
                )
                for row in permits
            ),
        )

    async def put_responsibilities(self, responsibilities: Sequence[Responsibility]) -> None:
        """Keep responsibilities."""
        rows = [
            {
                "unit": one.unit,
                "variable": one.variable or "",
                "sender": one.sender,
                "first": one.first.ordinal,
                "until": None if one.until is None else one.until.ordinal,
            }
            for one in responsibilities
        ]
        new = insert(t.sender_responsibilities)
        key = ["unit", "variable", "sender", "first"]
        changed = new.on_conflict_do_update(index_elements=key, set_={"until": new.excluded.until})
        await self._connection.execute(changed, rows)

    async def close(self, closed: Sequence[ClosedMonth]) -> None:
        """Close months of units."""
        rows = [{"unit": one.unit, "month": one.month.ordinal} for one in closed]
        await self._connection.execute(insert(t.closed_months).on_conflict_do_nothing(), rows)

    async def permit(self, permit: LatePermit) -> None:
        """Let one sender deliver late."""
        row = {
            "unit": permit.unit,
            "month": permit.month.ordinal,
            "sender": permit.sender,
            "until": permit.until,
            "reason": permit.reason,
        }
        new = insert(t.late_permits).values(row)
        told = {name: new.excluded[name] for name in ("until", "reason")}
        await self._connection.execute(new.on_conflict_do_update(index_elements=["unit", "month", "sender"], set_=told))
