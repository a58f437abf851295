"""Reports as rows: frozen content and its digest."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from domain.codec import decode, encode
from domain.identity import ReportId
from domain.report import Report, ReportKind, ReportStatus
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.persistence.tables import reports
from reporting.ports import KeptReport
from reporting.usecases.errors import UnknownReport


class StoredReports:
    """Implements `Reports`."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on this connection."""
        self._connection = connection

    async def add(self, kept: KeptReport) -> None:
        """Keep a report."""
        row = {
            "unit": kept.report.unit,
            "id": kept.id,
            "kind": kept.report.kind.value,
            "period": kept.report.period,
            "status": kept.status.value,
            "digest": kept.digest,
            "created_at": kept.created_at,
            "created_by": kept.created_by,
            "body": encode(kept.report),
        }
        await self._connection.execute(reports.insert().values(row))

    async def get(self, id: ReportId) -> KeptReport:
        """Give one report."""
        row = (await self._connection.execute(sa.select(reports).where(reports.c.id == id))).first()
        if row is None:
            raise UnknownReport(id)
        return _kept(row)

    async def matching(
        self, units: Sequence[str], kinds: Sequence[ReportKind], periods: Sequence[str], after: UUID | None, limit: int
    ) -> Sequence[KeptReport]:
        """List reports, oldest first."""
        r = reports.c
        query = sa.select(reports).order_by(r.id).limit(limit)
        for column, chosen in ((r.unit, units), (r.kind, kinds), (r.period, periods)):
            if chosen:
                query = query.where(column.in_(chosen))
        if after is not None:
            query = query.where(r.id > after)
        return [_kept(row) for row in await self._connection.execute(query)]


def _kept(row: sa.Row[Any]) -> KeptReport:
    return KeptReport(
        id=ReportId(row.id),
        status=ReportStatus(row.status),
        digest=row.digest,
        created_at=row.created_at,
        created_by=row.created_by,
        report=decode(Report, row.body),
    )
