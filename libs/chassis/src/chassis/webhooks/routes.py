"""`/v1/webhooks`: who is pushed which events; what was delivered, what is dead, what is sent again."""

from typing import Annotated, Literal, TypeVar
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field

from chassis.auth import Identified
from chassis.caller import Caller, Role
from chassis.clock import NewId, Now
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked, Cursor, Limit, integer_of
from chassis.webhooks import subscriptions as rows
from chassis.webhooks.sending import Sender
from chassis.wire import Instant, Sent, Told

T = TypeVar("T", bound=Told)
router = APIRouter(tags=["webhooks"], route_class=KeyedRoute)
SEEING = (Role.OPERATOR, Role.AUDITOR)
Status = Literal["pending", "delivered", "dead"]
Key = Annotated[UUID, Path(description="the subscription's id")]
Statuses = Annotated[list[Status] | None, Query(description="only in these states")]


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
    next: str | None


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
    sender = _sender(request, caller, Role.OPERATOR)
    await sender.rule.address(sender.rule.checked(sent.url), sender.resolve)
    async with sender.engine.begin() as connection:
        return _told(
            NewWebhookOut, await rows.subscribe(connection, id, sent.url, sent.types, by=caller.subject, at=now)
        )


@router.get("/v1/webhooks")
async def list_webhooks(request: Request, caller: Identified, asked: Asked) -> WebhookPage:
    """List all subscriptions."""
    async with _sender(request, caller, *SEEING).engine.connect() as connection:
        found = await rows.subscriptions(connection)
    return asked.page(WebhookPage, [_told(WebhookOut, row) for row in found])


@router.get("/v1/webhooks/{id}")
async def get_webhook(request: Request, id: Key, caller: Identified) -> WebhookOut:
    """Give one subscription."""
    async with _sender(request, caller, *SEEING).engine.connect() as connection:
        return _told(WebhookOut, await rows.subscription(connection, id))


@router.delete("/v1/webhooks/{id}", status_code=204)
async def unsubscribe(request: Request, id: Key, caller: Identified) -> None:
    """End a subscription; what was not delivered yet is dropped."""
    async with _sender(request, caller, Role.OPERATOR).engine.begin() as connection:
        await rows.unsubscribe(connection, id)


@router.get("/v1/webhooks/{id}/deliveries")
async def list_webhook_deliveries(
    request: Request, id: Key, caller: Identified, status: Statuses = None, limit: Limit = 100, cursor: Cursor = None
) -> WebhookDeliveryPage:
    """List what was, is to be, or could not be delivered."""
    async with _sender(request, caller, *SEEING).engine.connect() as connection:
        found = await rows.deliveries(connection, id, status or (), integer_of(cursor), limit + 1)
    shown = [_told(WebhookDeliveryOut, row) for row in found[:limit]]
    return WebhookDeliveryPage(items=shown, next=str(shown[-1].position) if len(found) > limit else None)


@router.post("/v1/webhooks/{id}/replay", status_code=202)
async def replay(request: Request, id: Key, sent: ReplayIn, caller: Identified, now: Now) -> ReplayOut:
    """Send again what is dead, or every event after a position; receivers drop what they know by its id."""
    async with _sender(request, caller, Role.OPERATOR).engine.begin() as connection:
        return ReplayOut(due=await rows.make_due(connection, id, now, dead=sent.dead, after=sent.after or 0))


def _told(kind: type[T], row: rows.Row) -> T:
    return kind.model_validate({name: getattr(row, name) for name in kind.model_fields})


def _sender(request: Request, caller: Caller, *roles: Role) -> Sender:
    caller.must_be(*roles)
    sender: Sender = request.app.state.sender
    return sender
