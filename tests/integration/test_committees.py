"""The way of a goal concept through offices, conferences and committees, after the council papers of 2012."""

from typing import Any

import httpx
import pytest
from support.agreeing_online import AGENCY, CONTENT, DISTRICT, JOBCENTER, agreed, drafted, kind, lead, moved, signed
from support.tokens import bearer

COMMITTEES = [
    ("schule", "2012-11-20", "preliminary"),
    ("soziales", "2012-11-21", "preliminary"),
    ("gleichstellung", "2012-11-27", "preliminary"),
    ("jugend", "2012-11-28", "preliminary"),
    ("haupt", "2012-12-12", "preliminary"),
    ("rat", "2012-12-12", "decision"),
]
PAPER: dict[str, Any] = {
    "number": "V/0715/2012",
    "title": "Steuerung von Leistungen mit Bezug auf Aufgaben der Grundsicherung für Arbeitsuchende",
    "unit": DISTRICT,
    "on": "2012-09-27",
    "kind": "resolution",
    "public": True,
    "proposals": ["Planungsgrundlagen jährlich parallel zum Haushalt", "Ermächtigung zu modifizierten Zielwerten"],
    "finances": [
        {
            "plan": "Teilergebnisplan",
            "product_group": group,
            "product_group_name": name,
            "line": "11",
            "line_name": "Personalaufwendungen",
            "year": 2013,
            "amount": "42660",
            "refinanced_percent": share,
        }
        for group, name, share in (
            ("0103", "Verwaltungsführung", None),
            ("0501", "Leistungen der Grundsicherung nach dem SGB II", "84.8"),
        )
    ],
    "impacts": {"finance": "yes", "staff": "yes", "organisation": "not_yet_foreseeable"},
    "links": [{"kind": "is_fulfilled_by", "number": "V/0395/2010"}, {"kind": "cites", "number": "V/0442/2012"}],
}


@pytest.fixture(scope="module", autouse=True)
async def bodies(http: httpx.AsyncClient) -> None:
    for code, kind_of in [*((code, "committee") for code, *_ in COMMITTEES), ("vorstand", "board")]:
        sent = {"code": code, "name": f"Gremium {code}", "kind": kind_of, "unit": DISTRICT}
        assert (await http.post("/v1/bodies", json=sent, headers=bearer("operator"))).status_code == 201


def office(unit: str, **headers: str) -> dict[str, str]:
    return {**bearer("office", units=(unit,)), **headers}


async def findings(http: httpx.AsyncClient, told: dict[str, Any]) -> list[tuple[str, str]]:
    answer = await http.get(f"/v1/agreements/{told['id']}/findings", headers=lead(DISTRICT))
    return [(finding["rule"], finding["pointer"]) for finding in answer.json()["items"]]


async def planned(http: httpx.AsyncClient, told: dict[str, Any], **step: Any) -> dict[str, Any]:
    path = f"/v1/agreements/{told['id']}/consultations"
    answer = await http.post(path, json={"paper_number": "V/0715/2012", **step}, headers=office(DISTRICT))
    assert answer.status_code == 201, answer.text
    filed: dict[str, Any] = answer.json()
    return filed


async def resolved(http: httpx.AsyncClient, told: dict[str, Any], step: dict[str, Any], outcome: str) -> httpx.Response:
    keys = ("position", "body", "meeting_on", "kind", "paper_number")
    sent = {**{key: step[key] for key in keys}, "outcome": outcome, "resolution": "wie vorgeschlagen"}
    path = f"/v1/agreements/{told['id']}/consultations/{step['id']}"
    return await http.put(path, json=sent, headers=office(DISTRICT, **{"If-Match": f'"{step["version"]}"'}))


