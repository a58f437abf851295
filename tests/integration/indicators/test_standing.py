"""Who stands for figures and who contests them, by HTTP."""

import asyncio
from datetime import date
from typing import Any

import httpx
import pytest
from chassis.clock import new_id
from indicators.ports.documents import Filed
from support.apps import Stack
from support.standing import an_objection
from support.standing_scene import (
    AGENCY,
    CONTROLLER,
    JOBCENTER,
    LEAD,
    OTHER,
    STRANGER,
    SUPERVISOR,
    TOWN,
    attest,
    contest,
    deliver,
    items,
)
from support.tokens import bearer


async def test_a_lead_stands_for_a_month_and_a_later_record_shows(http: httpx.AsyncClient) -> None:
    await deliver(http, "2012-01", "100")
    made = await attest(http, "2012-01", office="Geschäftsführung", note="vollständig geprüft")
    told = made.json()
    assert (made.status_code, made.headers["etag"], told["status"]) == (201, '"1"', "attested")
    assert (told["values"], told["covers"], told["changed_since"]) == (1, [TOWN], False)
    assert (told["by"], told["office"], len(told["digest"])) == ("lead", "Geschäftsführung", 64)
    await deliver(http, "2012-01", "101")
    again = await http.get(made.headers["location"], headers=LEAD)
    assert (again.json()["changed_since"], again.headers["etag"]) == (True, '"1.changed"')
    unchanged = {**LEAD, "If-None-Match": made.headers["etag"]}
    assert (await http.get(made.headers["location"], headers=unchanged)).status_code == 200
    held = {**LEAD, "If-Match": again.headers["etag"]}
    gone = await http.post(f"{made.headers['location']}/withdrawal", json={"reason": "überholt"}, headers=held)
    assert (gone.status_code, gone.headers["etag"]) == (200, '"2.changed"')


async def test_a_record_of_another_month_or_unit_changes_nothing(http: httpx.AsyncClient) -> None:
    await deliver(http, "2012-02", "100")
    made = await attest(http, "2012-02")
    await deliver(http, "2012-03", "100")
    await deliver(http, "2012-02", "50", unit=OTHER)
    assert (await http.get(made.headers["location"], headers=LEAD)).json()["changed_since"] is False


