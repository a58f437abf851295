"""What closed file reviews say by HTTP: sums, a delivery, consequences, and a trail that names no file."""

import json
from collections.abc import AsyncIterator
from decimal import Decimal

import httpx
import pytest
from support.apps import Stack
from support.reviewing import (
    ABOVE,
    NUMBERS,
    OFFICE,
    OTHER,
    closed,
    drawn,
    kind,
    prepared,
    reviewer,
)
from support.tokens import bearer


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with prepared(stack) as client:
        yield client


async def test_sums_name_no_file_and_stand_beside_the_round_before(http: httpx.AsyncClient) -> None:
    await closed(http, "2013-01", errors=2)
    await closed(http, "2013-02", errors=1)
    await closed(http, "2013-02", OTHER, errors=0)
    asked = {"from": "2013-02", "to": "2013-02"}
    lead = bearer("unit_lead", units=(ABOVE,))
    answer = await http.get("/v1/file-reviews/aggregate", params=asked, headers=lead)
    items = answer.json()["items"]
    assert [(i["unit"], i["checkpoint"]) for i in items] == [(unit, n) for unit in (OFFICE, OTHER) for n in NUMBERS]
    third = items[2]
    assert (third["unit_name"], third["question"], third["rounds"]) == ("Erkrath", "Prüffrage 3?", 1)
    assert third["result"] == {
        "answered": 4,
        "errors": 1,
        "not_applicable": 0,
        "error_rate": "25.0",
        "low": "4.6",
        "high": "69.9",
        "unit_of_measure": "percent",
        "amount": {"amount": "10.50", "currency": "EUR"},
    }
    assert (third["before"]["errors"], third["change"]) == (2, "-25.0")
    assert "BG-" not in answer.text
    assert "tester" not in answer.text
    total = await http.get("/v1/file-reviews/aggregate", params={**asked, "by": "total", "limit": "3"}, headers=lead)
    summed = total.json()["items"][2]
    assert (summed["unit"], summed["rounds"], summed["result"]["answered"]) == (None, 2, 8)
    assert (summed["result"]["error_rate"], summed["before"]["answered"]) == ("12.5", 4)
    rest = {**asked, "by": "total", "cursor": total.json()["next"]}
    more = (await http.get("/v1/file-reviews/aggregate", params=rest, headers=lead)).json()
    assert ([i["checkpoint"] for i in more["items"]], more["next"]) == (list(NUMBERS[3:]), None)


async def test_results_are_delivered_as_they_are_and_read_as_an_error_rate(http: httpx.AsyncClient) -> None:
    await closed(http, "2013-05", errors=1, size=8)
    asked = {"from": "2013-05", "to": "2013-05", "unit": OFFICE}
    told = await http.get("/v1/file-reviews/results", params=asked, headers=reviewer())
    assert told.headers["content-type"] == "text/csv; charset=utf-8"
    rows = told.text.splitlines()
    assert rows == [
        "unit,variable,month,value",
        f"{OFFICE},review_errors,2013-05,1",
        f"{OFFICE},reviewed_files,2013-05,8",
    ]
    taken = await http.post("/v1/deliveries", content=told.content, headers=reviewer(**{"Content-Type": "text/csv"}))
    assert (taken.status_code, taken.json()["status"]) == (202, "accepted")
    reading = {**asked, "indicator": "review_error_rate", "view": "month"}
    (read,) = (await http.get("/v1/readings", params=reading, headers=reviewer())).json()["items"]
    assert (Decimal(read["value"]), read["unit_of_measure"]) == (Decimal("12.5"), "percent")
    empty = await http.get(
        "/v1/file-reviews/results", params={**asked, "from": "2013-04", "to": "2013-04"}, headers=reviewer()
    )
    assert empty.text == "unit,variable,month,value\r\n"


async def test_consequences_are_tracked_to_done(http: httpx.AsyncClient) -> None:
    path = await drawn(http, "2013-07")
    body = {"kind": "training", "text": "Schulung Einkommen", "due_on": "2013-09-30", "checkpoint": 3}
    made = await http.post(f"{path}/consequences", json=body, headers=reviewer())
    assert (made.status_code, made.json()["overdue"], made.json()["unit"]) == (201, True, OFFICE)
    later = {**body, "kind": "wiki_entry", "due_on": "2999-01-01", "checkpoint": None}
    await http.post(f"{path}/consequences", json=later, headers=reviewer())
    unknown = await http.post(f"{path}/consequences", json={**body, "checkpoint": 99}, headers=reviewer())
    assert (unknown.status_code, kind(unknown)) == (422, "unknown-checkpoint")
    overdue = {"overdue": "true", "unit": OFFICE}
    listed = await http.get("/v1/file-reviews/consequences", params=overdue, headers=reviewer())
    assert [one["id"] for one in listed.json()["items"]] == [made.json()["id"]]
    one, held = f"{path}/consequences/{made.json()['id']}", reviewer(**{"If-Match": made.headers["etag"]})
    ahead = await http.put(one, json={**body, "done_on": "2999-01-01"}, headers=held)
    assert kind(ahead) == "done-ahead"
    assert kind(await http.put(one, json={**body, "done_on": "2013-06-30"}, headers=held)) == "done-before"
    done = await http.put(one, json={**body, "done_on": "2013-10-02"}, headers=held)
    assert (done.json()["done_on"], done.json()["overdue"], done.json()["version"]) == ("2013-10-02", False, 2)
    assert (await http.get("/v1/file-reviews/consequences", params=overdue, headers=reviewer())).json()["items"] == []
    of_round = (await http.get(f"{path}/consequences", headers=bearer("auditor"))).json()["items"]
    assert [one["kind"] for one in of_round] == ["training", "wiki_entry"]
    elsewhere = f"{await drawn(http, '2013-08')}/consequences/{made.json()['id']}"
    assert kind(await http.put(elsewhere, json=body, headers=held)) == "not-on-file"


async def test_every_change_is_recorded_and_no_event_names_a_file(http: httpx.AsyncClient) -> None:
    events = (await http.get("/v1/events", params={"limit": "1000"}, headers=bearer("auditor"))).json()["items"]
    told = {event["type"] for event in events}
    assert {"review_grid.added", "file_review.planned", "file_review.drawn", "file_review.closed"} <= told
    assert {"file_review.answered", "consequence.set", "consequence.changed"} <= told
    assert "BG-" not in json.dumps(events)
    audit = (await http.get("/v1/audit", params={"limit": "1000"}, headers=bearer("auditor"))).json()["items"]
    assert told <= {entry["action"] for entry in audit} | {"delivery.accepted"}
