"""`Idempotency-Key` on every POST: the same key and body give the first answer again."""

import hashlib
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from domain.errors import Conflict, Invalid, Text
from fastapi import Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.clock import now

LONGEST_KEY = 200
KEPT = "30 days"
ABANDONED = "NOT committed AND status IS NULL AND claimed_at < now() - interval '5 minutes'"
_claim: ContextVar[str | None] = ContextVar("idempotency_claim", default=None)


@dataclass(eq=False)
class KeyReused(Invalid):
    """An Idempotency-Key belongs to one request."""

    title_de = "Ein Idempotency-Key gehört zu genau einer Anfrage."
    says = Text(
        "the key came with another body before; use a new key",
        "der Schlüssel kam schon mit anderem Inhalt; nehmen Sie einen neuen",
    )


@dataclass(eq=False)
class FirstStillRunning(Conflict):
    """The first request with this Idempotency-Key has not been answered."""

    title_de = "Die erste Anfrage mit diesem Idempotency-Key ist noch nicht beantwortet."
    says = Text(
        "wait and repeat, or read the resource: it may have been changed already",
        "warten und wiederholen, oder die Ressource lesen: sie kann schon geändert sein",
    )


def keys_table(metadata: sa.MetaData) -> sa.Table:
    """Describe the keys in a service's own metadata."""
    return sa.Table(
        "idempotency_keys",
        metadata,
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("claimed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("committed", sa.Boolean, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("headers", sa.JSON),
        sa.Column("body", sa.LargeBinary),
    )


KEYS = keys_table(sa.MetaData())


async def mark_committed(connection: AsyncConnection) -> None:
    """Note in the business transaction itself that the claimed request took effect."""
    key = _claim.get()
    if key is not None:
        await connection.execute(KEYS.update().where(KEYS.c.key == key).values(committed=True))


class KeyedRoute(APIRoute):
    """A route whose POSTs may be repeated under one key."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Put the key's bookkeeping around the route."""
        handle = super().get_route_handler()

        async def handle_once(request: Request) -> Response:
            key = request.headers.get("idempotency-key")
            if request.method != "POST" or key is None:
                return await handle(request)
            return await _once(request, key[:LONGEST_KEY], handle)

        return handle_once


async def _once(request: Request, key: str, handle: Callable[[Request], Coroutine[Any, Any, Response]]) -> Response:
    engine: AsyncEngine = request.app.state.database.engine
    who = request.headers.get("authorization", "")
    claim = hashlib.sha256(f"{who}\n{key}".encode()).hexdigest()
    body = hashlib.sha256(await request.body()).hexdigest()
    fingerprint = f"{request.method} {request.url.path}?{request.url.query} {body}"
    first = await _claimed(engine, claim, fingerprint)
    if first is not None:
        return first
    token = _claim.set(claim)
    try:
        response = await handle(request)
    except BaseException:
        async with engine.begin() as connection:
            await connection.execute(KEYS.delete().where(KEYS.c.key == claim, ~KEYS.c.committed))
        raise
    finally:
        _claim.reset(token)
    kept = {"status": response.status_code, "headers": dict(response.headers), "body": bytes(response.body)}
    async with engine.begin() as connection:
        await connection.execute(KEYS.update().where(KEYS.c.key == claim).values(**kept))
    return response


async def _claimed(engine: AsyncEngine, claim: str, fingerprint: str) -> Response | None:
    """Claim a key; give the first answer if it was claimed before."""
    row = {"key": claim, "fingerprint": fingerprint, "claimed_at": now(), "committed": False}
    async with engine.begin() as connection:
        old = sa.text(f"claimed_at < now() - interval '{KEPT}' OR ({ABANDONED})")
        await connection.execute(KEYS.delete().where(KEYS.c.key == claim, old))
        taken = await connection.execute(insert(KEYS).values(row).on_conflict_do_nothing().returning(KEYS.c.key))
        if taken.first() is not None:
            return None
        first = (await connection.execute(sa.select(KEYS).where(KEYS.c.key == claim))).one()
    if first.fingerprint != fingerprint:
        raise KeyReused
    if first.status is None:
        raise FirstStillRunning
    return Response(first.body, first.status, headers={**first.headers, "Idempotency-Replayed": "true"})
