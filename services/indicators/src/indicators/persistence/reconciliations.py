"""Runs of reconciliation as rows: the head is seen by whoever reaches one of its units, differences by unit."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from domain.codec import decode, encode
from domain.reconciliation import Cause, FigureDifference, Reconciliation
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.ports.reconciled import OfficialFinding, Run
from indicators.usecases.reconciling_errors import UnknownReconciliation

SAME_TABLE_WAITS = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:digest, 2))")


class StoredReconciliations:
    """Implements `Reconciliations`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def wait_for(self, by: str, digest: str) -> None:
        """Let one transaction at a time keep a run of the same table."""
        await self._connection.execute(SAME_TABLE_WAITS, {"digest": f"{by} {digest}"})

    async def known(self, by: str, digest: str, state: str) -> Reconciliation | None:
        """Give the run of the same table over the same data."""
        r = t.reconciliations.c
        query = sa.select(r.body).where(r.by == by, r.digest == digest, r.state == state)
        body = await self._connection.scalar(query)
        return decode(Reconciliation, body) if body else None

    async def add(self, run: Run) -> None:
        """Keep a run with its units, findings and differences."""
        head = run.head
        row = {"id": head.id, "by": head.by, "digest": head.digest, "state": head.state, "body": encode(head)}
        await self._connection.execute(t.reconciliations.insert().values(row))
        units = [{"unit": unit, "run": head.id} for unit in sorted(run.units)]
        findings = [
            {"run": head.id, "ordinal": ordinal, "body": encode(finding)}
            for ordinal, finding in enumerate(run.findings, start=1)
        ]
        differences = [
            {"unit": d.unit, "run": head.id, "ordinal": ordinal, "cause": d.cause.value, "body": encode(d)}
            for ordinal, d in enumerate(run.differences, start=1)
        ]
        for table, rows in (
            (t.reconciliation_units, units),
            (t.reconciliation_findings, findings),
            (t.reconciliation_differences, differences),
        ):
            if rows:
                await self._connection.execute(table.insert(), rows)

    async def get(self, id: UUID) -> Reconciliation:
        """Give one run."""
        body = await self._connection.scalar(sa.select(t.reconciliations.c.body).where(t.reconciliations.c.id == id))
        if body is None:
            raise UnknownReconciliation(id)
        return decode(Reconciliation, body)

    async def matching(self, before: UUID | None, limit: int) -> Sequence[Reconciliation]:
        """List runs, newest first."""
        r = t.reconciliations.c
        query = sa.select(r.body).order_by(r.id.desc()).limit(limit)
        if before is not None:
            query = query.where(r.id < before)
        return [decode(Reconciliation, body) for body in await self._connection.scalars(query)]

    async def differences(
        self, id: UUID, causes: Sequence[Cause], units: Sequence[str], after: int, limit: int
    ) -> Sequence[tuple[int, FigureDifference]]:
        """List a run's differences in the order of their numbers."""
        d = t.reconciliation_differences.c
        query = sa.select(d.ordinal, d.body).where(d.run == id, d.ordinal > after).order_by(d.ordinal).limit(limit)
        if causes:
            query = query.where(d.cause.in_([cause.value for cause in causes]))
        if units:
            query = query.where(d.unit.in_(units))
        return [(row.ordinal, decode(FigureDifference, row.body)) for row in await self._connection.execute(query)]

    async def findings(self, id: UUID, after: int, limit: int) -> Sequence[tuple[int, OfficialFinding]]:
        """List what is wrong with a run's rows."""
        f = t.reconciliation_findings.c
        query = sa.select(f.ordinal, f.body).where(f.run == id, f.ordinal > after).order_by(f.ordinal).limit(limit)
        return [(row.ordinal, decode(OfficialFinding, row.body)) for row in await self._connection.execute(query)]
