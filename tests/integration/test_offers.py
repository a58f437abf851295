"""Offers by HTTP: tried without a trace, made, answered, remembered."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from agreements.persistence.tables import metadata
from support.apps import Stack
from support.planning_scene import (
    BELOW,
    ELSEWHERE,
    METTMANN,
    MUENSTER,
    TABLE,
    UNNA,
    begun,
    kind,
    lead,
    loaded,
    negotiating,
    supervisor,
)
from support.tokens import bearer


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with stack.client("agreements") as client:
        yield await loaded(client)


async def everything(stack: Stack) -> dict[str, Any]:
    """Read every table of the service."""
    async with stack.agreements.state.database.engine.connect() as connection:
        tables = metadata.sorted_tables
        return {table.name: (await connection.execute(sa.select(table))).all() for table in tables}


async def grouped(http: httpx.AsyncClient, scheme: str, *units: str) -> httpx.Response:
    memberships = [{"scheme": scheme, "unit": unit, "group": "Ia"} for unit in units]
    return await http.post("/v1/comparison-groups", json={"memberships": memberships}, headers=bearer("operator"))


async def test_a_unit_tries_a_value_before_it_offers_it_and_leaves_no_trace(
    http: httpx.AsyncClient, stack: Stack
) -> None:
    round = await negotiating(http, "Probe")
    before = await everything(stack)
    told = (await round.simulate("21.5", lead(METTMANN, **{"Idempotency-Key": "probe"}))).json()
    assert (told["position"], told["rank"], told["quartile"], told["group_size"]) == ("above", 2, 2, 3)
    assert (told["sum"]["method"], told["sum"]["before"], told["sum"]["after"]) == ("ratio_of_sums", "20.06", "20.15")
    assert (told["sum"]["change"], told["trial"]) == ("0.09", False)
    assert await everything(stack) == before


async def test_ranks_count_within_the_group_of_a_scheme(http: httpx.AsyncClient) -> None:
    round = await negotiating(http, "Gruppe")
    assert (await grouped(http, "type", METTMANN, UNNA)).json()["created"] == 2
    told = (await round.simulate("20", lead(METTMANN), "?scheme=type")).json()
    assert (told["rank"], told["group_size"], told["group"], told["scheme"]) == (1, 2, "Ia", "type")
    assert told["sum"]["units"] == 3
    assert kind(await round.simulate("20", lead(METTMANN), "?scheme=moon")) == "unknown-code"
    listed = (await http.get("/v1/comparison-groups?scheme=type&limit=1", headers=lead(METTMANN))).json()
    rest = await http.get(f"/v1/comparison-groups?scheme=type&cursor={listed['next']}", headers=lead(METTMANN))
    assert [item["unit"] for item in (*listed["items"], *rest.json()["items"])] == [METTMANN, UNNA]
    assert kind(await grouped(http, "type", "99999")) == "units-not-known"


async def test_a_simulation_tells_no_value_of_another_unit(http: httpx.AsyncClient) -> None:
    round = await begun(http, "Zwei")
    await round.upload("\n".join(TABLE.splitlines()[:3]))
    own, all_below = await round.simulate("21", lead(METTMANN)), await round.simulate("21", supervisor())
    assert (own.json()["sum"]["before"], own.json()["rank"]) == (None, 2)
    assert all_below.json()["sum"]["before"] == "21.65"
    assert "22.0" not in own.text


async def test_who_neither_acts_for_the_unit_nor_for_the_lead_tries_nothing(http: httpx.AsyncClient) -> None:
    round = await negotiating(http, "Fremde")
    assert kind(await round.simulate("20", lead(MUENSTER))) == "forbidden"
    assert kind(await round.simulate("20", supervisor(METTMANN), unit=MUENSTER)) == "forbidden"
    assert kind(await round.simulate("20", bearer("auditor"))) == "forbidden"
    assert kind(await round.simulate("20", lead(METTMANN), indicator="K9")) == "no-reference-value"
    assert kind(await round.simulate("NaN", lead(METTMANN))) == "bad-input"
    assert kind(await round.offer("1", ELSEWHERE)) == "no-reference-value"


async def test_an_offer_is_declined_made_anew_accepted_and_keeps_its_history(http: httpx.AsyncClient) -> None:
    round = await negotiating(http, "Verhandlung")
    first = await round.offer("19.5", justification="Strukturwandel")
    assert (first.status_code, first.json()["position"], first.json()["status"]) == (201, "below", "submitted")
    assert kind(await round.answer(first.json(), accepted=False)) == "reason-needed"
    declined = await round.answer(first.json(), accepted=False, reason="zu wenig ehrgeizig")
    assert (declined.json()["status"], declined.json()["answer"]["by"]) == ("declined", "MAIS")
    assert kind(await round.offer("20.2", mandate=first.json()["id"])) == "unknown-document"
    second = await round.offer("20.2")
    assert (second.json()["id"], second.json()["version"], second.json()["position"]) == (
        first.json()["id"],
        3,
        "inside",
    )
    assert [(earlier["value"], earlier["status"]) for earlier in second.json()["earlier"]] == [("19.5", "declined")]
    assert kind(await round.answer(first.json(), accepted=True)) == "version-stale"
    accepted = await round.answer(second.json(), accepted=True)
    assert accepted.json()["status"] == "accepted"
    one = await http.get(first.headers["location"], headers=lead(METTMANN))
    assert (one.json(), one.headers["etag"]) == (accepted.json(), '"4"')
    simulated = (await round.simulate("20.2", lead(METTMANN))).json()
    assert simulated["sum"]["change"] == "0.00"


async def test_an_offer_is_taken_back_until_it_is_answered(http: httpx.AsyncClient) -> None:
    round = await negotiating(http, "Rücknahme")
    made = (await round.offer("20")).json()
    path, held = f"{round.path}/offers/{made['id']}/withdrawal", {"If-Match": '"1"'}
    assert (await http.post(path, headers=lead(METTMANN))).status_code == 428
    assert kind(await http.post(path, headers=lead(MUENSTER, **held))) == "unknown-document"
    assert (await http.post(path, headers=lead(METTMANN, **held))).json()["status"] == "withdrawn"
    assert kind(await round.answer({**made, "version": 2}, accepted=True)) == "offer-not-open"


async def test_offers_are_seen_by_their_unit_and_its_supervisor_alone(http: httpx.AsyncClient) -> None:
    round = await negotiating(http, "Einsicht")
    made = [(await round.offer("20", unit)).json() for unit in BELOW]
    path = f"{round.path}/offers"
    own = (await http.get(path, headers=lead(METTMANN))).json()
    assert [offer["unit"] for offer in own["items"]] == [METTMANN]
    assert kind(await http.get(f"{path}/{made[1]['id']}", headers=lead(METTMANN))) == "unknown-document"
    page = (await http.get(f"{path}?limit=2&status=submitted", headers=supervisor())).json()
    rest = (await http.get(f"{path}?limit=2&cursor={page['next']}", headers=supervisor())).json()
    assert [offer["unit"] for offer in (*page["items"], *rest["items"])] == list(BELOW)
    assert kind(await round.answer(made[0], supervisor("05515"), accepted=True)) == "unknown-document"
    assert kind(await round.answer(made[0], supervisor(METTMANN), accepted=True)) == "forbidden"
    sent = {"unit": MUENSTER, "indicator": "K2", "value": "20"}
    assert kind(await http.post(path, json=sent, headers=lead(METTMANN))) == "forbidden"


async def test_offers_belong_to_the_negotiation(http: httpx.AsyncClient) -> None:
    round = await begun(http, "Zu früh")
    await round.upload()
    assert kind(await round.offer("20")) == "not-in-this-phase"
    await round.advance()
    made = (await round.offer("20")).json()
    await round.advance()
    assert kind(await round.offer("20")) == "not-in-this-phase"
    assert (await round.answer(made, accepted=True)).status_code == 200


async def test_of_two_answers_at_once_one_is_told(http: httpx.AsyncClient) -> None:
    round = await negotiating(http, "Wettlauf")
    made = (await round.offer("20")).json()
    answers = await asyncio.gather(*(round.answer(made, accepted=True) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]


async def test_an_offers_position_follows_its_corridor(http: httpx.AsyncClient) -> None:
    round = await negotiating(http, "Neuer Korridor")
    await round.offer("20.5")
    assert (await round.upload(TABLE.replace("20,6;20;21", "22,6;22;23"))).status_code == 200
    offers = (await http.get(f"{round.path}/offers", headers=lead(METTMANN))).json()["items"]
    assert [offer["position"] for offer in offers] == ["below"]


async def test_the_corridor_is_remembered_beside_what_happened(http: httpx.AsyncClient) -> None:
    earlier = await negotiating(http, "Gedächtnis", 2040, trial=True)
    await earlier.offer("20.8")
    await earlier.upload(TABLE.replace("100;Referenzrahmen;", "100;Referenzrahmen;19,5"))
    present = await begun(http, "Gedächtnis", 2041)
    path = f"{present.path}/corridor-memory?unit={METTMANN}&indicator=K2"
    found = (await http.get(path, headers=lead(METTMANN))).json()["items"]
    (last,) = [item for item in found if item["year"] == 2040]
    assert (last["offer"], last["outcome"], last["from_corridor"], last["from_value"], last["trial"]) == (
        "20.8",
        "19.5",
        "-0.5",
        "-1.1",
        True,
    )
    other = await http.get(path.replace(METTMANN, UNNA), headers=lead(METTMANN))
    assert other.json()["items"] == []


async def test_a_trial_year_marks_everything_it_tells(http: httpx.AsyncClient) -> None:
    round = await negotiating(
        http,
        "Testphase",
        trial=True,
        steps=[
            {"code": "a", "title": "a", "owner": "a", "due": "2013-01-01"},
        ],
    )
    offer = (await round.offer("20")).json()
    listed = (await http.get(f"{round.path}/offers", headers=supervisor())).json()["items"]
    overdue = (await http.get(f"{round.path}/overdue", headers=supervisor())).json()["items"]
    simulated = (await round.simulate("20", supervisor())).json()
    uploaded = (await round.upload()).json()
    told = [offer, *listed, *overdue, simulated, uploaded, *await round.values(supervisor())]
    assert {item["trial"] for item in told} == {True}
