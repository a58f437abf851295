"""The three services in process, over real databases, joined without a network."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from support import databases, tokens

SERVICES = ("agreements", "indicators", "reporting")


@dataclass(frozen=True)
class Stack:
    """Three apps that call one another in process."""

    agreements: FastAPI
    indicators: FastAPI
    reporting: FastAPI

    def client(self, service: str) -> httpx.AsyncClient:
        """Give a client to one of them."""
        app: FastAPI = getattr(self, service)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=f"http://{service}")

    async def close(self) -> None:
        """Leave what is still in line, and close all databases."""
        for line in (self.indicators.state.ports.line, self.indicators.state.ports.scrutiny):
            await line.stop(0)
        for service in SERVICES:
            await getattr(self, service).state.database.close()


def settings_of(service: str, url: str, **more: Any) -> Any:
    """Give development settings for a service."""
    made = importlib.import_module(f"{service}.settings").Settings
    return made(environment="development", home=tokens.home(), database_url=url, **more)


async def joined(templates: dict[str, str]) -> tuple[Stack, list[str]]:
    """Build the three apps over fresh databases; give them and the databases to drop."""
    urls = {service: await databases.fresh(templates[service]) for service in SERVICES}
    apps: dict[str, FastAPI] = {}
    agreements, indicators = (_Into(apps, service) for service in ("agreements", "indicators"))
    apps["agreements"] = _create("agreements", urls, transport=indicators)
    apps["indicators"] = _create("indicators", urls, transport=agreements)
    apps["reporting"] = _create("reporting", urls, agreements_transport=agreements, indicators_transport=indicators)
    return Stack(**apps), list(urls.values())


def _create(service: str, urls: dict[str, str], **transports: httpx.AsyncBaseTransport) -> FastAPI:
    create = importlib.import_module(f"{service}.app").create_app
    app: FastAPI = create(settings_of(service, urls[service]), **transports)
    return app


class _Into(httpx.AsyncBaseTransport):
    """Leads into one of the apps, which may be built later: two of them call each other."""

    def __init__(self, apps: Mapping[str, FastAPI], service: str) -> None:
        """Lead into this service."""
        self._apps, self._service = apps, service

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Call the app in process."""
        return await httpx.ASGITransport(app=self._apps[self._service]).handle_async_request(request)
