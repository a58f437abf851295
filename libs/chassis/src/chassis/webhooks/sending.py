"""Taking events over from the outbox, and sending what is due: at least once, signed, with patience."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

import httpx
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine
from standardwebhooks import Webhook

from chassis import clock
from chassis.every import every
from chassis.settings import ServiceSettings
from chassis.webhooks.tables import DELIVERIES, SUBSCRIPTIONS
from chassis.webhooks.targets import Resolve, Rule, TargetRefused, resolved

PAUSES = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 3600, 10800, 21600, 43200, 86400, 86400))
"""How long to wait after each failed attempt; after the last the delivery is dead."""
LEASE = timedelta(minutes=2)
PAUSE = 2.0
AT_ONCE = 20
GONE = 410
LONGEST_ANSWER = 64_000
TIMEOUT = 10.0
LONGEST_CALL = 30.0

# Put every new event of the outbox beside every active subscription that asks for its type, as one set.
TAKE_OVER = sa.text("""
    WITH behind AS (
        SELECT id, types, position FROM webhook_subscriptions WHERE active ORDER BY id FOR UPDATE SKIP LOCKED
    ), head AS (SELECT max(position) AS position FROM outbox),
    taken AS (
        INSERT INTO webhook_deliveries (subscription, position, status, attempts, next_at)
        SELECT b.id, o.position, 'pending', 0, :now
        FROM behind b JOIN outbox o ON o.position > b.position
        WHERE cardinality(b.types) = 0 OR o.type = ANY (b.types)
        ON CONFLICT DO NOTHING
    )
    UPDATE webhook_subscriptions s SET position = head.position
    FROM behind, head WHERE s.id = behind.id AND head.position > s.position
""")

# Claim due deliveries for a while, so that replicas share them and a crash only delays them.
CLAIM = sa.text("""
    UPDATE webhook_deliveries d SET next_at = :until, attempts = attempts + 1
    FROM webhook_subscriptions s, outbox o
    WHERE s.id = d.subscription AND o.position = d.position AND (d.subscription, d.position) IN (
        SELECT w.subscription, w.position
        FROM webhook_deliveries w JOIN webhook_subscriptions a ON a.id = w.subscription AND a.active
        WHERE w.status = 'pending' AND w.next_at <= :now ORDER BY w.next_at, w.position LIMIT :limit
        FOR UPDATE OF w SKIP LOCKED
    )
    RETURNING d.subscription, d.position, d.attempts, s.url, s.secret, o.id, o.type, o.subject, o.time, o.data
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Sends a service's events to the targets a rule allows."""

    service: str
    engine: AsyncEngine
    rule: Rule
    resolve: Resolve
    client: httpx.AsyncClient

    @classmethod
    def of(cls, settings: ServiceSettings, service: str, engine: AsyncEngine) -> Self:
        """Make the sender the settings describe: no redirects, no proxies of the environment."""
        hosts = frozenset(name.strip().lower() for name in settings.webhook_hosts.split(",") if name.strip())
        rule = Rule(hosts=hosts, loopback=settings.webhook_loopback)
        limits = httpx.Limits(max_connections=AT_ONCE)
        client = httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False, trust_env=False, limits=limits)
        return cls(service=service, engine=engine, rule=rule, resolve=resolved, client=client)

    async def keep_sending(self) -> None:
        """Send what is due, for ever."""
        await every(PAUSE, lambda: self.round(clock.now()), "webhooks")

    async def round(self, now: datetime) -> int:
        """Take over what is new and send what is due; give how many were sent."""
        async with self.engine.begin() as connection:
            await connection.execute(TAKE_OVER, {"now": now})
        async with self.engine.begin() as connection:
            claimed = (await connection.execute(CLAIM, {"now": now, "until": now + LEASE, "limit": AT_ONCE})).all()
        await asyncio.gather(*(self._deliver(row, now) for row in claimed))
        return len(claimed)

    async def _deliver(self, row: sa.Row[Any], now: datetime) -> None:
        answered, why = await self._answer(row, now)
        done = answered is not None and httpx.codes.is_success(answered)
        last = row.attempts > len(PAUSES)
        status = "delivered" if done else "dead" if last else "pending"
        values = {"status": status, "answered": answered, "why": why}
        if not done and not last:
            values["next_at"] = now + PAUSES[row.attempts - 1]
        key = sa.and_(DELIVERIES.c.subscription == row.subscription, DELIVERIES.c.position == row.position)
        async with self.engine.begin() as connection:
            await connection.execute(DELIVERIES.update().where(key).values(**values))
            if answered == GONE:
                gone = SUBSCRIPTIONS.update().where(SUBSCRIPTIONS.c.id == row.subscription)
                await connection.execute(gone.values(active=False))

    async def _answer(self, row: sa.Row[Any], now: datetime) -> tuple[int | None, str | None]:
        """Push one event; give the status that came back, or why none did."""
        body = event_body(self.service, row)
        try:
            parts = self.rule.checked(row.url)
            address = await self.rule.address(parts, self.resolve)
            request = self.client.build_request(
                "POST",
                httpx.URL(row.url).copy_with(host=address),
                content=body,
                headers={
                    "Host": parts.netloc,
                    "Content-Type": "application/cloudevents+json",
                    **signed(row, body, now),
                },
                extensions={"sni_hostname": parts.hostname},
            )
            async with asyncio.timeout(LONGEST_CALL):
                answer = await self.client.send(request, stream=True)
                await _drained(answer)
        except (httpx.HTTPError, httpx.InvalidURL, TargetRefused, TimeoutError) as error:
            return None, f"{type(error).__name__}: {error}"[:300]
        return answer.status_code, None if answer.is_success else f"answered {answer.status_code}"


def event_body(service: str, row: sa.Row[Any]) -> bytes:
    """Write an event as CloudEvents 1.0."""
    event = {
        "specversion": "1.0",
        "id": str(row.id),
        "source": service,
        "type": row.type,
        "subject": row.subject,
        "time": row.time.isoformat(),
        "datacontenttype": "application/json",
        "data": row.data,
    }
    return json.dumps(event, ensure_ascii=False).encode()


def signed(row: sa.Row[Any], body: bytes, now: datetime) -> dict[str, str]:
    """Sign a body as Standard Webhooks does; the id is the event's, so that receivers drop repetitions."""
    signature = Webhook(row.secret).sign(msg_id=str(row.id), timestamp=now, data=body.decode())
    stamp = str(int(now.timestamp()))
    return {"webhook-id": str(row.id), "webhook-timestamp": stamp, "webhook-signature": signature}


async def _drained(answer: httpx.Response) -> None:
    """Read no more of an answer than fits."""
    taken = 0
    try:
        async for chunk in answer.aiter_raw():
            taken += len(chunk)
            if taken > LONGEST_ANSWER:
                break
    finally:
        await answer.aclose()
