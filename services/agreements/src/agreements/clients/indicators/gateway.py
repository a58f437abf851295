"""Which indicators are defined, from the indicators service."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from time import monotonic

import httpx
from chassis.outgoing import UpstreamUnavailable, fetch_pages
from domain.identity import IndicatorCode
from domain.indicator import FEDERAL
from domain.known_indicators import Defined, Told
from domain.quantity import Measure

from agreements.clients.indicators.wire import DefinitionOut, DefinitionPage

SERVICE = "indicators"
PATIENCE = 3.0
"""How many seconds a proposal or a signature waits for the answer."""
RECENT = 10.0
"""For how many seconds an answer counts without asking again."""


class IndicatorsGateway:
    """Implements `Indicators` by HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        """Ask with this client; nothing is known yet."""
        self._client = client
        self._told: Defined = {}
        self._asked_at = -RECENT

    def told(self) -> Defined:
        """Give what was told last."""
        return self._told

    def aged(self) -> bool:
        """Say whether it was asked a while ago, answered or not."""
        return monotonic() - self._asked_at >= RECENT

    async def ask(self) -> Defined | None:
        """Ask anew, and remember the answer."""
        self._asked_at = monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                read = DefinitionPage.model_validate_json
                pages = await fetch_pages(self._client, SERVICE, "/v1/indicators", read)
        except (UpstreamUnavailable, TimeoutError):
            return None
        versions: dict[IndicatorCode, list[DefinitionOut]] = defaultdict(list)
        for page in pages:
            for definition in page.items:
                versions[IndicatorCode(definition.indicator)].append(definition)
        self._told = {code: _told(known) for code, known in versions.items()}
        return self._told


def _told(versions: Sequence[DefinitionOut]) -> Told:
    """Say what goals need of an indicator; they are judged by the federal variant, where there is one."""
    judging = [one for one in versions if one.variant == FEDERAL] or versions
    last = max(judging, key=lambda one: (one.valid_from, one.version))
    return Told(frozenset(Measure(one.unit_of_measure.value) for one in versions), last.valid_until)
