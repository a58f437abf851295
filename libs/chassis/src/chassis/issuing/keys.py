"""The issuer's public keys: asked for anew after a while, and kept while it does not answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, cast

import httpx
import structlog
from domain.errors import Text
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from chassis.problems import Refused

GOOD_FOR = timedelta(minutes=5)
ASKED_AGAIN = timedelta(seconds=10)
PATIENCE = 5
Asking = Callable[[], Awaitable[KeySetSerialization]]


@dataclass(eq=False)
class IssuerAway(Refused):
    """The issuer of tokens does not tell its keys; who has a token cannot be identified now."""

    title_de = (
        "Die Ausgabestelle der Token nennt ihre Schlüssel nicht; wer ein Token hat, ist gerade nicht feststellbar."
    )
    says = Text("try again shortly", "bitte gleich noch einmal versuchen")
    status = 503
    headers: ClassVar[dict[str, str]] = {"Retry-After": "10"}


class IssuerKeys:
    """Holds the keys that an issuer told last."""

    def __init__(self, asking: Asking) -> None:
        """Ask in this way."""
        self._asking, self._alone = asking, asyncio.Lock()
        self._keys: KeySet | None = None
        self._next: datetime | None = None

    async def at(self, at: datetime) -> KeySet:
        """
        Give the keys; IssuerAway where the issuer has never told any and does not answer.

        While one request asks anew, others take the keys that are there.
        """
        if self._is_due(at) and not (self._keys and self._alone.locked()):
            async with self._alone:
                if self._is_due(at):
                    await self._ask(at)
        if self._keys is None:
            raise IssuerAway
        return self._keys

    def _is_due(self, at: datetime) -> bool:
        return self._next is None or at >= self._next

    async def _ask(self, at: datetime) -> None:
        try:
            self._keys = KeySet.import_key_set(await self._asking())
            self._next = at + GOOD_FOR
        except (httpx.HTTPError, JoseError, ValueError, KeyError, TypeError) as error:
            structlog.get_logger().warning("issuer_away", error=type(error).__name__)
            self._next = at + ASKED_AGAIN


async def published(address: str) -> KeySetSerialization:
    """Ask an issuer for its keys."""
    async with httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False) as client:
        answer = (await client.get(address)).raise_for_status()
    return cast("KeySetSerialization", answer.json())
