"""Events reach a receiver that is allowed, sooner or later, once or again, and always provably ours."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from agreements.app import create_app
from chassis.clock import now
from chassis.webhooks.sending import PAUSES, Sender
from fastapi import FastAPI
from standardwebhooks import Webhook
from support.agreeing_online import drafted, kind
from support.apps import settings_of
from support.receiving import Receiver, listening
from support.tokens import bearer
from support.units import tree

OPERATOR = bearer("operator")
AFTER_ALL = sum(PAUSES, timedelta(minutes=1))


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with listening() as made:
        yield made


@pytest.fixture
async def app(templates: dict[str, str], database_url: Callable[[str], Awaitable[str]]) -> AsyncIterator[FastAPI]:
    url = await database_url(templates["agreements"])
    made = create_app(settings_of("agreements", url, webhook_hosts="localhost", webhook_loopback=True))
    yield made
    await made.state.sender.client.aclose()
    await made.state.database.close()


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://agreements") as client:
        sent = tree()
        assert (await client.post("/v1/units", json=sent, headers=OPERATOR)).status_code == 200
        yield client


async def subscribed(http: httpx.AsyncClient, url: str, *types: str) -> dict[str, Any]:
    answer = await http.post("/v1/webhooks", json={"url": url, "types": list(types)}, headers=OPERATOR)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def deliveries(http: httpx.AsyncClient, hook: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await http.get(f"/v1/webhooks/{hook['id']}/deliveries", headers=OPERATOR)
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def sender_of(app: FastAPI) -> Sender:
    sender: Sender = app.state.sender
    return sender


async def tried_until(sender: Sender, start: datetime) -> datetime:
    """Play the rounds of all pauses; give the time after the last."""
    at = start
    for pause in (*PAUSES, timedelta(0)):
        await sender.round(at)
        at += pause + timedelta(seconds=1)
    return at


async def test_a_receiver_gets_each_event_it_asked_for_signed_with_its_secret(
    app: FastAPI, http: httpx.AsyncClient, receiver: Receiver
) -> None:
    hook = await subscribed(http, receiver.url(), "agreement.drafted")
    told = await drafted(http)
    await sender_of(app).round(now())
    await sender_of(app).round(now())
    [(headers, body)] = receiver.got
    event = Webhook(hook["secret"]).verify(body, headers)
    assert event["type"] == "agreement.drafted"
    assert event["subject"] == told["id"]
    assert event["id"] == headers["webhook-id"]
    assert headers["content-type"] == "application/cloudevents+json"
    feed = (await http.get("/v1/events", headers=OPERATOR)).json()["items"]
    assert event["data"] == next(item["data"] for item in feed if item["id"] == event["id"])
    assert [item["status"] for item in await deliveries(http, hook)] == ["delivered"]


async def test_what_happened_before_the_subscription_is_not_sent(
    app: FastAPI, http: httpx.AsyncClient, receiver: Receiver
) -> None:
    await drafted(http)
    hook = await subscribed(http, receiver.url())
    await sender_of(app).round(now())
    assert receiver.got == []
    assert await deliveries(http, hook) == []


async def test_the_secret_is_told_once(http: httpx.AsyncClient, receiver: Receiver) -> None:
    hook = await subscribed(http, receiver.url())
    again = await http.get(f"/v1/webhooks/{hook['id']}", headers=OPERATOR)
    listed = await http.get("/v1/webhooks", headers=OPERATOR)
    assert hook["secret"].startswith("whsec_")
    assert hook["secret"] not in again.text + listed.text


async def test_a_receiver_that_was_down_gets_the_event_when_it_is_back(
    app: FastAPI, http: httpx.AsyncClient, receiver: Receiver
) -> None:
    hook = await subscribed(http, receiver.url(), "agreement.drafted")
    await drafted(http)
    receiver.answer, start = 503, now()
    await sender_of(app).round(start)
    await sender_of(app).round(start + PAUSES[0] - timedelta(seconds=1))
    assert len(receiver.got) == 1, "it was not asked again too soon"
    receiver.answer = 200
    await sender_of(app).round(start + PAUSES[0])
    assert receiver.ids() == [receiver.ids()[0]] * 2
    [delivery] = await deliveries(http, hook)
    assert (delivery["status"], delivery["attempts"], delivery["answered"]) == ("delivered", 2, 200)


async def test_after_the_last_attempt_a_delivery_is_dead_until_it_is_replayed(
    app: FastAPI, http: httpx.AsyncClient, receiver: Receiver
) -> None:
    hook = await subscribed(http, receiver.url(), "agreement.drafted")
    await drafted(http)
    receiver.answer = 500
    at = await tried_until(sender_of(app), now())
    assert len(receiver.got) == len(PAUSES) + 1
    await sender_of(app).round(at + AFTER_ALL)
    assert len(receiver.got) == len(PAUSES) + 1, "a dead delivery is left alone"
    dead = await http.get(f"/v1/webhooks/{hook['id']}/deliveries", params={"status": "dead"}, headers=OPERATOR)
    assert [item["why"] for item in dead.json()["items"]] == ["answered 500"]
    receiver.answer = 200
    replayed = await http.post(f"/v1/webhooks/{hook['id']}/replay", json={"dead": True}, headers=OPERATOR)
    assert replayed.json() == {"due": 1}
    await sender_of(app).round(now())
    assert [item["status"] for item in await deliveries(http, hook)] == ["delivered"]


async def test_a_replay_from_the_beginning_repeats_the_same_ids(
    app: FastAPI, http: httpx.AsyncClient, receiver: Receiver
) -> None:
    hook = await subscribed(http, receiver.url(), "agreement.drafted")
    await drafted(http)
    await drafted(http)
    await sender_of(app).round(now())
    first = sorted(receiver.ids())
    await http.post(f"/v1/webhooks/{hook['id']}/replay", json={"after": hook["position"]}, headers=OPERATOR)
    await sender_of(app).round(now())
    assert sorted(receiver.ids()) == sorted(first * 2)


async def test_a_receiver_that_is_gone_is_no_longer_asked(
    app: FastAPI, http: httpx.AsyncClient, receiver: Receiver
) -> None:
    hook = await subscribed(http, receiver.url(), "agreement.drafted")
    await drafted(http)
    receiver.answer = 410
    await sender_of(app).round(now())
    await drafted(http)
    await sender_of(app).round(now() + AFTER_ALL)
    assert len(receiver.got) == 1
    assert not (await http.get(f"/v1/webhooks/{hook['id']}", headers=OPERATOR)).json()["active"]


async def test_a_redirect_is_not_followed(app: FastAPI, http: httpx.AsyncClient, receiver: Receiver) -> None:
    hook = await subscribed(http, receiver.url(), "agreement.drafted")
    await drafted(http)
    receiver.answer, receiver.location = 307, receiver.url("elsewhere")
    await sender_of(app).round(now())
    assert len(receiver.got) == 1
    assert [item["answered"] for item in await deliveries(http, hook)] == [307]


async def test_several_senders_at_once_send_each_event_once(
    app: FastAPI, http: httpx.AsyncClient, receiver: Receiver
) -> None:
    await subscribed(http, receiver.url(), "agreement.drafted")
    for _ in range(6):
        await drafted(http)
    at = now()
    await asyncio.gather(*(sender_of(app).round(at) for _ in range(8)))
    await sender_of(app).round(at)
    assert len(receiver.got) == len(set(receiver.ids())) == 6


async def test_a_name_that_moves_inside_after_its_check_gets_nothing(
    app: FastAPI, http: httpx.AsyncClient, receiver: Receiver
) -> None:
    hook = await subscribed(http, receiver.url(), "agreement.drafted")
    await drafted(http)

    async def moved(_host: str, _port: int) -> list[str]:
        return ["192.168.0.1"]

    await replace(sender_of(app), resolve=moved).round(now())
    assert receiver.got == []
    [delivery] = await deliveries(http, hook)
    assert (delivery["status"], "not public" in delivery["why"]) == ("pending", True)


async def test_nobody_listening_costs_an_attempt_and_no_more(app: FastAPI, http: httpx.AsyncClient) -> None:
    hook = await subscribed(http, "http://localhost:1/hook", "agreement.drafted")
    await drafted(http)
    await sender_of(app).round(now())
    [delivery] = await deliveries(http, hook)
    assert (delivery["status"], delivery["attempts"], delivery["answered"]) == ("pending", 1, None)


@pytest.mark.parametrize("url", ["https://evil.example/hook", "https://localhost:0/", "file:///etc/passwd", ""])
async def test_a_target_that_is_not_allowed_is_refused_with_its_place(http: httpx.AsyncClient, url: str) -> None:
    answer = await http.post("/v1/webhooks", json={"url": url}, headers=OPERATOR)
    assert (answer.status_code, kind(answer)) == (422, "target-refused")


async def test_unsubscribing_drops_what_was_still_due(
    app: FastAPI, http: httpx.AsyncClient, receiver: Receiver
) -> None:
    hook = await subscribed(http, receiver.url())
    await drafted(http)
    assert (await http.delete(f"/v1/webhooks/{hook['id']}", headers=OPERATOR)).status_code == 204
    await sender_of(app).round(now())
    assert receiver.got == []
    assert (await http.get(f"/v1/webhooks/{hook['id']}", headers=OPERATOR)).status_code == 404


async def test_deliveries_are_read_in_pages_and_only_of_what_is_there(
    app: FastAPI, http: httpx.AsyncClient, receiver: Receiver
) -> None:
    hook = await subscribed(http, receiver.url(), "agreement.drafted")
    for _ in range(3):
        await drafted(http)
    await sender_of(app).round(now())
    path = f"/v1/webhooks/{hook['id']}/deliveries"
    first = (await http.get(path, params={"limit": 2}, headers=OPERATOR)).json()
    rest = (await http.get(path, params={"limit": 2, "cursor": first["next"]}, headers=OPERATOR)).json()
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (2, 1, None)
    assert kind(await http.get(path, params={"cursor": "WyJhIl0"}, headers=OPERATOR)) == "bad-cursor"
    missing = await http.get("/v1/webhooks/0199a000-0000-7000-8000-000000000000/deliveries", headers=OPERATOR)
    assert kind(missing) == "unknown-subscription"
    page = (await http.get("/v1/webhooks", params={"limit": 1}, headers=OPERATOR)).json()
    assert len(page["items"]) == 1
