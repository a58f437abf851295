"""Runs of reconciliation as rows: the head is seen by whoever reaches one of its units, differences by unit."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import polars as pl
import sqlalchemy as sa
from chassis.caller import Reach
from domain.codec import decode, encode
from domain.reconciliation import (
    Cause,
    FigureDifference,
    Reconciliation,
    ReconciliationStatus,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.persistence.locks import Lock, held
from indicators.ports.reconciled import OfficialFinding
from indicators.usecases.reconciliations.errors import UnknownReconciliation

PAGE = 1_000
"""How many differences are written at once."""
r = t.reconciliations.c
SAME_TABLE_WAITS = held(Lock.SAME_TABLE, "digest")


class StoredReconciliations:
    """Implements `Reconciliations`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def wait_for(self, by: str, digest: str) -> None:
        """Let one transaction at a time keep a run of the same table."""
        await self._connection.execute(SAME_TABLE_WAITS, {"digest": f"{by} {digest}"})

    async def known(self, run: Reconciliation, allowed: Reach) -> Reconciliation | None:
        """Give the first run that is not begun yet, or is over the same data; none that failed."""
        waits = r.status == ReconciliationStatus.RECEIVED.value
        fruitful = r.status != ReconciliationStatus.FAILED.value
        alike = sa.and_(r.by == run.by, r.digest == run.digest, r.reach == _written(allowed), fruitful)
        query = sa.select(t.reconciliations).where(alike, waits | (r.state == run.state)).order_by(r.id).limit(1)
        row = (await self._connection.execute(query)).one_or_none()
        return _run(row) if row else None

    async def add(self, run: Reconciliation, allowed: Reach, units: frozenset[str]) -> None:
        """Keep a run, and for which units it may be seen."""
        row = {"id": run.id, "reach": _written(allowed), **_head(run)}
        await self._connection.execute(t.reconciliations.insert().values(row))
        await self._see(run.id, units)

    async def report(self, run: Reconciliation) -> None:
        """Say how far it is; the outcome comes with `finish`."""
        told = {name: value for name, value in _head(run).items() if name != "body"}
        await self._connection.execute(t.reconciliations.update().where(r.id == run.id).values(told))

    async def keep_findings(self, id: UUID, findings: pl.DataFrame) -> None:
        """Keep findings, each under its row."""
        rows = [
            {"run": id, "ordinal": finding["row"], "body": finding}
            for finding in findings.select("row", "column", "code", "value").iter_rows(named=True)
        ]
        await self._connection.execute(t.reconciliation_findings.insert(), rows)

    async def keep_differences(self, id: UUID, first: int, differences: Sequence[FigureDifference]) -> None:
        """Keep differences."""
        for start in range(0, len(differences), PAGE):
            rows = [
                {"unit": d.unit, "run": id, "ordinal": ordinal, "cause": d.cause.value, "body": encode(d)}
                for ordinal, d in enumerate(differences[start : start + PAGE], start=first + start)
            ]
            await self._connection.execute(t.reconciliation_differences.insert(), rows)

    async def finish(self, run: Reconciliation, units: frozenset[str]) -> None:
        """Keep a run's outcome; whoever reaches one of its units sees it from now on."""
        await self._connection.execute(t.reconciliations.update().where(r.id == run.id).values(_head(run)))
        await self._see(run.id, units)

    async def get(self, id: UUID) -> Reconciliation:
        """Give one run."""
        row = (await self._connection.execute(sa.select(t.reconciliations).where(r.id == id))).one_or_none()
        if row is None:
            raise UnknownReconciliation(id)
        return _run(row)

    async def matching(self, before: UUID | None, limit: int) -> Sequence[Reconciliation]:
        """List runs, newest first."""
        query = sa.select(t.reconciliations).order_by(r.id.desc()).limit(limit)
        if before is not None:
            query = query.where(r.id < before)
        return [_run(row) for row in await self._connection.execute(query)]

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

    async def findings(self, id: UUID, after: int, limit: int) -> Sequence[OfficialFinding]:
        """List what is wrong with a run's rows."""
        f = t.reconciliation_findings.c
        query = sa.select(f.body).where(f.run == id, f.ordinal > after).order_by(f.ordinal).limit(limit)
        return [decode(OfficialFinding, body) for body in await self._connection.scalars(query)]

    async def _see(self, id: UUID, units: frozenset[str]) -> None:
        if units:
            rows = [{"unit": unit, "run": id} for unit in sorted(units)]
            await self._connection.execute(insert(t.reconciliation_units).on_conflict_do_nothing(), rows)


def _written(allowed: Reach) -> str:
    """Write a reach, which may be thousands of units, in short."""
    return "*" if allowed is None else sha256(" ".join(sorted(allowed)).encode()).hexdigest()


def _run(row: sa.Row[Any]) -> Reconciliation:
    told = decode(Reconciliation, row.body)
    status = ReconciliationStatus(row.status)
    return replace(told, status=status, state=row.state, asked=row.asked, compared=row.compared)


def _head(run: Reconciliation) -> dict[str, Any]:
    return {
        "by": run.by,
        "digest": run.digest,
        "state": run.state,
        "status": run.status.value,
        "asked": run.asked,
        "compared": run.compared,
        "body": encode(run),
    }
