"""The register of external audits by HTTP: findings become checkpoints, and both sides say so."""

import asyncio
from typing import Any

import httpx
from support.tokens import bearer

OFFICE, STRANGER = "36402", "03002"
OPERATOR = bearer("operator")
AUDIT = {
    "unit": OFFICE,
    "audited_on": "2012-05-02",
    "auditor": "municipal_audit_office",
    "auditing_body": "Rechnungsprüfungsamt",
    "subject": "Kosten der Unterkunft",
    "findings": [
        {"number": 1, "text": "Bescheide ohne Begründung", "area": "Bescheid"},
        {"number": 2, "text": "Einkommen nicht angerechnet", "area": "Einkommen"},
    ],
}
POINT = {"number": 1, "question": "Ist der Antrag vollständig?", "area": "Antrag"}


def grid(version: int = 1, *more: dict[str, Any], code: str = "leistung") -> dict[str, Any]:
    return {"code": code, "version": version, "title": "Prüfraster", "checkpoints": [POINT, *more]}


def kind(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).removeprefix("/problems/")


async def registered(http: httpx.AsyncClient, **more: Any) -> httpx.Response:
    made = await http.post("/v1/external-audits", json={**AUDIT, **more}, headers=OPERATOR)
    assert made.status_code == 201, made.text
    return made


async def test_versions_of_a_grid_follow_one_another_and_old_ones_stay(http: httpx.AsyncClient) -> None:
    first = await http.post("/v1/review-grids", json=grid(code="alt"), headers=OPERATOR)
    assert (first.status_code, first.headers["location"]) == (201, "/v1/review-grids/alt/1")
    taken = await http.post("/v1/review-grids", json=grid(code="alt"), headers=OPERATOR)
    assert (taken.status_code, kind(taken)) == (409, "grid-version-out-of-turn")
    more = {"number": 2, "question": "Ist die Miete angemessen?", "area": "Unterkunft"}
    at_once = await asyncio.gather(
        *(http.post("/v1/review-grids", json=grid(2, more, code="alt"), headers=OPERATOR) for _ in range(3))
    )
    assert sorted(one.status_code for one in at_once) == [201, 409, 409]
    old = await http.get("/v1/review-grids/alt/1", headers=bearer("controller"))
    assert [point["number"] for point in old.json()["checkpoints"]] == [1]
    listed = await http.get("/v1/review-grids", params={"code": "alt"}, headers=bearer("auditor"))
    assert [one["version"] for one in listed.json()["items"]] == [1, 2]
    assert kind(await http.get("/v1/review-grids/alt/3", headers=OPERATOR)) == "unknown-grid"


async def test_a_finding_becomes_a_checkpoint_of_the_next_version(http: httpx.AsyncClient) -> None:
    await http.post("/v1/review-grids", json=grid(), headers=OPERATOR)
    made = await registered(http)
    path = made.headers["location"]
    sent = {"grid": "leistung", "question": "Ist der Bescheid begründet?"}
    done = await http.post(f"{path}/findings/1/checkpoint", json=sent, headers=OPERATOR)
    assert (done.status_code, done.headers["location"]) == (201, "/v1/review-grids/leistung/2")
    assert done.json()["checkpoints"] == [{"grid": "leistung", "version": 2, "number": 2}]
    version = (await http.get(done.headers["location"], headers=OPERATOR)).json()
    assert version["checkpoints"][1] == {
        "number": 2,
        "question": "Ist der Bescheid begründet?",
        "area": "Bescheid",
        "source": {"audit": made.json()["id"], "finding": 1},
    }
    again = await http.post(f"{path}/findings/1/checkpoint", json=sent, headers=OPERATOR)
    assert (again.status_code, kind(again)) == (409, "finding-is-checkpoint")
    nowhere = await http.post(f"{path}/findings/2/checkpoint", json={**sent, "grid": "none"}, headers=OPERATOR)
    assert (nowhere.status_code, kind(nowhere)) == (404, "unknown-grid")
    none = await http.post(f"{path}/findings/9/checkpoint", json=sent, headers=OPERATOR)
    assert (none.status_code, kind(none)) == (404, "unknown-audit-finding")
    third = await http.post(
        "/v1/review-grids",
        json=grid(3, {"number": 2, "question": "Begründet?", "area": "Bescheid"}),
        headers=OPERATOR,
    )
    assert third.json()["checkpoints"][1]["source"] == {"audit": made.json()["id"], "finding": 1}


async def test_findings_of_many_audits_become_checkpoints_at_once(http: httpx.AsyncClient) -> None:
    await http.post("/v1/review-grids", json=grid(code="viele"), headers=OPERATOR)
    paths = [(await registered(http)).headers["location"] for _ in range(3)]
    sent = {"grid": "viele", "question": "Wurde angerechnet?"}
    done = await asyncio.gather(
        *(http.post(f"{path}/findings/2/checkpoint", json=sent, headers=OPERATOR) for path in paths)
    )
    made = [one.json()["checkpoints"][0] for one in done]
    assert sorted((one["version"], one["number"]) for one in made) == [(2, 2), (3, 3), (4, 4)]


async def test_an_audit_that_lies_ahead_is_not_registered(http: httpx.AsyncClient) -> None:
    sent = {**AUDIT, "audited_on": "2999-01-01"}
    ahead = await http.post("/v1/external-audits", json=sent, headers=OPERATOR)
    assert (ahead.status_code, kind(ahead)) == (422, "audit-ahead")


async def test_an_audit_is_corrected_by_who_has_seen_it(http: httpx.AsyncClient) -> None:
    await http.post("/v1/review-grids", json=grid(code="korrigiert"), headers=OPERATOR)
    made = await registered(http)
    path, seen = made.headers["location"], {**OPERATOR, "If-Match": made.headers["etag"]}
    await http.post(f"{path}/findings/1/checkpoint", json={"grid": "korrigiert", "question": "?"}, headers=OPERATOR)
    assert kind(await http.put(path, json=AUDIT, headers=seen)) == "version-stale"
    newest = {**OPERATOR, "If-Match": (await http.get(path, headers=OPERATOR)).headers["etag"]}
    dropped = await http.put(path, json={**AUDIT, "findings": []}, headers=newest)
    assert (dropped.status_code, kind(dropped)) == (409, "finding-is-checkpoint")
    changed = await http.put(path, json={**AUDIT, "subject": "Heizkosten"}, headers=newest)
    assert (changed.json()["subject"], len(changed.json()["findings"][0]["checkpoints"])) == ("Heizkosten", 1)


async def test_an_audit_is_seen_by_the_unit_it_concerns_and_a_general_one_by_all(http: httpx.AsyncClient) -> None:
    own = (await registered(http)).json()["id"]
    general = (await registered(http, unit=None, auditing_body="Bundesrechnungshof")).json()["id"]

    async def seen(unit: str) -> set[str]:
        answer = await http.get("/v1/external-audits", headers=bearer("controller", units=(unit,)))
        return {audit["id"] for audit in answer.json()["items"]} & {own, general}

    assert await seen(OFFICE) == {own, general}
    assert await seen(STRANGER) == {general}
    hidden = await http.get(f"/v1/external-audits/{own}", headers=bearer("controller", units=(STRANGER,)))
    assert kind(hidden) == "not-on-file"
    unknown = await http.post("/v1/external-audits", json={**AUDIT, "unit": "nirgends"}, headers=OPERATOR)
    assert kind(unknown) == "unknown-unit"
    page = await http.get("/v1/external-audits", params={"limit": "1"}, headers=bearer("auditor"))
    assert (len(page.json()["items"]), page.json()["next"] is None) == (1, False)
