"""Asking the services in a role, as a person or a program would."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

Token = Callable[[str, tuple[str, ...]], str]
Say = Callable[[str], None]
Told = dict[str, Any]
MEANWHILE = "/problems/judged-meanwhile"
"""What a service answers that asks for the request once more."""
TRIES, PAUSE = 10, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where the three services are."""

    agreements: str
    indicators: str
    reporting: str


class DemonstrationFailed(Exception):
    """A service refused a part of the demonstration."""


class Acting:
    """A role with the units it acts for."""

    def __init__(self, client: httpx.AsyncClient, token: Token, role: str, *units: str) -> None:
        """Act in this role for these units."""
        self._client, self._token, self._role, self._units = client, token, role, units

    async def get(self, url: str, accept: str = "application/json") -> httpx.Response:
        """Fetch whatever is there."""
        return accepted(await self._client.get(url, headers={**self._bearer(), "Accept": accept}))

    async def ask(self, url: str) -> Told:
        """Fetch a document."""
        told: Told = (await self.get(url)).json()
        return told

    async def items(self, url: str) -> list[Told]:
        """Fetch the first page of a list."""
        found: list[Told] = (await self.ask(url))["items"]
        return found

    async def send(self, url: str, sent: object, *, version: int | None = None, method: str = "POST") -> Told:
        """Send a document, against a version where one is needed; again where the service asks for that."""
        match = {} if version is None else {"If-Match": f'"{version}"'}
        headers = {**self._bearer(), **match}
        answer = await self._client.request(method, url, json=sent, headers=headers)
        for _ in range(TRIES):
            if answer.status_code != httpx.codes.CONFLICT or answer.json()["type"] != MEANWHILE:
                break
            await asyncio.sleep(PAUSE)
            answer = await self._client.request(method, url, json=sent, headers=headers)
        told: Told = accepted(answer).json()
        return told

    async def upload(self, url: str, content: str | bytes, media_type: str = "text/csv") -> Told:
        """Send a file."""
        headers: Mapping[str, str] = {**self._bearer(), "Content-Type": media_type}
        told: Told = accepted(await self._client.post(url, content=content, headers=headers)).json()
        return told

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token(self._role, self._units)}"}


def accepted(answer: httpx.Response) -> httpx.Response:
    """Give the answer; fails where the service refused."""
    if answer.is_error:
        raise DemonstrationFailed(f"{answer.request.method} {answer.request.url.path}: {answer.text[:500]}")
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where the demonstration plays: the services, and tokens for whoever acts."""

    at: Addresses
    client: httpx.AsyncClient
    token: Token
    say: Say

    def acting(self, role: str, *units: str) -> Acting:
        """Let somebody act in a role for units."""
        return Acting(self.client, self.token, role, *units)
