"""Units and agreements from the agreements service, and the news that they changed."""

import json
from typing import Any

import httpx
from chassis.follow import FeedPage, page_after
from chassis.outgoing import Sign, client_of, fetch
from domain.identity import AgreementId

from reporting.clients.agreements.wire import AgreementOut, DeclarationPage, RevisionOut, TreeOut
from reporting.ports import Document

SERVICE = "agreements"


class AgreementsGateway:
    """Asks the agreements service by HTTP."""

    def __init__(self, base_url: str, sign: Sign, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Ask under this address."""
        self._base_url, self._sign, self._transport = base_url, sign, transport

    async def units(self) -> Document:
        """Give the tree of units as a document to keep; what we need of it is checked."""
        async with client_of(self._base_url, self._sign, self._transport) as client:
            told = TreeOut.model_validate_json(await fetch(client, SERVICE, "/v1/units/tree"))
        return told.model_dump(mode="json")

    async def agreement(self, id: AgreementId) -> Document:
        """Give an agreement, the digest of its revision, and what was declared of its goals."""
        path = f"/v1/agreements/{id}"
        async with client_of(self._base_url, self._sign, self._transport) as client:
            told = await fetch(client, SERVICE, path)
            number = AgreementOut.model_validate_json(told).revision
            revision = RevisionOut.model_validate_json(await fetch(client, SERVICE, f"{path}/revisions/{number}"))
            declared = DeclarationPage.model_validate_json(await fetch(client, SERVICE, f"{path}/declarations"))
        agreement: dict[str, Any] = json.loads(told)
        return {
            "agreement": agreement,
            "digest": revision.digest,
            "declarations": [one.model_dump(mode="json") for one in declared.items],
        }

    async def events(self, cursor: str | None) -> FeedPage:
        """Give what happened after a cursor."""
        async with client_of(self._base_url, self._sign, self._transport) as client:
            return await page_after(client, SERVICE, cursor)
