"""Calls to other services: one client with timeouts, identity, request id, and problems turned into errors."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Protocol, TypeVar

import httpx
from domain.errors import Text

from chassis.clock import now
from chassis.development.issuer import DevelopmentIssuer
from chassis.observe import request_id
from chassis.problems import Refused
from chassis.settings import ServiceSettings

P = TypeVar("P", bound="Paged")
TIMEOUT = httpx.Timeout(5, read=60)


@dataclass(eq=False)
class UpstreamUnavailable(Refused):
    """A service this one needs does not answer."""

    title_de = "Ein Dienst, der gebraucht wird, antwortet nicht."
    says = Text(
        "{service} does not answer as it should ({why}); try again shortly",
        "{service} antwortet nicht wie erwartet ({why}); bitte gleich noch einmal",
    )
    status = 503
    headers: ClassVar[dict[str, str]] = {"Retry-After": "5"}

    service: str
    why: str


class OwnToken:
    """The token this service calls others with: client credentials, or the development issuer."""

    def __init__(self, settings: ServiceSettings, name: str) -> None:
        """Fetch tokens lazily and keep each for most of its life."""
        self._settings, self._name = settings, name
        self._token, self._until = "", datetime.min.replace(tzinfo=now().tzinfo)

    async def current(self) -> str:
        """Give a token that is good for at least another minute."""
        at = now()
        if at >= self._until:
            self._token, seconds = await self._fetch(at)
            self._until = at + timedelta(seconds=seconds - 60)
        return self._token

    async def _fetch(self, at: datetime) -> tuple[str, int]:
        settings = self._settings
        if settings.token_url is None or settings.client_id is None or settings.client_secret is None:
            issuer = DevelopmentIssuer(settings.home)
            return issuer.token(roles=["service"], units=[], now=at, subject=f"service:{self._name}", hours=1), 3600
        async with httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False) as client:
            form = {"grant_type": "client_credentials"}
            secret = (settings.client_id, settings.client_secret.get_secret_value())
            answer = (await client.post(settings.token_url, data=form, auth=secret)).raise_for_status().json()
        return str(answer["access_token"]), int(answer.get("expires_in", 300))


Sign = Callable[[], Coroutine[Any, Any, str]]


def client_of(base_url: str, sign: Sign, transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """Make a client to one service, to be kept: a new one each time would cost more than its calls."""

    async def identify(request: httpx.Request) -> None:
        request.headers["Authorization"] = f"Bearer {await sign()}"
        request.headers["X-Request-Id"] = request_id()

    hooks: dict[str, list[Callable[..., Any]]] = {"request": [identify]}
    return httpx.AsyncClient(
        base_url=base_url, timeout=TIMEOUT, follow_redirects=False, event_hooks=hooks, transport=transport
    )


async def fetch(client: httpx.AsyncClient, service: str, path: str, **parameters: Any) -> bytes:
    """GET one resource; anything but 200 is an unavailable upstream."""
    try:
        answer = await client.get(path, params=parameters)
    except httpx.HTTPError as error:
        raise UpstreamUnavailable(service=service, why=type(error).__name__) from error
    if answer.status_code != httpx.codes.OK:
        raise UpstreamUnavailable(service=service, why=f"status {answer.status_code}")
    return answer.content


class Paged(Protocol):
    """A page of another service's list."""

    next: str | None


async def fetch_pages(
    client: httpx.AsyncClient, service: str, path: str, read: Callable[[bytes], P], **parameters: Any
) -> list[P]:
    """Fetch a list whole, page by page."""
    pages: list[P] = []
    following: dict[str, str] = {}
    while True:
        page = read(await fetch(client, service, path, limit=1000, **parameters, **following))
        pages.append(page)
        if page.next is None:
            return pages
        following = {"cursor": page.next}
