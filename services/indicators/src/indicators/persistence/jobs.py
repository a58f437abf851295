"""Deliveries in line: a lock on a job's row holds it until its transaction ends, so nothing is done twice."""

from collections.abc import Sequence

import sqlalchemy as sa
from domain.identity import DeliveryId
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.persistence.locks import Lock
from indicators.ports.delivered import Job

ALONE = sa.text("SELECT pg_advisory_xact_lock(:lock, CAST(:number AS int))").bindparams(lock=Lock.JOB)


class StoredJobs:
    """Implements `Jobs`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def add(self, job: Job) -> None:
        """Put a delivery in line."""
        allowed = None if job.allowed is None else sorted(job.allowed)
        row = {"delivery": job.number, "allowed": allowed, "attempts": 0}
        await self._connection.execute(t.delivery_jobs.insert().values(row))

    async def alone(self, number: int) -> None:
        """Hold a lock beside the job's row, so that attempts can be counted while nobody else begins one."""
        await self._connection.execute(ALONE, {"number": number})

    async def claim(self, number: int) -> bool:
        """Hold a job until the transaction ends; who comes second waits and finds it gone."""
        jobs = t.delivery_jobs.c
        query = sa.select(jobs.delivery).where(jobs.delivery == number).with_for_update()
        return await self._connection.scalar(query) is not None

    async def attempted(self, number: int) -> int | None:
        """Count one more attempt and give how many there were; 0 while it is not its turn, None where it is gone."""
        jobs, earlier, mine, theirs = (
            t.delivery_jobs.c,
            t.delivery_jobs.alias(),
            t.deliveries.alias(),
            t.deliveries.alias(),
        )
        behind = sa.exists().where(
            mine.c.number == number,
            theirs.c.sender == mine.c.sender,
            theirs.c.number == earlier.c.delivery,
            earlier.c.delivery < number,
        )
        counted = t.delivery_jobs.update().where(jobs.delivery == number, ~behind).values(attempts=jobs.attempts + 1)
        attempts: int | None = await self._connection.scalar(counted.returning(jobs.attempts))
        there = sa.select(sa.literal(0)).where(jobs.delivery == number)
        return attempts or await self._connection.scalar(there)

    async def done(self, number: int) -> None:
        """Take a job out of the line."""
        await self._connection.execute(t.delivery_jobs.delete().where(t.delivery_jobs.c.delivery == number))

    async def waiting(self, limit: int) -> Sequence[Job]:
        """List jobs that nobody holds, oldest first."""
        jobs, d = t.delivery_jobs.c, t.deliveries.c
        size = d.body["size"].as_integer().label("size")
        query = (
            sa.select(jobs.delivery, jobs.allowed, d.id, d.sender, size)
            .join(t.deliveries, d.number == jobs.delivery)
            .order_by(jobs.delivery)
            .limit(limit)
            .with_for_update(of=t.delivery_jobs, skip_locked=True)
        )
        return [
            Job(
                number=row.delivery,
                id=DeliveryId(row.id),
                sender=row.sender,
                size=row.size,
                allowed=None if row.allowed is None else frozenset(row.allowed),
            )
            for row in await self._connection.execute(query)
        ]
