"""An agreement with a provider, and the talks held under it."""

from typing import Any

import httpx
import pytest
from support.agreeing_online import DISTRICT, kind, lead
from support.tokens import bearer

PROVIDER = "caritas-beratung"
CONTENT = {
    "title": "Vereinbarung Schuldnerberatung",
    "year": 2014,
    "tier": "provider",
    "legal_basis": "§ 17 (2) SGB II",
    "meetings": "vierteljährlich",
    "valid_from": "2014-01-01",
    "valid_until": "2015-01-01",
    "parties": [
        {"unit": DISTRICT, "role": "supervising_body", "scope": "municipal", "signs_as": "Sozialamt"},
        {"unit": PROVIDER, "role": "obligated_unit", "scope": "municipal", "signs_as": "Leitung"},
    ],
    "goals": [
        {
            "kind": "deliverable",
            "code": "first_talks",
            "title": "Erstgespräche binnen zwei Wochen",
            "scope": "municipal",
            "carrier": DISTRICT,
            "obligated": PROVIDER,
            "due": "2014-12-31",
        }
    ],
}
MEETING = {
    "held_on": "2014-03-12",
    "title": "Erstes Trägergespräch",
    "participants": [DISTRICT, PROVIDER],
    "agenda": ["Inhalte", "Verfahren"],
    "results": ["Formulare sind abgestimmt"],
    "next_on": "2014-06-12",
}


@pytest.fixture(scope="module")
async def agreement(http: httpx.AsyncClient) -> dict[str, Any]:
    unit = {"code": PROVIDER, "name": "Schuldnerberatung", "kind": "provider"}
    sent = await http.post("/v1/units", json={"units": [unit], "relations": []}, headers=bearer("operator"))
    assert sent.status_code == 200, sent.text
    made = await http.post("/v1/agreements", json=CONTENT, headers=lead(DISTRICT))
    told: dict[str, Any] = made.json()
    findings = await http.get(f"/v1/agreements/{told['id']}/findings", headers=lead(PROVIDER))
    assert findings.json()["items"] == []
    return told


async def test_a_talk_is_recorded_and_a_missed_one_is_found(http: httpx.AsyncClient, agreement: dict[str, Any]) -> None:
    path = f"/v1/agreements/{agreement['id']}"
    made = await http.post(f"{path}/meetings", json=MEETING, headers=lead(DISTRICT))
    assert (made.status_code, made.json()["held"]["participants"]) == (201, [DISTRICT, PROVIDER])
    found = (await http.get(f"{path}/findings", headers=lead(PROVIDER))).json()["items"]
    assert [(one["rule"], one["severity"]) for one in found] == [("meeting_missed", "note")]
    moved = {**MEETING, "next_on": "2999-06-12"}
    one, held = f"{path}/meetings/{made.json()['id']}", {"If-Match": made.headers["etag"]}
    assert (await http.put(one, json=moved, headers=lead(PROVIDER, **held))).status_code == 200
    assert kind(await http.put(one, json=moved, headers=lead(PROVIDER, **held))) == "version-stale"
    assert (await http.get(f"{path}/findings", headers=lead(PROVIDER))).json()["items"] == []
    listed = (await http.get(f"{path}/meetings", headers=lead(DISTRICT))).json()["items"]
    assert [meeting["version"] for meeting in listed] == [2]


async def test_a_meeting_names_units_that_are_there_and_is_seen_by_those_concerned(
    http: httpx.AsyncClient, agreement: dict[str, Any]
) -> None:
    path = f"/v1/agreements/{agreement['id']}/meetings"
    unknown = {**MEETING, "participants": ["nirgends"]}
    assert "/participants/0" in (await http.post(path, json=unknown, headers=lead(DISTRICT))).text
    assert kind(await http.post(path, json=MEETING, headers=lead("03002"))) == "unknown-agreement"
    assert kind(await http.get(path, headers=lead("03002"))) == "unknown-agreement"
