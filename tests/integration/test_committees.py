"""The way of a goal concept through offices, conferences and committees, after the council papers of 2012."""

from typing import Any

import httpx
import pytest
from support.agreeing_online import AGENCY, CONTENT, DISTRICT, JOBCENTER, agreed, drafted, kind, lead, moved, signed
from support.council import COMMITTEES, findings, office, planned, seat
from support.tokens import bearer


@pytest.fixture(scope="module", autouse=True)
async def bodies(http: httpx.AsyncClient) -> None:
    await seat(http)


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
    stranger = {**sent, "holder": "03002"}
    assert kind(await http.post(path, json=stranger, headers=office(DISTRICT))) == "not-a-party"
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


@pytest.mark.parametrize("code", ["a/b", "", " rat", "..", "rat?", "100%", "a\\b", "x" * 61])
async def test_a_code_that_cannot_stand_in_an_address_is_refused(http: httpx.AsyncClient, code: str) -> None:
    sent = {"code": code, "name": "Rat", "kind": "council", "unit": DISTRICT}
    answer = await http.post("/v1/bodies", json=sent, headers=bearer("operator"))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/code")


async def test_a_code_with_umlauts_and_signs_leads_back_to_its_body(http: httpx.AsyncClient) -> None:
    sent = {"code": "Ausschuss für Übergänge 𝔸", "name": "Ausschuss", "kind": "committee", "unit": DISTRICT}
    made = await http.post("/v1/bodies", json=sent, headers=bearer("operator"))
    assert (made.status_code, made.headers["location"].isascii()) == (201, True)
    read = await http.get(made.headers["location"], headers=bearer("reader"))
    assert read.json()["code"] == sent["code"]
