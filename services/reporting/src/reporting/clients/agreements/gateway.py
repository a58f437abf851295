"""Units and agreements from the agreements service, and the news that they changed."""

import json
from typing import Any

import httpx
from chassis.follow import FeedPage, page_after
from chassis.outgoing import fetch, fetch_pages
from domain.identity import AgreementId

from reporting.clients.agreements.wire import AgreementOut, DeclarationPage, RevisionOut, TreeOut
from reporting.ports import Document

SERVICE = "agreements"


class AgreementsGateway:
    """Asks the agreements service by HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        """Ask with this client."""
        self._client = client

    async def units(self) -> Document:
        """Give the tree of units as a document to keep, without who is compared with whom."""
        told = TreeOut.model_validate_json(await fetch(self._client, SERVICE, "/v1/units/tree"))
        return told.model_dump(mode="json", include={"units", "relations"})

    async def agreement(self, id: AgreementId) -> Document:
        """Give an agreement, the digest of its revision, and what was declared of its goals."""
        path = f"/v1/agreements/{id}"
        told = await fetch(self._client, SERVICE, path)
        number = AgreementOut.model_validate_json(told).revision
        revision = RevisionOut.model_validate_json(await fetch(self._client, SERVICE, f"{path}/revisions/{number}"))
        read = DeclarationPage.model_validate_json
        declared = await fetch_pages(self._client, SERVICE, f"{path}/declarations", read)
        agreement: dict[str, Any] = json.loads(told)
        return {
            "agreement": agreement,
            "digest": revision.digest,
            "declarations": [one.model_dump(mode="json") for page in declared for one in page.items],
        }

    async def events(self, cursor: str | None) -> FeedPage:
        """Give what happened after a cursor."""
        return await page_after(self._client, SERVICE, cursor)
