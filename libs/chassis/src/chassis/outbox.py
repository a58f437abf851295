"""Events kept in the transaction that caused them, and served as a feed by cursor."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Query, Request
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.auth import Identified
from chassis.caller import Role
from chassis.clock import new_id
from chassis.event import Event
from chassis.paging import Limit, integer_of
from chassis.wire import Instant, Told

APPEND_IN_ORDER = sa.text("SELECT pg_advisory_xact_lock(hashtext('outbox'))")


def outbox_table(metadata: sa.MetaData) -> sa.Table:
    """Describe the outbox in a service's own metadata."""
    return sa.Table(
        "outbox",
        metadata,
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("time", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("data", JSONB, nullable=False),
    )


class Outbox:
    """Implements `Events` within one transaction."""

    def __init__(self, connection: AsyncConnection, table: sa.Table, now: datetime) -> None:
        """Tell events on this connection, dated now."""
        self._connection, self._table, self._now = connection, table, now

    async def tell(self, *events: Event) -> None:
        """Append events; call it last, for writers wait for one another from here to their commit.

        Without that order a reader could pass a position whose transaction commits a moment later.
        """
        rows = [
            {"id": new_id(), "type": e.type, "subject": e.subject, "time": self._now, "data": dict(e.data)}
            for e in events
        ]
        if rows:
            await self._connection.execute(APPEND_IN_ORDER)
            await self._connection.execute(self._table.insert(), rows)


class EventOut(Told):
    """One event, in the shape of CloudEvents."""

    id: UUID
    type: str
    source: str
    subject: str
    time: Instant
    data: dict[str, Any]


class EventPage(Told):
    """Events after a cursor; `next` is always given and goes on where this page ends."""

    items: list[EventOut]
    next: str


After = Annotated[str | None, Query(description="the `next` of the page before")]


def events_router(source: str, table: sa.Table) -> APIRouter:
    """Serve a service's outbox at `/v1/events`."""
    router = APIRouter(tags=["events"])

    @router.get("/v1/events")
    async def list_events(request: Request, caller: Identified, after: After = None, limit: Limit = 100) -> EventPage:
        """List what happened, oldest first; the feed is the truth, a push only a hint."""
        caller.must_be(Role.SERVICE, Role.AUDITOR, Role.OPERATOR)
        position = integer_of(after)
        query = sa.select(table).where(table.c.position > position).order_by(table.c.position).limit(limit)
        async with request.app.state.database.engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return EventPage(items=_events(source, rows), next=str(rows[-1].position if rows else position))

    return router


def _events(source: str, rows: Sequence[sa.Row[Any]]) -> list[EventOut]:
    return [EventOut(id=r.id, type=r.type, source=source, subject=r.subject, time=r.time, data=r.data) for r in rows]
