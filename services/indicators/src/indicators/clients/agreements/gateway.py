"""Units from the agreements service: the whole tree, and the news that it changed."""

from typing import Any

import httpx
from chassis.follow import FeedPage, page_after
from chassis.outgoing import Sign, client_of, fetch

from indicators.clients.agreements.wire import TreeOut

SERVICE = "agreements"


class AgreementsGateway:
    """Asks the agreements service by HTTP."""

    def __init__(self, base_url: str, sign: Sign, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Ask under this address."""
        self._base_url, self._sign, self._transport = base_url, sign, transport

    async def units(self) -> dict[str, Any]:
        """Give the tree of units as a document to keep; what we need of it is checked."""
        async with client_of(self._base_url, self._sign, self._transport) as client:
            told = TreeOut.model_validate_json(await fetch(client, SERVICE, "/v1/units/tree"))
        return told.model_dump(mode="json")

    async def events(self, cursor: str | None) -> FeedPage:
        """Give what happened after a cursor."""
        async with client_of(self._base_url, self._sign, self._transport) as client:
            return await page_after(client, SERVICE, cursor)
