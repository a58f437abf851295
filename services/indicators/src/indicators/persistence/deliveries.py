"""Deliveries, their findings and differences as rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from domain.codec import decode, encode
from domain.delivery import Covered, Delivery, DeliveryStatus
from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.ports import Difference, RowFinding
from indicators.usecases.errors import UnknownDelivery

SAME_BYTES_WAIT = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:digest, 1))")


class StoredDeliveries:
    """Implements `Deliveries`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        """Work on this connection; what is kept is recorded now."""
        self._connection, self._now = connection, now

    async def known(self, sender: str, digest: str, options: str) -> Delivery | None:
        """Give the first delivery of the same bytes; others with them wait for the transaction's end."""
        await self._connection.execute(SAME_BYTES_WAIT, {"digest": f"{sender} {digest}"})
        d = t.deliveries.c
        same = sa.and_(d.digest == digest, d.sender == sender, d.options == options, ~d.dry_run)
        query = sa.select(d.body).where(same, d.status != DeliveryStatus.REJECTED).order_by(d.number).limit(1)
        body = await self._connection.scalar(query)
        return decode(Delivery, body) if body else None

    async def add(self, delivery: Delivery, options: str, units: frozenset[str], covered: Sequence[Covered]) -> int:
        """Keep a delivery, what it brought for each unit, and for which units besides it may be seen."""
        row = {**_head(delivery), "options": options, "recorded_at": self._now, "findings": 0}
        number: int = (
            await self._connection.execute(t.deliveries.insert().values(row).returning(t.deliveries.c.number))
        ).scalar_one()
        nothing = {"delivery": number, "first": None, "last": None, "months": 0, "rows": 0}
        named = {unit: {**nothing, "unit": unit} for unit in sorted(units)}
        named |= {entry.unit: {**nothing, **_coverage(entry)} for entry in covered}
        if named:
            await self._connection.execute(t.delivery_units.insert(), list(named.values()))
        return number

    async def coverage(self, id: DeliveryId, after: str, limit: int) -> Sequence[Covered]:
        """List what a delivery brought, in the order of the units' codes."""
        u = t.delivery_units.c
        number = sa.select(t.deliveries.c.number).where(t.deliveries.c.id == id).scalar_subquery()
        query = sa.select(t.delivery_units).where(u.delivery == number, u.rows > 0, u.unit > after).order_by(u.unit)
        return [
            Covered(
                unit=UnitCode(row.unit),
                first=Month.numbered(row.first),
                last=Month.numbered(row.last),
                months=row.months,
                rows=row.rows,
            )
            for row in await self._connection.execute(query.limit(limit))
        ]

    async def finish(self, number: int, delivery: Delivery, findings: Sequence[RowFinding], found: int) -> None:
        """Keep the outcome."""
        values = {**_head(delivery), "findings": found}
        await self._connection.execute(t.deliveries.update().where(t.deliveries.c.number == number).values(values))
        rows = [
            {
                "delivery": number,
                "ordinal": ordinal,
                "row": finding.row,
                "column": finding.column,
                "code": finding.code.value,
                "value": finding.value.replace("\0", "�"),
            }
            for ordinal, finding in enumerate(findings, start=1)
        ]
        if rows:
            await self._connection.execute(t.findings.insert(), rows)

    async def keep_differences(self, number: int, differences: Sequence[Difference]) -> None:
        """Keep what a dry run would change."""
        rows = [
            {"delivery": number, "ordinal": ordinal, "body": encode(difference)}
            for ordinal, difference in enumerate(differences, start=1)
        ]
        if rows:
            await self._connection.execute(t.differences.insert(), rows)

    async def get(self, id: DeliveryId) -> Delivery:
        """Give one delivery."""
        body = await self._connection.scalar(sa.select(t.deliveries.c.body).where(t.deliveries.c.id == id))
        if body is None:
            raise UnknownDelivery(id)
        return decode(Delivery, body)

    async def matching(
        self, units: Sequence[str], statuses: Sequence[str], before: int | None, limit: int
    ) -> Sequence[tuple[int, Delivery]]:
        """List deliveries, newest first."""
        d = t.deliveries.c
        query = sa.select(d.number, d.body).order_by(d.number.desc()).limit(limit)
        if before is not None:
            query = query.where(d.number < before)
        if statuses:
            query = query.where(d.status.in_(statuses))
        if units:
            named = sa.select(t.delivery_units.c.delivery).where(t.delivery_units.c.unit.in_(units))
            query = query.where(d.number.in_(named))
        return [(row.number, decode(Delivery, row.body)) for row in await self._connection.execute(query)]

    async def findings(self, id: DeliveryId, after: int, limit: int) -> tuple[int, Sequence[tuple[int, RowFinding]]]:
        """List the findings that are shown."""
        d = t.deliveries.c
        head = (await self._connection.execute(sa.select(d.number, d.findings).where(d.id == id))).one()
        f = t.findings.c
        query = sa.select(t.findings).where(f.delivery == head.number, f.ordinal > after).order_by(f.ordinal)
        rows = (await self._connection.execute(query.limit(limit))).all()
        return head.findings, [(row.ordinal, decode(RowFinding, _mapping(row))) for row in rows]

    async def differences(self, id: DeliveryId, after: int, limit: int) -> Sequence[tuple[int, Difference]]:
        """List the differences of a dry run."""
        d = t.differences.c
        number = sa.select(t.deliveries.c.number).where(t.deliveries.c.id == id).scalar_subquery()
        query = sa.select(d.ordinal, d.body).where(d.delivery == number, d.ordinal > after).order_by(d.ordinal)
        rows = (await self._connection.execute(query.limit(limit))).all()
        return [(row.ordinal, decode(Difference, row.body)) for row in rows]


def _coverage(entry: Covered) -> dict[str, Any]:
    return {
        "unit": entry.unit,
        "first": entry.first.ordinal,
        "last": entry.last.ordinal,
        "months": entry.months,
        "rows": entry.rows,
    }


def _head(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "sender": delivery.sender,
        "digest": delivery.digest,
        "dry_run": delivery.dry_run,
        "status": delivery.status.value,
        "body": encode(delivery),
    }


def _mapping(row: sa.Row[Any]) -> Mapping[str, Any]:
    return row._asdict()
