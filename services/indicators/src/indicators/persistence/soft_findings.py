"""Soft findings as rows."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from domain.codec import encode
from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from domain.quality_rule import RuleKind
from domain.soft_finding import (
    Acknowledgement,
    SoftFinding,
    SoftFindingFiled,
    SoftStatus,
    UnknownSoftFinding,
)
from domain.variable import Cell
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.ports.quality import Place, SoftAsked, SoftPosition

f = t.soft_findings.c
FIGURES = ("observed", "expected", "low", "high")
FILED = sa.select(t.soft_findings, t.series.c.variable, t.series.c.dimensions).join(
    t.series, t.series.c.id == f.series_id
)

# What stands for some units and months, found by the leading part of the key.
STANDING = sa.text("""
    SELECT s.id FROM unnest(CAST(:units AS text[]), CAST(:months AS int[])) AS place (unit, month)
    JOIN soft_findings s ON s.unit = place.unit AND s.month = place.month
    WHERE s.status <> 'resolved'
""").columns(sa.column("id", sa.Uuid))


class StoredSoftFindings:
    """Implements `SoftFindings`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        """Work on this connection; what is kept is found now."""
        self._connection, self._now = connection, now

    async def keep(self, delivery: DeliveryId, found: Sequence[tuple[UUID, SoftFinding]]) -> None:
        """Keep findings that a delivery gave rise to."""
        if not found:
            return
        names = {str(finding.cell) for _, finding in found}
        query = sa.select(t.series.c.name, t.series.c.id).where(t.series.c.name.in_(names))
        series = {row.name: row.id for row in await self._connection.execute(query)}
        told = {"delivery": delivery, "found_at": self._now, "status": SoftStatus.OPEN.value}
        rows = [{"id": id, **told, **_row(finding, series[str(finding.cell)])} for id, finding in found]
        await self._connection.execute(t.soft_findings.insert(), rows)

    async def standing(self, places: Sequence[Place]) -> Sequence[SoftFindingFiled]:
        """Give what is not resolved in some months of some units."""
        asked = {"units": [unit for unit, _ in places], "months": [month.ordinal for _, month in places]}
        ids = STANDING.bindparams(**asked).subquery()
        query = FILED.join(ids, ids.c.id == f.id).order_by(f.unit, f.month, f.id)
        return [_filed(row) for row in await self._connection.execute(query)]

    async def resolve(self, ids: Sequence[UUID], by: DeliveryId) -> None:
        """Note that a delivery made findings vanish."""
        if ids:
            vanished = t.soft_findings.update().where(f.id.in_(ids))
            await self._connection.execute(vanished.values(status=SoftStatus.RESOLVED.value, resolved_by=by))

    async def matching(self, asked: SoftAsked, after: SoftPosition | None, limit: int) -> Sequence[SoftFindingFiled]:
        """List findings in the order of unit, month and id."""
        query = FILED.order_by(f.unit, f.month, f.id).limit(limit)
        if after is not None:
            query = query.where(sa.tuple_(f.unit, f.month, f.id) > sa.tuple_(*map(sa.literal, after)))
        if asked.units:
            query = query.where(f.unit.in_(asked.units))
        if asked.months:
            query = query.where(f.month.in_([month.ordinal for month in asked.months]))
        if asked.statuses:
            query = query.where(f.status.in_([status.value for status in asked.statuses]))
        if asked.delivery is not None:
            query = query.where(f.delivery == asked.delivery)
        return [_filed(row) for row in await self._connection.execute(query)]

    async def get(self, id: UUID) -> SoftFindingFiled:
        """Give one finding."""
        return await self._one(FILED.where(f.id == id), id)

    async def acknowledge(self, id: UUID, given: Acknowledgement) -> SoftFindingFiled:
        """Keep that somebody stands for a figure; two at once wait for each other."""
        filed = await self._one(FILED.where(f.id == id).with_for_update(of=t.soft_findings), id)
        filed.must_be_open()
        told = {"acknowledged_by": given.by, "acknowledged_at": given.at, "reason": given.reason}
        changed = t.soft_findings.update().where(f.unit == filed.finding.unit, f.id == id)
        await self._connection.execute(changed.values(status=SoftStatus.ACKNOWLEDGED.value, **told))
        return await self.get(id)

    async def _one(self, query: sa.Select[Any], id: UUID) -> SoftFindingFiled:
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise UnknownSoftFinding(id)
        return _filed(row)


def _row(finding: SoftFinding, series: int) -> dict[str, Any]:
    return {
        "unit": finding.unit,
        "month": finding.month.ordinal,
        "series_id": series,
        "dimension": finding.dimension,
        "rule": finding.rule,
        "rule_version": finding.version,
        "kind": finding.kind.value,
        "basis": encode(finding.basis),
        **{name: getattr(finding, name) for name in FIGURES},
    }


def _filed(row: sa.Row[Any]) -> SoftFindingFiled:
    given = row.acknowledged_by and Acknowledgement(by=row.acknowledged_by, at=row.acknowledged_at, reason=row.reason)
    finding = SoftFinding(
        unit=UnitCode(row.unit),
        month=Month.numbered(row.month),
        cell=Cell.of(row.variable, **row.dimensions),
        dimension=row.dimension,
        rule=row.rule,
        version=row.rule_version,
        kind=RuleKind(row.kind),
        basis={name: Decimal(number) for name, number in row.basis.items()},
        **{name: getattr(row, name) for name in FIGURES},
    )
    return SoftFindingFiled(
        id=row.id,
        finding=finding,
        delivery=DeliveryId(row.delivery),
        found_at=row.found_at,
        status=SoftStatus(row.status),
        resolved_by=row.resolved_by and DeliveryId(row.resolved_by),
        acknowledgement=given or None,
    )
