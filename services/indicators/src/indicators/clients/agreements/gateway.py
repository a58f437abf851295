"""Units from the agreements service: the whole tree, and the news that it changed."""

from typing import Any

import httpx
from chassis.follow import FeedPage, page_after
from chassis.outgoing import fetch

from indicators.clients.agreements.wire import TreeOut

SERVICE = "agreements"


class AgreementsGateway:
    """Asks the agreements service by HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        """Ask with this client."""
        self._client = client

    async def units(self) -> dict[str, Any]:
        """Give the tree of units as a document to keep; what we need of it is checked."""
        told = TreeOut.model_validate_json(await fetch(self._client, SERVICE, "/v1/units/tree"))
        return told.model_dump(mode="json")

    async def events(self, cursor: str | None) -> FeedPage:
        """Give what happened after a cursor."""
        return await page_after(self._client, SERVICE, cursor)
