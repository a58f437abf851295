"""A negotiation in rounds by HTTP: proposals, answers, comparisons, who saw what, deputies, reminders, expiry."""

from typing import Any

import httpx
import pytest
from support.agreeing_online import (
    AGENCY,
    CONTENT,
    DISTRICT,
    JOBCENTER,
    agreed,
    drafted,
    kind,
    lead,
    moved,
    signed,
)
from support.tokens import bearer

GOALS = {goal["code"]: goal for goal in CONTENT["goals"]}
HIGHER = {**GOALS["integration"], "target": "21.0"}


async def proposed(http: httpx.AsyncClient) -> dict[str, Any]:
    told = await drafted(http)
    answer = await moved(http, told, "propose")
    now: dict[str, Any] = answer.json()
    return now


async def made(http: httpx.AsyncClient, told: dict[str, Any], unit: str = AGENCY, **content: Any) -> httpx.Response:
    sent = {"party": unit, "revision": told["revision"], "reason": "Referenzwert ist höher", **content}
    return await http.post(f"/v1/agreements/{told['id']}/proposals", json=sent, headers=lead(unit))


async def answered(
    http: httpx.AsyncClient, proposal: dict[str, Any], unit: str, *, yes: bool = True, reason: str | None = None
) -> httpx.Response:
    path = f"/v1/agreements/{proposal['agreement']}/proposals/{proposal['id']}"
    held = (await http.get(path, headers=lead(unit))).headers["etag"]
    sent = {"party": unit, "taken_over": yes, "reason": reason}
    return await http.post(f"{path}/answers", json=sent, headers=lead(unit, **{"If-Match": held}))


async def test_a_proposal_all_others_take_over_becomes_the_next_revision(http: httpx.AsyncClient) -> None:
    told = await proposed(http)
    proposal = (await made(http, told, put=[HIGHER], remove=["methadone_travel"])).json()
    assert (await answered(http, proposal, DISTRICT)).json()["status"] == "open"
    assert (await answered(http, proposal, JOBCENTER)).json()["status"] == "taken_over"
    now = (await http.get(f"/v1/agreements/{told['id']}", headers=lead(DISTRICT))).json()
    assert now["revision"] == 2
    assert {goal["code"]: goal.get("target") for goal in now["goals"]}["integration"] == "21.0"
    assert len(now["goals"]) == len(CONTENT["goals"]) - 1
    path = f"/v1/agreements/{told['id']}/revisions/1/diff/2"
    said = (await http.get(path, headers=lead(DISTRICT, **{"Accept-Language": "de"}))).json()["items"]
    assert [item["says"] for item in said] == [
        "Ziel „integration“ target: 20.6 → 21.0",
        "Ziel „methadone_travel“ ist entfallen",
    ]


async def test_one_no_with_its_reason_declines_and_changes_nothing(http: httpx.AsyncClient) -> None:
    told = await proposed(http)
    proposal = (await made(http, told, put=[HIGHER])).json()
    assert kind(await answered(http, proposal, DISTRICT, yes=False)) == "reason-needed"
    declined = (await answered(http, proposal, DISTRICT, yes=False, reason="nicht erreichbar")).json()
    assert (declined["status"], declined["answers"][0]["reason"]) == ("declined", "nicht erreichbar")
    assert kind(await answered(http, proposal, JOBCENTER)) == "proposal-settled"
    assert (await http.get(f"/v1/agreements/{told['id']}", headers=lead(DISTRICT))).json()["revision"] == 1
    listed = await http.get(f"/v1/agreements/{told['id']}/proposals?status=declined", headers=lead(DISTRICT))
    assert [item["id"] for item in listed.json()["items"]] == [proposal["id"]]


async def test_what_cannot_be_proposed_or_answered_is_refused_each_for_its_own_reason(http: httpx.AsyncClient) -> None:
    draft = await drafted(http)
    assert kind(await made(http, draft, put=[HIGHER])) == "not-allowed-now"
    told = await proposed(http)
    assert kind(await made(http, told)) == "proposes-nothing"
    assert kind(await made(http, told, put=[HIGHER], reason=" ")) == "reason-needed"
    assert kind(await made(http, told, remove=["nothing"])) == "unknown-goal"
    assert kind(await made(http, told, put=[{**HIGHER, "obligated": "99999"}])) == "units-not-known"
    assert kind(await made(http, {**told, "revision": 9}, put=[HIGHER])) == "unknown-revision"
    assert kind(await made(http, told, put=[{**HIGHER, "colour": "red"}])) == "bad-input"
    proposal = (await made(http, told, put=[HIGHER])).json()
    assert kind(await answered(http, proposal, AGENCY)) == "not-yours"


