"""Papers whole, standards by edition, and the consultation history as council systems read it."""

from typing import Any

import httpx
import pytest
from support.agreeing_online import AGENCY, CONTENT, DISTRICT, drafted, kind, lead
from support.council import COMMITTEES, PAPER, findings, office, planned, seat
from support.tokens import bearer


@pytest.fixture(scope="module", autouse=True)
async def bodies(http: httpx.AsyncClient) -> None:
    await seat(http)
    told = await drafted(http, goals=CONTENT["goals"][:1], year=2013)
    for number, (body, day, kind_of) in enumerate(COMMITTEES, start=1):
        await planned(http, told, position=number, body=body, meeting_on=day, kind=kind_of)


async def test_a_paper_comes_back_whole_with_its_total_and_links_from_both_ends(http: httpx.AsyncClient) -> None:
    filed = (await http.post("/v1/papers", json=PAPER, headers=office(DISTRICT))).json()
    assert {name: filed[name] for name in PAPER if name not in ("finances", "links")} == {
        name: PAPER[name] for name in PAPER if name not in ("finances", "links")
    }
    earlier = {**PAPER, "number": "V/0395/2010", "links": [], "finances": []}
    other = (await http.post("/v1/papers", json=earlier, headers=office(DISTRICT))).json()
    whole = (await http.get(f"/v1/papers/{filed['id']}", headers=bearer("reader"))).json()
    assert (whole["total"], whole["finances"][1]["refinanced_percent"]) == ("85320", "84.8")
    back = (await http.get(f"/v1/papers/{other['id']}", headers=bearer("reader"))).json()
    assert [(link["from_number"], link["kind"]) for link in back["linked_by"]] == [("V/0715/2012", "is_fulfilled_by")]
    assert kind(await http.post("/v1/papers", json=PAPER, headers=office(DISTRICT))) == "already-filed"
    assert kind(await http.post("/v1/papers", json=PAPER, headers=office(AGENCY))) == "forbidden"


async def test_a_paper_that_is_not_public_is_hidden_from_others(http: httpx.AsyncClient) -> None:
    sent = {**PAPER, "number": "V/9999/2012", "public": False}
    filed = (await http.post("/v1/papers", json=sent, headers=office(DISTRICT))).json()
    assert (
        kind(await http.get(f"/v1/papers/{filed['id']}", headers=bearer("reader", units=("03002",))))
        == "unknown-document"
    )
    assert (await http.get(f"/v1/papers/{filed['id']}", headers=bearer("reader", units=(DISTRICT,)))).status_code == 200


async def test_an_agreement_that_refers_to_a_standard_names_an_edition_in_force(http: httpx.AsyncClient) -> None:
    register = {
        "code": "erstberatung",
        "edition": "2",
        "title": "Fachkonzept Erstberatung",
        "kind": "concept",
        "unit": DISTRICT,
        "valid_from": "2013-01-01",
        "valid_until": "2014-07-01",
    }
    assert (await http.post("/v1/standards", json=register, headers=lead(DISTRICT))).status_code == 201
    told = await drafted(
        http,
        year=2015,
        goals=CONTENT["goals"][:1],
        valid_from="2015-01-01",
        valid_until="2016-01-01",
        standards=[{"code": "erstberatung", "edition": "2"}, {"code": "erstberatung", "edition": "9"}],
    )
    assert await findings(http, told) == [
        ("standard_superseded", "/standards/0"),
        ("standard_unknown", "/standards/1"),
    ]
    listed = await http.get("/v1/standards?on=2014-01-01", headers=bearer("reader"))
    assert [item["edition"] for item in listed.json()["items"]] == ["2"]


REQUIRED = {
    "System": {"id", "type", "oparlVersion", "body"},
    "Body": {"id", "type", "name", "organization", "meeting", "paper"},
    "Organization": {"id", "type", "body", "name"},
    "Meeting": {"id", "type", "organization"},
    "Paper": {"id", "type", "body", "reference", "consultation"},
    "Consultation": {"id", "type", "meeting", "organization"},
}


async def test_council_systems_walk_the_consultation_history_in_oparl_shapes(http: httpx.AsyncClient) -> None:
    async def got(url: str) -> Any:
        answer = await http.get(url, headers=lead(DISTRICT))
        assert answer.status_code == 200, answer.text
        return answer.json()

    await http.post("/v1/papers", json=PAPER, headers=office(DISTRICT))
    system = await got("/v1/oparl/system")
    body = (await got(system["body"]))["data"][0]
    papers = await got(f"{body['paper']}?limit=1")
    found = {"System": [system], "Body": [body], "Paper": papers["data"]}
    while "next" in papers["links"]:
        papers = await got(papers["links"]["next"])
        found["Paper"] += papers["data"]
    consulted = [paper for paper in found["Paper"] if paper["consultation"]]
    found["Consultation"] = consulted[0]["consultation"]
    found["Meeting"] = [await got(step["meeting"]) for step in found["Consultation"]]
    found["Organization"] = [await got(found["Meeting"][0]["organization"][0])]
    for name, objects in found.items():
        for one in objects:
            assert one["type"] == f"https://schema.oparl.org/1.1/{name}"
            assert REQUIRED[name] <= set(one)
            assert "#" in one["id"] or await got(one["id"]) == one
