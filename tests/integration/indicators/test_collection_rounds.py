"""Quarterly collection rounds by HTTP: opened, changed, and judged by what was delivered."""

from typing import Any

import httpx
import pytest
from support.tokens import bearer

DISTRICT, TOWNS = "05158", ("05158004", "05158008", "05158012")
ELSEWHERE = "05158016"
ROUNDS = "/v1/collection-rounds"
HOLDER = bearer("supervisor", units=(DISTRICT,), subject="koordinierungsstelle")
ROUND = {
    "title": "Kreisinternes Benchmarking, 1. Quartal – Größen",
    "quarter": "2013-Q1",
    "variables": ["integrations", "elb_stock"],
    "units": list(TOWNS),
    "due_on": "2013-04-20",
}


@pytest.fixture(scope="module")
async def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    rows = [(TOWNS[0], "elb_stock", "2013-03", "")]
    rows += [(TOWNS[0], "integrations", f"2013-0{month}", "f") for month in (1, 2, 3)]
    rows += [(TOWNS[1], "integrations", "2013-02", ""), (TOWNS[1], "elb_stock", "2013-01", "")]
    content = "unit,variable,month,value,sex\n" + "".join(f"{u},{v},{m},5,{s}\n" for u, v, m, s in rows)
    sender = {**bearer("uploader", units=TOWNS), "Content-Type": "text/csv"}
    sent = await http.post("/v1/deliveries", content=content.encode(), headers=sender)
    assert sent.json()["status"] == "accepted", sent.text
    known = {"label": "Termine", "label_en": "appointments", "measure": "cases", "kind": "stock", "dimensions": []}
    ended = {**known, "valid_until": "2013-03-01"}
    put = await http.put("/v1/variables/own_ended", json=ended, headers=bearer("operator"))
    assert put.status_code == 200, put.text
    return http


async def opened(http: httpx.AsyncClient, **change: Any) -> httpx.Response:
    return await http.post(ROUNDS, json={**ROUND, **change}, headers=HOLDER)


async def test_each_unit_is_delivered_partly_or_missing_by_its_observations(http: httpx.AsyncClient) -> None:
    answer = await opened(http)
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    told = (await http.get(f"{answer.headers['location']}/states", headers=HOLDER)).json()["items"]
    assert [(one["unit"], one["state"], one["delivered"], one["wanted"], one["overdue"]) for one in told] == [
        (TOWNS[0], "delivered", 4, 4, False),
        (TOWNS[1], "partly", 1, 4, True),
        (TOWNS[2], "missing", 0, 4, True),
    ]
    assert told[0]["unit_name"] == "Erkrath"
    assert told[1]["missing"] == [
        {"variable": "elb_stock", "month": "2013-03"},
        {"variable": "integrations", "month": "2013-01"},
        {"variable": "integrations", "month": "2013-03"},
    ]
    asked: dict[str, Any] = {"state": ["missing", "delivered"], "limit": 1}
    page = (await http.get(f"{answer.headers['location']}/states", params=asked, headers=HOLDER)).json()
    rest = (
        await http.get(f"{answer.headers['location']}/states", params={**asked, "cursor": page["next"]}, headers=HOLDER)
    ).json()
    assert [one["unit"] for one in (*page["items"], *rest["items"])] == [TOWNS[0], TOWNS[2]]
    assert rest["next"] is None


async def test_a_town_sees_the_round_with_its_own_name_in_it_only(http: httpx.AsyncClient) -> None:
    location = (await opened(http)).headers["location"]
    town = bearer("controller", units=(TOWNS[1],))
    seen = (await http.get(location, headers=town)).json()
    assert seen["units"] == [TOWNS[1]]
    states = (await http.get(f"{location}/states", headers=town)).json()["items"]
    assert [one["unit"] for one in states] == [TOWNS[1]]
    stranger = bearer("controller", units=(ELSEWHERE,))
    hidden = await http.get(location, headers=stranger)
    assert (hidden.status_code, hidden.json()["type"]) == (404, "/problems/unknown-collection-round")
    assert all(location[-36:] != one["id"] for one in (await http.get(ROUNDS, headers=stranger)).json()["items"])


async def test_what_is_not_in_force_in_a_month_is_not_asked_for(http: httpx.AsyncClient) -> None:
    location = (await opened(http, variables=["elb_stock", "own_ended"])).headers["location"]
    told = (await http.get(f"{location}/states", headers=HOLDER)).json()["items"]
    assert [(one["wanted"], one["missing"]) for one in told[:2]] == [
        (1, []),
        (1, [{"variable": "elb_stock", "month": "2013-03"}]),
    ]


async def test_a_change_needs_the_version_that_was_read(http: httpx.AsyncClient) -> None:
    location = (await opened(http)).headers["location"]
    changed = {**ROUND, "due_on": "2013-05-02", "units": list(TOWNS[:2])}
    unnamed = await http.put(location, json=changed, headers=HOLDER)
    first = await http.put(location, json=changed, headers={**HOLDER, "If-Match": '"1"'})
    second = await http.put(location, json=ROUND, headers={**HOLDER, "If-Match": '"1"'})
    assert [unnamed.status_code, first.status_code, second.status_code] == [428, 200, 412]
    kept = (await http.get(location, headers=HOLDER)).json()
    assert (kept["version"], kept["due_on"], kept["units"]) == (2, "2013-05-02", list(TOWNS[:2]))
    fresh = await http.get(location, headers={**HOLDER, "If-None-Match": '"2"'})
    assert fresh.status_code == 304


async def test_a_town_does_not_change_a_round_over_others(http: httpx.AsyncClient) -> None:
    location = (await opened(http)).headers["location"]
    town = bearer("controller", units=(TOWNS[1],))
    own = {**ROUND, "units": [TOWNS[1]]}
    refused = await http.put(location, json=own, headers={**town, "If-Match": '"1"'})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
    stranger = bearer("controller", units=(ELSEWHERE,))
    hidden = await http.put(location, json={**ROUND, "units": [ELSEWHERE]}, headers={**stranger, "If-Match": '"1"'})
    assert (hidden.status_code, hidden.json()["type"]) == (404, "/problems/unknown-collection-round")


@pytest.mark.parametrize(
    ("change", "status", "problem"),
    [
        ({"units": ["99999"]}, 404, "unknown-unit"),
        ({"variables": ["no_such"]}, 404, "unknown-variable"),
        ({"due_on": "2013-03-31"}, 422, "due-within-quarter"),
        ({"quarter": "2013-Q5"}, 422, "bad-input"),
        ({"units": []}, 422, "bad-input"),
        ({"variables": ["own_ended"]}, 422, "nothing-to-collect"),
    ],
)
async def test_a_round_that_makes_no_sense_is_refused(
    http: httpx.AsyncClient, change: dict[str, Any], status: int, problem: str
) -> None:
    answer = await opened(http, **change)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")


async def test_rounds_are_listed_by_quarter_page_by_page(http: httpx.AsyncClient) -> None:
    ids = [(await opened(http, quarter="2012-Q4")).json()["id"] for _ in range(3)]
    first = (await http.get(ROUNDS, params={"quarter": "2012-Q4", "limit": 2}, headers=HOLDER)).json()
    asked = {"quarter": "2012-Q4", "limit": 2, "cursor": first["next"]}
    rest = (await http.get(ROUNDS, params=asked, headers=HOLDER)).json()
    assert [one["id"] for one in (*first["items"], *rest["items"])] == ids
    assert rest["next"] is None
    assert (await http.get(ROUNDS, params={"quarter": "1999-Q1"}, headers=HOLDER)).json()["items"] == []
