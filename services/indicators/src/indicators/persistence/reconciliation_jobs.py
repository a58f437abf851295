"""Runs that wait to be compared: a lock on a job's row holds it until its transaction ends, as for deliveries."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.persistence.locks import Lock, held
from indicators.ports.reconciled import Comparison

j = t.reconciliation_jobs.c
ALONE = held(Lock.COMPARISON, "id")


class StoredComparisons:
    """Implements `Comparisons`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def add(self, comparison: Comparison) -> None:
        """Put a run in line."""
        allowed = None if comparison.allowed is None else sorted(comparison.allowed)
        row = {"run": comparison.id, "allowed": allowed, "attempts": 0}
        await self._connection.execute(t.reconciliation_jobs.insert().values(row))

    async def alone(self, id: UUID) -> None:
        """Hold a lock beside the job's row, as for deliveries."""
        await self._connection.execute(ALONE, {"id": str(id)})

    async def claim(self, id: UUID) -> bool:
        """Hold a run; who comes second waits and finds it done."""
        query = sa.select(j.run).where(j.run == id).with_for_update()
        return await self._connection.scalar(query) is not None

    async def attempted(self, id: UUID) -> int | None:
        """Count one more attempt."""
        counted = t.reconciliation_jobs.update().where(j.run == id).values(attempts=j.attempts + 1)
        attempts: int | None = await self._connection.scalar(counted.returning(j.attempts))
        return attempts

    async def done(self, id: UUID) -> None:
        """Take a run out of the line."""
        await self._connection.execute(t.reconciliation_jobs.delete().where(j.run == id))

    async def waiting(self, limit: int) -> Sequence[Comparison]:
        """List runs that nobody holds, oldest first."""
        run = t.reconciliations.c
        query = (
            sa.select(j.run, j.allowed, run.by, run.body["size"].as_integer().label("size"))
            .join(t.reconciliations, run.id == j.run)
            .order_by(j.run)
            .limit(limit)
            .with_for_update(of=t.reconciliation_jobs, skip_locked=True)
        )
        return [
            Comparison(
                id=row.run,
                sender=row.by,
                size=row.size,
                allowed=None if row.allowed is None else frozenset(row.allowed),
            )
            for row in await self._connection.execute(query)
        ]

    async def needing_files(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Say which of these wait."""
        return frozenset(await self._connection.scalars(sa.select(j.run).where(j.run.in_(ids))))