async def test_two_proposals_on_the_same_goal_do_not_overwrite_one_another(http: httpx.AsyncClient) -> None:
    told = await proposed(http)
    first = (await made(http, told, put=[HIGHER])).json()
    second = (await made(http, told, JOBCENTER, put=[{**HIGHER, "target": "20.0"}])).json()
    for unit in (DISTRICT, JOBCENTER):
        assert (await answered(http, first, unit)).status_code == 200
    assert (await answered(http, second, AGENCY)).status_code == 200
    late = await answered(http, second, DISTRICT)
    assert (late.status_code, kind(late)) == (409, "proposal-outdated")
    assert "integration" in late.json()["detail"]


async def test_a_party_takes_its_own_proposal_back(http: httpx.AsyncClient) -> None:
    told = await proposed(http)
    proposal = (await made(http, told, put=[HIGHER])).json()
    path = f"/v1/agreements/{told['id']}/proposals/{proposal['id']}/withdrawal"
    for unit, expected in ((DISTRICT, 403), (AGENCY, 200)):
        answer = await http.post(path, json={"party": unit}, headers=lead(unit, **{"If-Match": '"1"'}))
        assert answer.status_code == expected


async def test_who_saw_which_revision_when_is_noted_once(http: httpx.AsyncClient) -> None:
    told = await proposed(http)
    path = f"/v1/agreements/{told['id']}"
    for headers in (lead(AGENCY), lead(AGENCY), bearer("auditor")):
        assert (await http.get(f"{path}/revisions/1", headers=headers)).status_code == 200
    seen = (await http.get(f"{path}/sightings", headers=lead(DISTRICT))).json()["items"]
    assert [(s["unit"], s["revision"]) for s in seen if s["unit"] == AGENCY] == [(AGENCY, 1)]
    assert all(s["subject"] != "tester" for s in seen)