async def test_a_month_is_attested_once_until_that_is_withdrawn_with_a_reason(http: httpx.AsyncClient) -> None:
    await deliver(http, "2012-04", "1")
    answers = await asyncio.gather(*(attest(http, "2012-04") for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    refused = next(answer for answer in answers if answer.status_code == 409).json()
    assert (refused["type"], "withdraw" in refused["detail"]) == ("/problems/already-attested", True)
    made = next(answer for answer in answers if answer.status_code == 201)
    path, why = f"{made.headers['location']}/withdrawal", {"reason": "Nachmeldung angekündigt"}
    assert (await http.post(path, json=why, headers=LEAD)).status_code == 428
    stale = await http.post(path, json=why, headers={**LEAD, "If-Match": '"7"'})
    assert stale.status_code == 412
    gone = await http.post(path, json=why, headers={**LEAD, "If-Match": '"1"'})
    assert (gone.json()["status"], gone.json()["withdrawal"]["reason"]) == ("withdrawn", why["reason"])
    twice = await http.post(path, json=why, headers={**LEAD, "If-Match": '"2"'})
    assert (twice.status_code, twice.json()["type"]) == (409, "/problems/attestation-withdrawn")
    assert (await attest(http, "2012-04")).status_code == 201
    both = await items(http, "/v1/attestations", LEAD, unit=TOWN, month="2012-04")
    assert [entry["status"] for entry in both] == ["withdrawn", "attested"]


async def test_the_same_figures_have_the_same_digest_however_they_are_written(http: httpx.AsyncClient) -> None:
    await deliver(http, "2012-05", "10.50")
    first = (await attest(http, "2012-05")).json()
    await http.post(
        f"/v1/attestations/{first['id']}/withdrawal", json={"reason": "x"}, headers={**LEAD, "If-Match": '"1"'}
    )
    await deliver(http, "2012-05", "11")
    await deliver(http, "2012-05", "10.5")
    second = (await attest(http, "2012-05")).json()
    assert second["digest"] == first["digest"]
    earlier = await attest(http, "2012-05", as_of=first["as_of"])
    assert earlier.status_code == 409


@pytest.mark.parametrize(
    ("month", "more", "status", "problem"),
    [
        ("2011-01", {}, 409, "nothing-to-attest"),
        ("2999-01", {}, 409, "month-not-over"),
        ("2012-01", {"as_of": "9999-12-31T23:59:59Z"}, 422, "instant-ahead"),
        ("2012-13", {}, 422, "bad-input"),
        ("2012-01", {"unit": OTHER}, 404, "unknown-unit"),
        ("2012-01", {"unit": "nowhere"}, 404, "unknown-unit"),
    ],
)
async def test_nobody_stands_for_what_is_not_there(
    http: httpx.AsyncClient, month: str, more: dict[str, str], status: int, problem: str
) -> None:
    answer = await attest(http, month, **more)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")


async def test_a_jobcenter_stands_for_its_towns_too(http: httpx.AsyncClient) -> None:
    await deliver(http, "2012-06", "1")
    lead = bearer("unit_lead", units=(JOBCENTER,))
    made = await http.post("/v1/attestations", json={"unit": JOBCENTER, "month": "2012-06"}, headers=lead)
    assert made.status_code == 201
    assert {JOBCENTER, TOWN, OTHER} <= set(made.json()["covers"])
    await deliver(http, "2012-06", "5", unit=OTHER)
    assert (await http.get(made.headers["location"], headers=lead)).json()["changed_since"] is True
    assert (await http.get(made.headers["location"], headers=LEAD)).status_code == 404


async def test_an_objection_has_a_deadline_and_one_answer_of_the_supervisor(http: httpx.AsyncClient) -> None:
    await deliver(http, "2013-01", "100")
    raised = await contest(http, "2013-01")
    told = raised.json()
    assert (raised.status_code, told["status"], told["overdue"]) == (201, "open", False)
    assert (told["contested"], told["held_right"], told["answer"]) == ("100", "98", None)
    second = await contest(http, "2013-01", LEAD)
    assert (second.status_code, second.json()["type"]) == (409, "/problems/already-contested")
    path, held = f"{raised.headers['location']}/answer", {**SUPERVISOR, "If-Match": '"1"'}
    sent = {"accepted": False, "reason": "Die Wegzüge sind im Dezember gezählt"}
    answers = await asyncio.gather(*(http.post(path, json=sent, headers=held) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    closed = await http.get(raised.headers["location"], headers=CONTROLLER)
    assert (closed.json()["status"], closed.json()["answer"]["by"]) == ("not_accepted", "aufsicht")
    late = await http.post(path, json=sent, headers={**SUPERVISOR, "If-Match": closed.headers["etag"]})
    assert (late.status_code, late.json()["type"]) == (409, "/problems/objection-closed")
    assert (await contest(http, "2013-01")).status_code == 201


async def test_a_unit_takes_its_objection_back_and_strangers_do_not_see_it(http: httpx.AsyncClient) -> None:
    await deliver(http, "2012-02", "100")
    raised = await contest(http, "2012-02")
    held = {"If-Match": raised.headers["etag"]}
    path = f"{raised.headers['location']}/withdrawal"
    assert (await http.get(raised.headers["location"], headers=STRANGER)).status_code == 404
    for act, sent in (("withdrawal", {"reason": "x"}), ("answer", {"accepted": True, "reason": "x"})):
        refused = await http.post(f"{raised.headers['location']}/{act}", json=sent, headers={**STRANGER, **held})
        assert (refused.status_code, refused.json()["type"]) == (404, "/problems/unknown-objection")
    back = await http.post(path, json={"reason": "geklärt"}, headers={**LEAD, **held})
    assert (back.json()["status"], back.json()["version"]) == ("withdrawn", 2)


async def test_nobody_answers_an_objection_of_their_own(http: httpx.AsyncClient) -> None:
    both = bearer("controller", "supervisor", units=(JOBCENTER,), subject="beides")
    await deliver(http, "2012-03", "100")
    raised = await contest(http, "2012-03", both)
    sent = {"accepted": True, "reason": "stimmt"}
    answer = await http.post(f"{raised.headers['location']}/answer", json=sent, headers={**both, "If-Match": '"1"'})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/own-objection")


@pytest.mark.parametrize(
    ("month", "more", "status", "problem"),
    [
        ("2999-01", {}, 422, "month-ahead"),
        ("2013-02", {"indicator": "K99"}, 404, "unknown-indicator"),
        ("2013-02", {"held_right": "100.0"}, 422, "nothing-contested"),
        ("2013-02", {"due": "2012-05-01"}, 422, "deadline-past"),
        ("2013-02", {"unit": OTHER}, 404, "unknown-unit"),
        ("2013-02", {"reason": " "}, 422, "bad-input"),
        ("2013-02", {"contested": "NaN"}, 422, "bad-input"),
        ("2013-02", {"contested": "99999"}, 422, "another-figure"),
        ("2013-03", {}, 422, "no-figure-to-contest"),
        ("2013-03", {"contested": None, "held_right": None}, 422, "no-figure-to-contest"),
    ],
)
async def test_an_objection_that_makes_no_sense_is_refused(
    http: httpx.AsyncClient, month: str, more: dict[str, Any], status: int, problem: str
) -> None:
    await deliver(http, "2013-02", "100")
    answer = await contest(http, month, **more)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")


async def test_an_objection_keeps_what_the_figure_was_when_it_was_raised(http: httpx.AsyncClient) -> None:
    await deliver(http, "2013-04", "19.8")
    refused = (await contest(http, "2013-04", contested="99999")).json()
    assert ([place["pointer"] for place in refused["errors"]], "19.8" in refused["detail"]) == (["/contested"], True)
    raised = await contest(http, "2013-04", contested="19.80")
    assert (raised.status_code, raised.json()["contested"]) == (201, "19.8")
    await deliver(http, "2013-04", "20")
    again = await http.get(raised.headers["location"], headers=CONTROLLER)
    assert (again.json()["contested"], again.json()["held_right"]) == ("19.8", "98")


async def test_objections_are_listed_by_place_and_state(http: httpx.AsyncClient) -> None:
    for month in ("2011-07", "2012-07"):
        await deliver(http, month, "100")
    await contest(http, "2012-07", indicator="K3", view=None, contested=None)
    (found,) = await items(http, "/v1/objections", CONTROLLER, month="2012-07", status="open", indicator="K3")
    assert (found["view"], found["unit"]) == ("month", TOWN)
    assert await items(http, "/v1/objections", CONTROLLER, overdue="true") == []
    assert await items(http, "/v1/objections", CONTROLLER, overdue="true", status="accepted") == []


async def test_an_objection_past_its_deadline_is_overdue(stack: Stack, http: httpx.AsyncClient) -> None:
    filed = Filed(id=new_id(), version=1, value=an_objection(due=date(2015, 2, 3)))
    async with stack.indicators.state.ports.begin() as work:
        await work.objections.add(filed)
    await deliver(http, "2014-11", "100")
    await contest(http, "2014-11")
    (found,) = await items(http, "/v1/objections", SUPERVISOR, overdue="true", unit=TOWN)
    assert (found["id"], found["overdue"], found["due"]) == (str(filed.id), True, "2015-02-03")
    (standing,) = await items(http, "/v1/standing", SUPERVISOR, unit=TOWN, month="2014-11")
    assert [o["overdue"] for o in standing["objections"]] == [True, False]
    tagged = await http.get(f"/v1/objections/{filed.id}", headers=SUPERVISOR)
    held = {**SUPERVISOR, "If-Match": tagged.headers["etag"]}
    sent = {"accepted": True, "reason": "spät, aber berechtigt"}
    assert (await http.post(f"/v1/objections/{filed.id}/answer", json=sent, headers=held)).status_code == 200


async def test_standing_shows_who_stands_for_a_month_and_what_is_contested(http: httpx.AsyncClient) -> None:
    await deliver(http, "2012-08", "100")
    await attest(http, "2012-08")
    await deliver(http, "2012-09", "100")
    await contest(http, "2012-09")
    asked = {"unit": [OTHER, TOWN], "month": ["2012-09", "2012-08"]}
    found = await items(http, "/v1/standing", SUPERVISOR, **asked)
    assert [(f["unit"], f["month"], f["attested"], len(f["objections"])) for f in found] == [
        (TOWN, "2012-08", True, 0),
        (TOWN, "2012-09", False, 1),
        (OTHER, "2012-08", False, 0),
        (OTHER, "2012-09", False, 0),
    ]
    assert found[0]["attestation"]["by"] == "lead"
    lacking = await items(http, "/v1/standing", SUPERVISOR, **asked, attested="false")
    assert len(lacking) == 3
    await deliver(http, "2012-08", "101")
    (changed, *_) = await items(http, "/v1/standing", SUPERVISOR, **asked, attested="false")
    assert (changed["month"], changed["attested"], changed["attestation"]["changed_since"]) == ("2012-08", False, True)
    foreign = await http.get("/v1/standing", params={"unit": AGENCY, "month": "2012-08"}, headers=LEAD)
    assert foreign.status_code == 404


async def test_every_change_is_recorded_and_told(http: httpx.AsyncClient) -> None:
    events = (await http.get("/v1/events?limit=1000", headers=bearer("auditor"))).json()["items"]
    told = {event["type"] for event in events}
    wanted = {"attestation.made", "attestation.withdrawn", "objection.raised", "objection.answered"}
    assert wanted | {"objection.withdrawn"} <= told
    log = (await http.get("/v1/audit?limit=1000", headers=bearer("auditor"))).json()["items"]
    assert wanted <= {entry["action"] for entry in log}
