"""Deliveries, their findings and differences as rows."""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import polars as pl
import sqlalchemy as sa
from domain.codec import decode, encode
from domain.delivery import OPEN, WANTING, Covered, Delivery, DeliveryDone, DeliveryKind, DeliveryStatus, Progress
from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from indicators.persistence import tables as t
from indicators.persistence.copying import copy_in
from indicators.persistence.differences import differences_of
from indicators.persistence.locks import Lock, held
from indicators.ports import Difference, RowFinding
from indicators.usecases.errors import NothingToTakeBack, UnknownDelivery

STILL_OPEN = [status.value for status in OPEN]
# What a delivery brought for each unit, over what it was expected to bring.
BROUGHT = sa.text("""
    INSERT INTO delivery_units (unit, delivery, first, last, months, rows)
    SELECT unit, :delivery, first, last, months, rows
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS brought (unit text, first int, last int, months int, rows bigint)
    ON CONFLICT (unit, delivery) DO UPDATE
    SET (first, last, months, rows) = (excluded.first, excluded.last, excluded.months, excluded.rows)
""").bindparams(sa.bindparam("rows", type_=sa.JSON))

SAME_BYTES_WAIT = held(Lock.SAME_BYTES, "digest")


class StoredDeliveries:
    """Implements `Deliveries`."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        """Work on this connection; what is kept is recorded now."""
        self._connection, self._now = connection, now

    async def known(self, delivery: Delivery) -> Delivery | None:
        """Give the first one of the same bytes; others with them wait for the transaction's end. A dry run has none."""
        if delivery.dry_run:
            return None
        await self._connection.execute(SAME_BYTES_WAIT, {"digest": f"{delivery.sender} {delivery.digest}"})
        d, retraction = t.deliveries.c, t.deliveries.alias()
        stands = ~sa.exists().where(retraction.c.retracts == d.number)
        alike = sa.and_(d.digest == delivery.digest, d.sender == delivery.sender, d.options == delivery.terms)
        kept = d.status.not_in([status.value for status in WANTING])
        query = sa.select(t.deliveries).where(alike, ~d.dry_run, kept, stands).order_by(d.number).limit(1)
        row = (await self._connection.execute(query)).one_or_none()
        return _delivery(row) if row else None

    async def add(self, delivery: Delivery, units: frozenset[str]) -> int:
        """Keep a delivery, and for which units it may be seen before it is judged."""
        row = {**_head(delivery), "options": delivery.terms, "recorded_at": self._now, "findings": 0}
        number: int = (
            await self._connection.execute(t.deliveries.insert().values(row).returning(t.deliveries.c.number))
        ).scalar_one()
        nothing = {"delivery": number, "first": None, "last": None, "months": 0, "rows": 0}
        if units:
            await self._connection.execute(
                t.delivery_units.insert(), [{**nothing, "unit": unit} for unit in sorted(units)]
            )
        return number

    async def add_retraction(self, retraction: Delivery, of: DeliveryId) -> int:
        """Keep a delivery that takes another back, and say so of the other; two at once wait for each other."""
        d = t.deliveries.c
        taken = [DeliveryStatus.ACCEPTED.value, DeliveryStatus.PARTIALLY_ACCEPTED.value]
        kept = sa.and_(d.id == of, d.status.in_(taken), ~d.dry_run, d.retracts.is_(None))
        number = await self._connection.scalar(sa.select(d.number).where(kept).with_for_update())
        again = sa.select(d.number).where(d.retracts == number)
        if number is None or await self._connection.scalar(again) is not None:
            raise NothingToTakeBack
        said = {"retracted_by": str(retraction.id), "reason": retraction.reason}
        await self._connection.execute(t.deliveries.update().where(d.number == number).values(body=d.body.concat(said)))
        row = {**_head(retraction), "options": retraction.terms, "recorded_at": self._now, "findings": 0}
        added = t.deliveries.insert().values({**row, "retracts": number}).returning(d.number)
        added_number: int = (await self._connection.execute(added)).scalar_one()
        return added_number

    async def report(self, number: int, progress: Progress) -> bool:
        """Say how far it is; False where it was cancelled."""
        d = t.deliveries.c
        reported = t.deliveries.update().where(d.number == number, d.status.in_(STILL_OPEN))
        values = {
            "rows_read": progress.read,
            "rows_compared": progress.compared,
            "status": DeliveryStatus.PROCESSING.value,
        }
        return (await self._connection.execute(reported.values(values))).rowcount > 0

    async def finish(
        self, number: int, delivery: Delivery, found: int, covered: Sequence[Covered] = (), revision: int | None = None
    ) -> bool:
        """Keep the outcome, recorded now: what a delivery brought is known from the moment it is judged."""
        d = t.deliveries.c
        progress = {"rows_read": delivery.progress.read, "rows_compared": delivery.progress.compared}
        values: dict[str, Any] = {**_head(delivery), **progress, "findings": found, "revision": revision}
        values["recorded_at"] = sa.func.clock_timestamp()
        finished = t.deliveries.update().where(d.number == number, d.status.in_(STILL_OPEN))
        if not (await self._connection.execute(finished.values(values))).rowcount:
            return False
        if covered:
            rows = [_coverage(entry) for entry in covered]
            await self._connection.execute(BROUGHT, {"delivery": number, "rows": rows})
        return True

    async def cancel(self, id: DeliveryId) -> Delivery:
        """Cancel what is still open."""
        query = sa.select(t.deliveries).where(t.deliveries.c.id == id).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise UnknownDelivery(id)
        delivery = _delivery(row)
        if delivery.status not in OPEN:
            raise DeliveryDone(delivery.status)
        cancelled = replace(delivery, status=DeliveryStatus.CANCELLED)
        await self._connection.execute(t.deliveries.update().where(t.deliveries.c.id == id).values(_head(cancelled)))
        return cancelled

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

    async def keep_findings(self, number: int, findings: pl.DataFrame) -> None:
        """Keep findings, copied in as a whole."""
        rows = findings.unique(["row", "column", "code"], keep="first").select(
            delivery=pl.lit(number), row="row", column="column", code="code", value="value"
        )
        driver: Any = (await self._connection.get_raw_connection()).driver_connection
        content = io.BytesIO(rows.write_csv(include_header=False, quote_style="non_numeric").encode())
        await copy_in(driver, "findings", content, rows.columns)

    async def get(self, id: DeliveryId) -> Delivery:
        """Give one delivery."""
        row = (await self._connection.execute(sa.select(t.deliveries).where(t.deliveries.c.id == id))).one_or_none()
        if row is None:
            raise UnknownDelivery(id)
        return _delivery(row)

    async def senders(self, ids: Collection[DeliveryId]) -> Mapping[DeliveryId, str]:
        """Say who sent deliveries."""
        d = t.deliveries.c
        query = sa.select(d.id, d.sender).where(d.id == sa.any_(sa.literal([*ids], ARRAY(sa.Uuid))))
        return {DeliveryId(row.id): row.sender for row in await self._connection.execute(query)}

    async def number(self, id: DeliveryId) -> int:
        """Give its number."""
        number: int | None = await self._connection.scalar(
            sa.select(t.deliveries.c.number).where(t.deliveries.c.id == id)
        )
        if number is None:
            raise UnknownDelivery(id)
        return number

    async def matching(
        self, units: Sequence[str], statuses: Sequence[str], before: int | None, limit: int
    ) -> Sequence[tuple[int, Delivery]]:
        """List deliveries, newest first."""
        d = t.deliveries.c
        query = sa.select(t.deliveries).order_by(d.number.desc()).limit(limit)
        if before is not None:
            query = query.where(d.number < before)
        if statuses:
            query = query.where(d.status.in_(statuses))
        if units:
            named = sa.select(t.delivery_units.c.delivery).where(t.delivery_units.c.unit.in_(units))
            query = query.where(d.number.in_(named))
        return [(row.number, _delivery(row)) for row in await self._connection.execute(query)]

    async def findings(self, id: DeliveryId, after: tuple[int, str], limit: int) -> tuple[int, Sequence[RowFinding]]:
        """List the findings that are kept."""
        d = t.deliveries.c
        head = (await self._connection.execute(sa.select(d.number, d.findings).where(d.id == id))).one()
        f = t.findings.c
        place = sa.tuple_(f.row, f.column)
        query = sa.select(t.findings).where(f.delivery == head.number, place > sa.tuple_(*map(sa.literal, after)))
        rows = (await self._connection.execute(query.order_by(f.row, f.column, f.code).limit(limit))).all()
        return head.findings, [decode(RowFinding, row._asdict()) for row in rows]

    async def needing_files(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Say which of these wait, or have a file of values with findings."""
        d = t.deliveries.c
        waits = sa.exists().where(t.delivery_jobs.c.delivery == d.number)
        given_back = sa.and_(d.findings > 0, d.body["kind"].as_string() == DeliveryKind.OBSERVATIONS.value)
        query = sa.select(d.id).where(d.id.in_(ids), waits | given_back)
        return frozenset(await self._connection.scalars(query))

    async def differences(self, id: DeliveryId, after: tuple[str, int, str], limit: int) -> Sequence[Difference]:
        """List what a delivery changes or would change."""
        return await differences_of(self._connection, id, after, limit)


def _delivery(row: sa.Row[Any]) -> Delivery:
    progress = Progress(read=row.rows_read, compared=row.rows_compared)
    return replace(decode(Delivery, row.body), status=DeliveryStatus(row.status), progress=progress)


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
