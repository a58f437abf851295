"""`/v1/webhooks`: who is pushed which events; what was delivered, what is dead, what is sent again."""

import base64
import secrets
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

import sqlalchemy as sa
from domain.errors import Text, Unknown
from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.auth import Identified
from chassis.caller import Caller, Role
from chassis.clock import NewId, Now
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked, Cursor, Limit, cursor_of, key_of
from chassis.webhooks.sending import Sender
from chassis.webhooks.tables import DELIVERIES, SUBSCRIPTIONS
from chassis.wire import Instant, Sent, Told

router = APIRouter(tags=["webhooks"], route_class=KeyedRoute)
SECRET_BYTES = 32
Status = Literal["pending", "delivered", "dead"]
Key = Annotated[UUID, Path(description="the subscription's id")]
Statuses = Annotated[list[Status] | None, Query(description="only in these states")]


@dataclass(eq=False)
class UnknownSubscription(Unknown):
    """There is no such subscription."""

    title_de = "Dieses Abonnement gibt es nicht."
    says = Text("there is no subscription {id}", "es gibt kein Abonnement {id}")

    id: UUID


class WebhookIn(Sent):
    """Where to push which events; no types means all."""

    url: str = Field(max_length=2_000, examples=["https://council.example/hooks/zielwerk"])
    types: list[Annotated[str, Field(max_length=100, examples=["agreement.signed"])]] = Field(
        default_factory=list, max_length=100
    )


class WebhookOut(Told):
    """A subscription; its secret is told once, when it is made."""

    id: UUID
    url: str
    types: list[str]
    active: bool
    created_by: str
    created_at: Instant
    position: int


class NewWebhookOut(WebhookOut):
    """A new subscription with the secret its signatures verify with."""

    secret: str


class WebhookPage(Told):
    """All subscriptions."""

    items: list[WebhookOut]
    next: None


class WebhookDeliveryOut(Told):
    """One event on its way to one subscriber."""

    position: int
    status: Status
    attempts: int
    next_at: Instant
    answered: int | None
    why: str | None


class WebhookDeliveryPage(Told):
    """Deliveries in the order of their events."""

    items: list[WebhookDeliveryOut]
    next: str | None


class ReplayIn(Sent):
    """What to send again: all events after a position, or only what is dead."""

    after: int | None = Field(None, ge=0)
    dead: bool = False


class ReplayOut(Told):
    """How many deliveries are due again."""

    due: int


@router.post("/v1/webhooks", status_code=201)
async def subscribe(request: Request, sent: WebhookIn, caller: Identified, id: NewId, now: Now) -> NewWebhookOut:
    """Subscribe an allowed target from now on; keep the secret, it is not shown again."""
    caller.must_be(Role.OPERATOR)
    sender: Sender = request.app.state.sender
    await sender.rule.address(sender.rule.checked(sent.url), sender.resolve)
    return await _subscribed(sender.engine, sent, id, caller, now)


@router.get("/v1/webhooks")
async def list_webhooks(request: Request, caller: Identified, asked: Asked) -> WebhookPage:
    """List all subscriptions."""
    async with _opened(request, caller).connect() as connection:
        rows = (await connection.execute(sa.select(SUBSCRIPTIONS).order_by(SUBSCRIPTIONS.c.id))).all()
    return asked.page(WebhookPage, [_told(row) for row in rows])


@router.get("/v1/webhooks/{id}")
async def get_webhook(request: Request, id: Key, caller: Identified) -> WebhookOut:
    """Give one subscription."""
    async with _opened(request, caller).connect() as connection:
        row = (await connection.execute(sa.select(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.id == id))).first()
    return _told(_present(row, id))


@router.delete("/v1/webhooks/{id}", status_code=204)
async def unsubscribe(request: Request, id: Key, caller: Identified) -> None:
    """End a subscription; what was not delivered yet is dropped."""
    caller.must_be(Role.OPERATOR)
    async with _opened(request, caller).begin() as connection:
        query = SUBSCRIPTIONS.delete().where(SUBSCRIPTIONS.c.id == id).returning(SUBSCRIPTIONS.c.id)
        _present((await connection.execute(query)).first(), id)


@router.get("/v1/webhooks/{id}/deliveries")
async def list_webhook_deliveries(
    request: Request, id: Key, caller: Identified, status: Statuses = None, limit: Limit = 100, cursor: Cursor = None
) -> WebhookDeliveryPage:
    """List what was, is to be, or could not be delivered."""
    key = key_of(cursor, 1)
    query = sa.select(DELIVERIES).where(
        DELIVERIES.c.subscription == id, DELIVERIES.c.position > int(key[0] if key else -1)
    )
    async with _opened(request, caller).connect() as connection:
        rows = (await connection.execute(_narrowed(query, status).limit(limit + 1))).all()
    return _page(rows[:limit], more=len(rows) > limit)


@router.post("/v1/webhooks/{id}/replay", status_code=202)
async def replay(request: Request, id: Key, sent: ReplayIn, caller: Identified, now: Now) -> ReplayOut:
    """Send again what is dead, or every event after a position; receivers drop what they know by its id."""
    caller.must_be(Role.OPERATOR)
    async with _opened(request, caller).begin() as connection:
        known = sa.select(SUBSCRIPTIONS.c.id).where(SUBSCRIPTIONS.c.id == id)
        _present((await connection.execute(known)).first(), id)
        chosen = DELIVERIES.c.status == "dead" if sent.dead else DELIVERIES.c.position > (sent.after or 0)
        again = DELIVERIES.update().where(DELIVERIES.c.subscription == id, chosen)
        done = await connection.execute(again.values(status="pending", attempts=0, next_at=now))
    return ReplayOut(due=done.rowcount)


async def _subscribed(engine: AsyncEngine, sent: WebhookIn, id: UUID, caller: Caller, now: Any) -> NewWebhookOut:
    secret = f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"
    async with engine.begin() as connection:
        head = await connection.scalar(sa.text("SELECT coalesce(max(position), 0) FROM outbox"))
        row = {
            "id": id,
            "url": sent.url,
            "types": sent.types,
            "active": True,
            "created_by": caller.subject,
            "created_at": now,
            "position": int(head or 0),
        }
        await connection.execute(SUBSCRIPTIONS.insert().values(secret=secret, **row))
    return NewWebhookOut(secret=secret, **row)


def _narrowed(query: sa.Select[Any], statuses: list[Status] | None) -> sa.Select[Any]:
    ordered = query.order_by(DELIVERIES.c.position)
    return ordered.where(DELIVERIES.c.status.in_(statuses)) if statuses else ordered


def _page(rows: Any, *, more: bool) -> WebhookDeliveryPage:
    items = [WebhookDeliveryOut(**{n: getattr(row, n) for n in WebhookDeliveryOut.model_fields}) for row in rows]
    return WebhookDeliveryPage(items=items, next=cursor_of(str(items[-1].position)) if more else None)


def _told(row: sa.Row[Any]) -> WebhookOut:
    return WebhookOut(**{name: getattr(row, name) for name in WebhookOut.model_fields})


def _present(row: sa.Row[Any] | None, id: UUID) -> sa.Row[Any]:
    if row is None:
        raise UnknownSubscription(id)
    return row


def _opened(request: Request, caller: Caller) -> AsyncEngine:
    caller.must_be(Role.OPERATOR, Role.AUDITOR)
    sender: Sender = request.app.state.sender
    return sender.engine
