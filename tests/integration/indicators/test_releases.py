"""Named states of the data: published once, compared with one another, by HTTP."""

import asyncio
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from support.apps import Stack
from support.standing_scene import CONTROLLER, JOBCENTER, LEAD, OPERATOR, OTHER, SUPERVISOR, TOWN, deliver, items


async def publish(http: httpx.AsyncClient, code: str, month: str, kind: str = "final", **more: Any) -> httpx.Response:
    sent = {"code": code, "title": f"Datenstand {code}", "kind": kind, "from_month": month, "until_month": month}
    return await http.post("/v1/releases", json={**sent, **more}, headers=OPERATOR)


async def test_a_release_is_published_once_and_stays_as_it_is(http: httpx.AsyncClient) -> None:
    made = await publish(http, "2012-01-endgültig", "2012-01")
    assert (made.status_code, made.json()["kind"], made.json()["replaced_by"]) == (201, "final", None)
    assert made.json()["as_of"] == made.json()["published_at"]
    again = await publish(http, "2012-01-endgültig", "2012-01", "provisional")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/release-exists")
    read = await http.get(made.headers["location"], headers=LEAD)
    assert (read.json(), read.headers["etag"]) == (made.json(), '"1"')
    seen = await http.get(made.headers["location"], headers={**LEAD, "If-None-Match": '"1"'})
    assert seen.status_code == 304


async def test_a_final_month_gets_a_new_vintage_by_name_and_reason_only(http: httpx.AsyncClient) -> None:
    await publish(http, "2012-02-1", "2012-02")
    silent = await publish(http, "2012-02-2", "2012-02")
    assert (silent.status_code, silent.json()["type"]) == (409, "/problems/vintage-not-named")
    assert "2012-02-1" in silent.json()["detail"]
    unreasoned = await publish(http, "2012-02-2", "2012-02", replaces=["2012-02-1"])
    assert (unreasoned.status_code, unreasoned.json()["type"]) == (422, "/problems/vintage-without-reason")
    made = await publish(http, "2012-02-2", "2012-02", replaces=["2012-02-1"], reason="Doppelzählung in Erkrath")
    assert made.status_code == 201
    before = await http.get("/v1/releases/2012-02-1", headers=LEAD)
    assert (before.json()["replaced_by"], before.headers["etag"]) == ("2012-02-2", '"2"')
    twice = await publish(http, "2012-02-3", "2012-02", replaces=["2012-02-1"], reason="noch einmal")
    assert twice.json()["type"] == "/problems/vintage-not-named"
    nothing = await publish(http, "2012-02-3", "2012-02", replaces=["nirgends"], reason="noch einmal")
    assert (nothing.status_code, nothing.json()["type"]) == (404, "/problems/unknown-release")


async def test_final_releases_of_a_month_at_once_are_one(http: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(publish(http, f"gleichzeitig-{n}", "2012-03") for n in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]


async def test_a_release_waits_for_deliveries_under_way(stack: Stack, http: httpx.AsyncClient) -> None:
    async with stack.indicators.state.database.writing() as connection:
        await connection.execute(sa.text("LOCK TABLE deliveries IN ROW EXCLUSIVE MODE"))  # as whoever delivers does
        published = asyncio.create_task(publish(http, "wartet", "2012-05"))
        done, _ = await asyncio.wait({published}, timeout=0.5)
        assert done == set()
    assert (await published).status_code == 201


@pytest.mark.parametrize(
    ("month", "kind", "more", "status", "problem"),
    [
        ("2012-04", "final", {"as_of": "2012-07-31T12:00:00Z"}, 409, "final-too-early"),
        ("2012-04", "final", {"as_of": "9999-12-31T23:59:59Z"}, 422, "instant-ahead"),
        ("2999-01", "provisional", {}, 422, "months-ahead"),
        ("2012-04", "final", {"until_month": "2012-03"}, 422, "period-backward"),
        ("2012-04", "final", {"title": ""}, 422, "bad-input"),
    ],
)
async def test_a_release_that_makes_no_sense_is_refused(
    http: httpx.AsyncClient, month: str, kind: str, more: dict[str, str], status: int, problem: str
) -> None:
    answer = await publish(http, "unfug", month, kind, **more)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")


async def test_a_month_is_final_on_the_first_day_after_its_waiting_time(http: httpx.AsyncClient) -> None:
    made = await publish(http, "april", "2012-04", as_of="2012-07-31T22:00:00Z")
    assert made.status_code == 201


async def test_what_changed_between_two_releases_is_told_value_by_value(http: httpx.AsyncClient) -> None:
    for month, value in (("2013-01", "10"), ("2013-02", "20"), ("2013-03", "30")):
        await deliver(http, month, value)
    await deliver(http, "2013-01", "5", unit=OTHER)
    quarter = {"until_month": "2013-03"}
    await publish(http, "erster", "2013-01", "provisional", **quarter)
    await deliver(http, "2013-01", "11")
    await deliver(http, "2013-02", "21")
    await deliver(http, "2013-02", "20.0")
    await deliver(http, "2013-03", "3", variable="elb_stock")
    await deliver(http, "2013-01", "6", unit=OTHER)
    await deliver(http, "2013-04", "99")
    await publish(http, "zweiter", "2013-01", "provisional", **quarter)
    await deliver(http, "2013-01", "12")
    path = "/v1/releases/zweiter/changes"
    found = await items(http, path, SUPERVISOR, since="erster")
    assert [(f["unit"], f["month"], f["variable"], f["old"], f["new"]) for f in found] == [
        (TOWN, "2013-01", "ltr_stock", "10", "11"),
        (TOWN, "2013-03", "elb_stock", None, "3"),
        (OTHER, "2013-01", "ltr_stock", "5", "6"),
    ]
    assert await items(http, path, SUPERVISOR, since="erster", unit=JOBCENTER) == found
    own = await items(http, path, CONTROLLER, since="erster", unit=TOWN, variable="ltr_stock")
    assert [(f["month"], f["new"]) for f in own] == [("2013-01", "11")]
    assert len(await items(http, path, CONTROLLER, since="erster")) == 2
    backward = await http.get("/v1/releases/erster/changes?since=zweiter", headers=LEAD)
    assert (backward.status_code, backward.json()["type"]) == (422, "/problems/releases-backward")
    foreign = await http.get(f"{path}?since=erster&unit={OTHER}", headers=LEAD)
    assert (foreign.status_code, foreign.json()["type"]) == (404, "/problems/unknown-unit")
    for cursor in ("x", "WyJhIiwgImIiLCAiYyJd"):
        broken = await http.get(f"{path}?since=erster&cursor={cursor}", headers=LEAD)
        assert (broken.status_code, broken.json()["type"]) == (422, "/problems/bad-cursor")


async def test_releases_are_listed_in_the_order_they_were_published(http: httpx.AsyncClient) -> None:
    codes = [release["code"] for release in await items(http, "/v1/releases", LEAD)]
    assert codes[:3] == ["2012-01-endgültig", "2012-02-1", "2012-02-2"]
    assert codes[-2:] == ["erster", "zweiter"]
