"""Following another service's feed of events: read, take in, remember how far; a failure only costs time."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import structlog
from domain.errors import DomainError

from chassis.event import Event
from chassis.outgoing import fetch

PAUSE = 0.5
PAUSE_AFTER_FAILURE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """Events after a cursor, and the cursor behind them."""

    events: Sequence[Event]
    next: str


async def page_after(client: httpx.AsyncClient, service: str, cursor: str | None) -> FeedPage:
    """Ask a service for what happened after a cursor."""
    parameters = {"limit": 1000} if cursor is None else {"limit": 1000, "after": cursor}
    told: Mapping[str, Any] = json.loads(await fetch(client, service, "/v1/events", **parameters))
    events = [Event(type=item["type"], subject=item["subject"], data=item["data"]) for item in told["items"]]
    return FeedPage(events=events, next=str(told["next"]))


async def follow(
    service: str,
    cursor: Callable[[], Awaitable[str | None]],
    page: Callable[[str | None], Awaitable[FeedPage]],
    take: Callable[[FeedPage], Awaitable[None]],
) -> None:
    """Follow a feed for ever; `take` keeps the page's effects and its cursor in one transaction."""
    log = structlog.get_logger()
    while True:
        try:
            news = await page(await cursor())
            if news.events:
                await take(news)
            else:
                await asyncio.sleep(PAUSE)
        except (DomainError, OSError) as error:
            log.warning("feed_interrupted", service=service, why=f"{type(error).__name__}: {error}"[:500])
            await asyncio.sleep(PAUSE_AFTER_FAILURE)
        except Exception:  # a feed outlives every surprise; the log has it whole
            log.exception("feed_interrupted", service=service)
            await asyncio.sleep(PAUSE_AFTER_FAILURE)
