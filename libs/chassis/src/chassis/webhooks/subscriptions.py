"""Subscriptions and their deliveries as rows: made, listed, ended, due again."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from domain.errors import Text, Unknown
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.webhooks.tables import DELIVERIES, SUBSCRIPTIONS

SECRET_BYTES = 32
NEWEST = sa.text("SELECT coalesce(max(position), 0) FROM outbox")
Row = sa.Row[Any]


@dataclass(eq=False)
class UnknownSubscription(Unknown):
    """There is no such subscription."""

    title_de = "Dieses Abonnement gibt es nicht."
    says = Text("there is no subscription {id}", "es gibt kein Abonnement {id}")

    id: UUID


async def subscribe(
    connection: AsyncConnection, id: UUID, url: str, types: Sequence[str], *, by: str, at: datetime
) -> Row:
    """Begin a subscription behind the newest event, with a fresh secret."""
    row = {
        "id": id,
        "url": url,
        "types": list(types),
        "secret": f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}",
        "active": True,
        "created_by": by,
        "created_at": at,
        "position": await connection.scalar(NEWEST),
    }
    made: Row = (await connection.execute(SUBSCRIPTIONS.insert().values(row).returning(SUBSCRIPTIONS))).one()
    return made


async def subscriptions(connection: AsyncConnection) -> Sequence[Row]:
    """List all subscriptions, oldest first."""
    return (await connection.execute(sa.select(SUBSCRIPTIONS).order_by(SUBSCRIPTIONS.c.id))).all()


async def subscription(connection: AsyncConnection, id: UUID) -> Row:
    """Give one subscription."""
    return _present((await connection.execute(sa.select(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.id == id))).first(), id)


async def unsubscribe(connection: AsyncConnection, id: UUID) -> None:
    """End a subscription; its deliveries go with it."""
    query = SUBSCRIPTIONS.delete().where(SUBSCRIPTIONS.c.id == id).returning(SUBSCRIPTIONS.c.id)
    _present((await connection.execute(query)).first(), id)


async def deliveries(
    connection: AsyncConnection, id: UUID, statuses: Sequence[str], after: int, limit: int
) -> Sequence[Row]:
    """List a subscription's deliveries behind a position, in the order of their events."""
    await subscription(connection, id)
    query = sa.select(DELIVERIES).where(DELIVERIES.c.subscription == id, DELIVERIES.c.position > after)
    if statuses:
        query = query.where(DELIVERIES.c.status.in_(statuses))
    return (await connection.execute(query.order_by(DELIVERIES.c.position).limit(limit))).all()


async def make_due(connection: AsyncConnection, id: UUID, now: datetime, *, dead: bool, after: int) -> int:
    """Make deliveries due again: the dead ones, or all behind a position; give how many."""
    await subscription(connection, id)
    chosen = DELIVERIES.c.status == "dead" if dead else DELIVERIES.c.position > after
    again = DELIVERIES.update().where(DELIVERIES.c.subscription == id, chosen)
    return (await connection.execute(again.values(status="pending", attempts=0, next_at=now))).rowcount


def _present(row: Row | None, id: UUID) -> Row:
    if row is None:
        raise UnknownSubscription(id)
    return row