async def test_a_sequence_of_six_committees_is_in_order_once_all_have_resolved(http: httpx.AsyncClient) -> None:
    told = await drafted(http, goals=CONTENT["goals"][:1], year=2013)
    steps = [
        await planned(http, told, position=number, body=body, meeting_on=day, kind=kind_of)
        for number, (body, day, kind_of) in enumerate(COMMITTEES, start=1)
    ]
    assert [rule for rule, _ in await findings(http, told)] == ["outcome_missing"] * 6
    for step in steps:
        outcome = "approved" if step["kind"] == "decision" else "noted"
        assert (await resolved(http, told, step, outcome)).status_code == 200
    assert await findings(http, told) == []
    assert (await resolved(http, told, steps[0], "noted")).status_code == 412


async def test_a_sequence_out_of_order_or_without_decision_is_named_by_its_steps(http: httpx.AsyncClient) -> None:
    told = await drafted(http, goals=CONTENT["goals"][:1], year=2013)
    await planned(http, told, position=1, body="rat", meeting_on="2999-12-12", kind="decision")
    await planned(http, told, position=2, body="soziales", meeting_on="2999-11-21", kind="preliminary")
    assert await findings(http, told) == [("consultation_order", "/consultations/1")] * 2
    other = await drafted(http, goals=CONTENT["goals"][:1], year=2013)
    await planned(http, other, position=1, body="soziales", meeting_on="2999-11-21", kind="preliminary")
    assert await findings(http, other) == [("decision_missing", "/consultations/0")]
    path = f"/v1/agreements/{told['id']}/consultations"
    unknown = {"position": 3, "body": "nirgends", "meeting_on": "2999-12-12", "kind": "decision"}
    assert kind(await http.post(path, json=unknown, headers=office(DISTRICT))) == "unknown-code"
    assert kind(await http.post(path, json=unknown, headers=office("03002"))) == "unknown-agreement"


async def test_a_mandate_follows_from_a_decision_and_its_use_is_owed_a_report(http: httpx.AsyncClient) -> None:
    told = await drafted(http, goals=CONTENT["goals"][:1])
    step = await planned(http, told, position=1, body="rat", meeting_on="2012-12-12", kind="decision")
    path = f"/v1/agreements/{told['id']}/mandates"
    sent = {"consultation": step["id"], "holder": DISTRICT, "text": "modifizierte Zielwerte", "report_to": "soziales"}
    assert kind(await http.post(path, json=sent, headers=office(DISTRICT))) == "not-decided"
    await resolved(http, told, step, "approved")
    mandate = (await http.post(path, json={**sent, "indicators": ["K2"]}, headers=office(DISTRICT))).json()
    used = {"on": "2013-01-15", "report_due": "2013-03-31"}
    one = f"{path}/{mandate['id']}"
    foreign = await http.post(f"{one}/use", json=used, headers=lead(AGENCY, **{"If-Match": '"1"'}))
    assert kind(foreign) == "forbidden"
    assert (await http.post(f"{one}/use", json=used, headers=lead(DISTRICT, **{"If-Match": '"1"'}))).json()[
        "status"
    ] == "used"
    owed = (await http.get("/v1/mandates?status=used", headers=lead(DISTRICT))).json()["items"]
    assert [item["id"] for item in owed] == [mandate["id"]]
    reported = {"on": "2013-03-01", "paper_number": "V/0100/2013"}
    again = await http.post(f"{one}/use", json=used, headers=lead(DISTRICT, **{"If-Match": '"2"'}))
    assert kind(again) == "mandate-not-open"
    done = await http.post(f"{one}/report", json=reported, headers=office(DISTRICT, **{"If-Match": '"2"'}))
    assert done.json()["status"] == "reported"
    assert (await http.get("/v1/mandates?status=used", headers=lead(DISTRICT))).json()["items"] == []


