"""What the agreements service tells: the tree of units, the news that it changed, goals by indicator."""

import asyncio
from collections.abc import Collection, Sequence
from typing import Any

import httpx
from chassis.follow import FeedPage, page_after
from chassis.outgoing import UpstreamUnavailable, fetch, fetch_pages
from domain.identity import GoalCode, IndicatorCode, UnitCode

from indicators.clients.agreements.wire import AgreedGoalOut, AgreedGoalPage, TreeOut
from indicators.ports.agreed import AgreedGoal

SERVICE = "agreements"
PATIENCE = 4.0
"""How many seconds the impact of a change waits for the goals."""


class AgreementsGateway:
    """Asks the agreements service by HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        """Ask with this client."""
        self._client = client

    async def units(self) -> dict[str, Any]:
        """Give the tree of units as a document to keep; what we need of it is checked."""
        told = TreeOut.model_validate_json(await fetch(self._client, SERVICE, "/v1/units/tree"))
        return told.model_dump(mode="json")

    async def goals(self, indicators: Collection[IndicatorCode], years: Collection[int]) -> Sequence[AgreedGoal] | None:
        """List goals of live agreements; None where the service does not answer in time."""
        asked, read = {"indicator": list(indicators), "year": list(years)}, AgreedGoalPage.model_validate_json
        try:
            async with asyncio.timeout(PATIENCE):
                pages = await fetch_pages(self._client, SERVICE, "/v1/goals", read, **asked)
        except (UpstreamUnavailable, TimeoutError):
            return None
        return [_goal(told) for page in pages for told in page.items]

    async def events(self, cursor: str | None) -> FeedPage:
        """Give what happened after a cursor."""
        return await page_after(self._client, SERVICE, cursor)


def _goal(told: AgreedGoalOut) -> AgreedGoal:
    return AgreedGoal(
        agreement=told.agreement,
        agreement_title=told.agreement_title,
        year=told.year,
        status=told.status.value,
        goal=GoalCode(told.goal),
        title=told.title,
        kind=told.kind.value,
        unit=None if told.unit is None else UnitCode(told.unit),
        indicator=IndicatorCode(told.indicator),
    )
