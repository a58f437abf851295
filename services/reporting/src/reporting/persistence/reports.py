"""Reports as rows: frozen content and its digest."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from domain.codec import decode, encode
from domain.identity import ReportId
from domain.report import Report, ReportStatus
from sqlalchemy.ext.asyncio import AsyncConnection

from reporting.persistence.tables import reports
from reporting.ports import KeptReport, Sought
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

    async def matching(self, sought: Sought) -> Sequence[KeptReport]:
        """List reports, oldest first."""
        r = reports.c
        query = sa.select(reports).order_by(r.id).limit(sought.limit)
        if sought.units is not None:
            query = query.where(r.unit.in_(sought.units))
        for column, chosen in ((r.kind, sought.kinds), (r.period, sought.periods), (r.status, sought.statuses)):
            if chosen:
                query = query.where(column.in_(chosen))
        if sought.after is not None:
            query = query.where(r.id > sought.after)
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
