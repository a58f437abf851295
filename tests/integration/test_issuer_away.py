"""While nobody can say who has a token, a service says so; the public is served."""

import importlib

import httpx
import pytest
from fastapi import FastAPI
from support.apps import SERVICES, settings_of
from support.tokens import bearer

NOBODY_LISTENS = "http://127.0.0.1:1/keys"
NO_DATABASE = "postgresql://postgres@127.0.0.1:1/zielwerk"


@pytest.mark.parametrize("service", SERVICES)
async def test_who_cannot_be_identified_now_is_told_when_to_come_again(service: str) -> None:
    settings = settings_of(service, NO_DATABASE, jwks_url=NOBODY_LISTENS)
    app: FastAPI = importlib.import_module(f"{service}.app").create_app(settings)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
        refused = await http.get("/v1/events", headers=bearer("auditor") | {"Accept-Language": "de"})
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
        assert refused.json()["type"] == "/problems/issuer-away"
        assert refused.headers["ratelimit-policy"].startswith('"public";')
        assert (await http.get("/healthz")).status_code == 200
        assert (await http.get("/v1/keys")).status_code == 200