async def test_an_unresolved_point_stops_signatures_and_its_decision_binds(http: httpx.AsyncClient) -> None:
    told = await drafted(http)
    path = f"/v1/agreements/{told['id']}"
    stated = {"unit": JOBCENTER, "text": "Die Quote ist nicht erreichbar", "consents": False, "goal": "integration"}
    assert (await http.post(f"{path}/statements", json=stated, headers=office(JOBCENTER))).status_code == 201
    assert kind(await http.post(f"{path}/statements", json=stated, headers=office(DISTRICT))) == "forbidden"
    positions = [{"unit": JOBCENTER, "text": "20,0"}, {"unit": AGENCY, "text": "21,0"}]
    raised = {"subject": "Integrationsquote", "body": "vorstand", "goal": "integration", "positions": positions}
    alone = await http.post(
        f"{path}/escalations", json={**raised, "positions": positions[:1]}, headers=office(DISTRICT)
    )
    assert kind(alone) == "one-position-only"
    point = (await http.post(f"{path}/escalations", json=raised, headers=office(DISTRICT))).json()
    told = await agreed(http, told)
    stopped = await signed(http, told, AGENCY)
    assert (kind(stopped), stopped.json()["errors"][0]["code"]) == ("findings-block", "escalation_open")
    decision = {"text": "20,6 bleibt", "decided_on": "2014-01-20", "binds": {"target": "20.6"}}
    one = f"{path}/escalations/{point['id']}/decision"
    assert kind(await http.post(one, json=decision, headers=lead(AGENCY, **{"If-Match": '"1"'}))) == "forbidden"
    decided = await http.post(one, json=decision, headers=lead(DISTRICT, **{"If-Match": '"1"'}))
    assert decided.json()["status"] == "decided"
    again = await http.post(one, json=decision, headers=lead(DISTRICT, **{"If-Match": '"2"'}))
    assert kind(again) == "decided-already"
    assert (await signed(http, told, AGENCY)).status_code == 201


async def test_a_goal_written_otherwise_than_decided_cannot_be_proposed(http: httpx.AsyncClient) -> None:
    told = await drafted(http)
    path = f"/v1/agreements/{told['id']}"
    positions = [{"unit": JOBCENTER, "text": "20,0"}, {"unit": AGENCY, "text": "21,0"}]
    raised = {"subject": "Quote", "body": "vorstand", "goal": "integration", "positions": positions}
    point = (await http.post(f"{path}/escalations", json=raised, headers=office(DISTRICT))).json()
    decision = {"text": "21,0", "decided_on": "2014-01-20", "binds": {"target": "21.0"}}
    headers = lead(DISTRICT, **{"If-Match": '"1"'})
    await http.post(f"{path}/escalations/{point['id']}/decision", json=decision, headers=headers)
    stopped = await moved(http, told, "propose")
    assert stopped.json()["errors"][0]["pointer"] == "/goals/0/target"
    assert "21.0" in stopped.json()["errors"][0]["detail"]


async def test_a_conference_of_a_round_keeps_agenda_and_outcomes(http: httpx.AsyncClient) -> None:
    supervisor = bearer("supervisor", units=(DISTRICT,))
    planned_round = {"year": 2013, "lead": DISTRICT, "title": "Zielplanung 2013"}
    made = await http.post("/v1/planning-rounds", json=planned_round, headers=supervisor)
    path = f"/v1/planning-rounds/{made.json()['id']}/conferences"
    held = {
        "kind": "steering",
        "held_on": "2012-05-15",
        "title": "Steuerungskonferenz",
        "agenda": ["Zielkonzept", "Stellungnahmen"],
        "participants": [DISTRICT, JOBCENTER],
        "outcomes": [{"subject": "Kinderbetreuung", "agreed": False, "text": "strittig"}],
    }
    conference = await http.post(path, json=held, headers=lead(DISTRICT))
    assert (conference.status_code, conference.json()["held"]["agenda"]) == (201, ["Zielkonzept", "Stellungnahmen"])
    assert kind(await http.post(path, json=held, headers=lead(AGENCY))) == "forbidden"
    settled = {**held, "outcomes": [{"subject": "Kinderbetreuung", "agreed": True, "text": "zehn Plätze"}]}
    one = f"{path}/{conference.json()['id']}"
    assert (await http.put(one, json=settled, headers=lead(DISTRICT, **{"If-Match": '"1"'}))).status_code == 200
    listed = (await http.get(path, headers=bearer("reader"))).json()["items"]
    assert listed[0]["held"]["outcomes"][0]["agreed"]


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