async def test_a_deputy_signs_for_a_party_that_named_them_and_for_no_other(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    path = f"/v1/agreements/{told['id']}/signing"
    deputy = {"party": AGENCY, "subject": "deputy-7", "signs_as": "stellvertretende Geschäftsführung"}
    theirs = lead(DISTRICT, **{"If-Match": '"0"'})
    assert kind(await http.put(path, json={"deputies": [deputy]}, headers=theirs)) == "forbidden"
    own = lead(AGENCY, **{"If-Match": '"0"'})
    assert (await http.put(path, json={"deputies": [deputy]}, headers=own)).status_code == 200
    somebody = bearer("reader", subject="deputy-7")
    assert kind(await signed(http, told, DISTRICT, somebody)) == "forbidden"
    signature = (await signed(http, told, AGENCY, somebody)).json()
    assert (signature["deputy"], signature["signatory"]) == (True, "stellvertretende Geschäftsführung")


async def test_after_the_last_day_nobody_signs_until_a_later_one_is_set(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    path = f"/v1/agreements/{told['id']}/signing"
    for held, day, expected in (('"0"', "2020-01-31", "signing-expired"), ('"1"', "2999-12-31", None)):
        sent = await http.put(path, json={"expires_on": day}, headers=lead(DISTRICT, **{"If-Match": held}))
        assert sent.status_code == 200
        answer = await signed(http, told, AGENCY)
        assert (kind(answer) if expected else None) == expected


async def test_a_party_is_reminded_five_times_and_not_once_it_has_signed(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    path = f"/v1/agreements/{told['id']}/signing/reminders"
    answers = [await http.post(path, json={"party": JOBCENTER}, headers=lead(DISTRICT)) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [409]
    assert kind(answers[-1]) == "reminded-enough"
    await signed(http, told, AGENCY)
    assert kind(await http.post(path, json={"party": AGENCY}, headers=lead(DISTRICT))) == "already-signed"
    assert kind(await http.post(path, json={"party": "03002"}, headers=lead(DISTRICT))) == "not-a-party"


async def test_a_decline_tells_those_who_have_signed(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    await signed(http, told, AGENCY)
    await moved(http, told, "decline", DISTRICT, reason="Mittel fehlen")
    feed = (await http.get("/v1/events?limit=1000", headers=bearer("auditor"))).json()["items"]
    declined = [event for event in feed if event["type"] == "agreement.declined" and event["subject"] == told["id"]]
    assert declined[0]["data"]["signed_by"] == AGENCY


async def test_conditions_count_once_somebody_declared_them_fulfilled_with_evidence(http: httpx.AsyncClient) -> None:
    told = await agreed(http)
    for unit in (AGENCY, JOBCENTER, DISTRICT):
        await signed(http, told, unit)
    await moved(http, told, "activate")
    path = f"/v1/agreements/{told['id']}/goals/staffing"
    before = (await http.get(f"{path}/conditions", headers=lead(DISTRICT))).json()
    assert (before["up_to"], before["counts"], len(before["conditions"])) == ("25", False, 2)
    for item in before["conditions"]:
        sent = {"kind": "fulfilled", "on": "2014-03-01", "party": JOBCENTER, "narrative": "liegt vor"}
        declared = {**sent, "evidence": "Konzept vom 01.03.2014", "condition": item["condition"]}
        assert (await http.post(f"{path}/declarations", json=declared, headers=lead(JOBCENTER))).status_code == 201
    wrong = {**sent, "condition": "etwas anderes"}
    assert kind(await http.post(f"{path}/declarations", json=wrong, headers=lead(JOBCENTER))) == "no-such-condition"
    after = (await http.get(f"{path}/conditions", headers=lead(DISTRICT))).json()
    assert after["counts"]
    assert after["conditions"][0]["declaration"]["evidence"] == "Konzept vom 01.03.2014"


async def test_goals_stand_in_a_pyramid_and_go_on_over_the_years(http: httpx.AsyncClient) -> None:
    def goal(code: str, level: str, above: str | None, **more: Any) -> dict[str, Any]:
        base = {"kind": "qualitative", "code": code, "title": code, "scope": "municipal", "obligated": JOBCENTER}
        return {**base, "level": level, "derived_from": above, "lineage": "teilhabe", **more}

    goals = [
        goal("product_x", "product", "area"),
        goal("area", "product_area", "orientation"),
        goal("orientation", "guiding_orientation", None),
        goal("loose", "product", "nowhere"),
    ]
    told = await drafted(http, goals=goals, year=2016)
    places = (await http.get(f"/v1/agreements/{told['id']}/pyramid", headers=lead(DISTRICT))).json()["items"]
    assert [(p["goal"]["code"], p["depth"], p["traced"]) for p in places] == [
        ("orientation", 0, True),
        ("area", 1, True),
        ("product_x", 2, True),
        ("loose", 0, False),
    ]
    target = {**GOALS["integration"], "lineage": "teilhabe", "code": "measured"}
    await drafted(http, goals=[target], year=2017)
    lineage = (await http.get("/v1/lineages/teilhabe", headers=lead(DISTRICT))).json()["items"]
    assert {(item["year"], item["goal"]["kind"]) for item in lineage} == {(2016, "qualitative"), (2017, "target")}


@pytest.mark.parametrize(("target", "found"), [("20.6", False), ("22.0", True)])
async def test_a_contradiction_between_agreements_is_found_with_both_places(
    http: httpx.AsyncClient, target: str, found: bool
) -> None:
    year = 2031 if found else 2030
    one = await drafted(http, goals=[GOALS["integration"]], year=year)
    other = await drafted(http, goals=[{**GOALS["integration"], "target": target}], year=year, title="Zweite")
    findings = (await http.get(f"/v1/agreements/{one['id']}/findings", headers=lead(DISTRICT))).json()["items"]
    contradictions = [finding for finding in findings if finding["rule"] == "contradiction"]
    assert bool(contradictions) is found
    assert all(other["id"] in finding["detail"] and finding["pointer"] == "/goals/0" for finding in contradictions)
    pairs = (await http.get(f"/v1/contradictions?year={year}", headers=lead(DISTRICT))).json()["items"]
    assert len(pairs) == int(found)
