"""Which indicators are defined, from the indicators service."""

import asyncio
from collections import defaultdict

import httpx
from chassis.outgoing import UpstreamUnavailable, fetch_pages
from domain.identity import IndicatorCode
from domain.known_indicators import Defined
from domain.quantity import Measure

from agreements.clients.indicators.wire import DefinitionPage

SERVICE = "indicators"
PATIENCE = 3.0
"""How many seconds a proposal or a signature waits for the answer."""


class IndicatorsGateway:
    """Implements `Indicators` by HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        """Ask with this client; nothing is known yet."""
        self._client = client
        self._told: Defined = {}

    def told(self) -> Defined:
        """Give what was told last."""
        return self._told

    async def ask(self) -> Defined | None:
        """Ask anew, and remember the answer."""
        try:
            async with asyncio.timeout(PATIENCE):
                read = DefinitionPage.model_validate_json
                pages = await fetch_pages(self._client, SERVICE, "/v1/indicators", read)
        except (UpstreamUnavailable, TimeoutError):
            return None
        found: dict[IndicatorCode, set[Measure]] = defaultdict(set)
        for page in pages:
            for definition in page.items:
                found[IndicatorCode(definition.indicator)].add(Measure(definition.unit_of_measure.value))
        self._told = {code: frozenset(measures) for code, measures in found.items()}
        return self._told
