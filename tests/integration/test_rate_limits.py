"""How often one may ask: what answers tell of it, how too much is refused, and that nobody pays for another."""

import importlib
import re
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from support.apps import SERVICES, Stack, settings_of
from support.tokens import bearer, token

NO_DATABASE = "postgresql://postgres@127.0.0.1:1/zielwerk"
SOMEBODY, SOMEBODY_ELSE = bearer("auditor", subject="somebody"), bearer("auditor", subject="somebody else")
GERMAN = {"Accept-Language": "de-DE"}
NOTHING = "/v1/nothing"
OPEN = ("/healthz", "/metrics", "/openapi.json", "/docs", "/v1/keys")


def app_of(service: str) -> FastAPI:
    """Build a service that grants a caller three requests an hour and a stranger two; it needs no database for that."""
    settings = settings_of(service, NO_DATABASE, rate_limit="3/hour", public_rate_limit="2/hour")
    app: FastAPI = importlib.import_module(f"{service}.app").create_app(settings)
    return app


def client_of(app: FastAPI, address: str = "203.0.113.7") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, client=(address, 50_000))
    return httpx.AsyncClient(transport=transport, base_url="http://service")


@pytest.fixture(params=SERVICES)
def app(request: pytest.FixtureRequest) -> FastAPI:
    return app_of(str(request.param))


@pytest.fixture
async def asks(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client:
        yield client


async def statuses(client: httpx.AsyncClient, times: int, headers: dict[str, str] | None = None) -> list[int]:
    return [(await client.get(NOTHING, headers=headers)).status_code for _ in range(times)]


async def test_every_answer_tells_the_allowance_and_what_is_left(asks: httpx.AsyncClient) -> None:
    first, second = await asks.get(NOTHING, headers=SOMEBODY), await asks.get(NOTHING, headers=SOMEBODY)
    assert first.headers["ratelimit-policy"] == second.headers["ratelimit-policy"] == '"caller";q=3;w=3600'
    assert re.fullmatch(r'"caller";r=2;t=3[56]\d\d', first.headers["ratelimit"])
    assert re.fullmatch(r'"caller";r=1;t=3[56]\d\d', second.headers["ratelimit"])
    assert "retry-after" not in second.headers


async def test_who_has_no_token_draws_on_a_smaller_allowance(asks: httpx.AsyncClient) -> None:
    refused = await asks.get("/v1/events")
    assert (refused.status_code, refused.headers["ratelimit-policy"]) == (401, '"public";q=2;w=3600')
    assert await statuses(asks, 2) == [404, 429]


async def test_too_many_requests_are_a_problem_that_says_when_to_come_again(asks: httpx.AsyncClient) -> None:
    assert await statuses(asks, 3, SOMEBODY) == [404] * 3
    refused = await asks.get(NOTHING, headers=SOMEBODY | GERMAN)
    seconds = refused.headers["retry-after"]
    assert (refused.status_code, refused.headers["content-type"]) == (429, "application/problem+json")
    assert refused.headers["ratelimit"] == f'"caller";r=0;t={seconds}'
    assert refused.json() == {
        "type": "/problems/too-many-requests",
        "title": "In dieser Zeit kamen mehr Anfragen, als erlaubt sind.",
        "status": 429,
        "detail": f"erlaubt sind 3 Anfragen in 3600 s; in {seconds} s geht es weiter",
        "instance": NOTHING,
        "request_id": refused.headers["x-request-id"],
    }
    english = (await asks.get(NOTHING, headers=SOMEBODY)).json()
    assert english["title"] == "More requests came than are allowed in this time."
    assert re.fullmatch(r"3 requests are allowed in 3600 s; go on in \d+ s", english["detail"])


async def test_health_documentation_and_keys_are_open_however_much_was_asked(asks: httpx.AsyncClient) -> None:
    for headers in ({}, SOMEBODY):
        assert (await statuses(asks, 4, headers))[-1] == 429
        for path in OPEN * 3:
            answer = await asks.get(path, headers=headers)
            assert (answer.status_code, "ratelimit" in answer.headers) == (200, False)


async def test_one_caller_does_not_pay_for_another_at_the_same_address(asks: httpx.AsyncClient) -> None:
    assert await statuses(asks, 4, SOMEBODY) == [404, 404, 404, 429]
    assert await statuses(asks, 4) == [404, 404, 429, 429]
    assert await statuses(asks, 4, SOMEBODY_ELSE) == [404, 404, 404, 429]


async def test_a_caller_is_the_same_at_every_address_and_with_every_token(app: FastAPI) -> None:
    for address, subject in zip(("203.0.113.7", "203.0.113.8", "2001:db8::1"), ["somebody"] * 3, strict=True):
        async with client_of(app, address) as client:
            assert await statuses(client, 1, bearer("reader", units=(address,), subject=subject)) == [404]
    async with client_of(app) as client:
        assert await statuses(client, 1, SOMEBODY) == [429]


async def test_strangers_at_different_addresses_are_different(app: FastAPI) -> None:
    for address in ("203.0.113.7", "203.0.113.8"):
        async with client_of(app, address) as client:
            assert await statuses(client, 3) == [404, 404, 429]


@pytest.mark.parametrize(
    "forged",
    [
        f"Bearer {token('auditor', subject='somebody')}x",
        f"Bearer {token('auditor', subject='somebody').rpartition('.')[0]}.",
        "Bearer somebody",
        "Basic c29tZWJvZHk6",
    ],
)
async def test_who_only_claims_to_be_somebody_uses_up_what_a_stranger_has(asks: httpx.AsyncClient, forged: str) -> None:
    claims = {"Authorization": forged}
    assert (await asks.get("/v1/events", headers=claims)).status_code == 401
    assert await statuses(asks, 2, claims) == [404, 429]
    assert await statuses(asks, 1) == [429]
    assert await statuses(asks, 4, SOMEBODY) == [404, 404, 404, 429]


async def test_services_ask_one_another_as_often_as_they_need(asks: httpx.AsyncClient) -> None:
    assert await statuses(asks, 20, bearer("service", subject="service:reporting")) == [404] * 20


async def test_a_file_that_is_refused_is_not_read() -> None:
    read = []

    async def file() -> AsyncIterator[bytes]:
        read.append("a piece")
        yield b"unit,variable,month,value\n"

    async with client_of(app_of("indicators")) as client:
        await statuses(client, 3, SOMEBODY)
        headers = {**SOMEBODY, "Content-Type": "text/csv"}
        assert (await client.post("/v1/deliveries", content=file(), headers=headers)).status_code == 429
        assert read == []


async def test_what_is_granted_is_answered_as_ever(http: httpx.AsyncClient, stack: Stack) -> None:
    answer = await http.get("/v1/units", headers=SOMEBODY)
    assert (answer.status_code, answer.headers["ratelimit-policy"]) == (200, '"caller";q=6000;w=60')
    unit = await http.get(f"/v1/units/{answer.json()['items'][0]['code']}", headers=SOMEBODY)
    known = {**SOMEBODY, "If-None-Match": unit.headers["etag"]}
    async with stack.client("agreements") as again:
        unchanged = await again.get(unit.request.url.path, headers=known)
    assert unchanged.status_code == 304
    assert unchanged.headers["ratelimit"].startswith('"caller";r=5997;t=')
