"""What was known then is told by the definitions known then: a later definition rewrites no release, by HTTP."""

import asyncio
from typing import Any

import httpx
import pytest
from support.apps import Stack
from support.standing_scene import OPERATOR, TOWN, deliver
from support.tokens import bearer

AUDITOR = bearer("auditor")
MONTH, POSTS, LATER, STEPS = "2014-02", "staff_posts", "own_posts", "own_steps"
DEFINED = {
    "indicator": POSTS,
    "version": 2,
    "valid_from": "2014-02-01",
    "label": "Stellen, doppelt gezählt",
    "label_en": "posts, counted twice",
    "formula": "2 × staff_posts",
    "measure": "FTE",
    "direction": "at_least",
    "places": 2,
    "default_view": "month",
    "source": "Probe",
    "checked_against": "Probe",
}
VARIABLE = {"label": "Schritte", "label_en": "steps", "measure": "cases", "kind": "flow", "dimensions": []}


@pytest.fixture(scope="module")
async def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    """Publish posts and steps, then define the posts anew, correct what the steps are, and publish once more."""
    await deliver(http, MONTH, "10", variable=POSTS)
    steps = await http.put(f"/v1/variables/{STEPS}", json=VARIABLE, headers=OPERATOR)
    await define(http, indicator=STEPS, version=1, formula=STEPS, measure="cases")
    for month, value in (("2014-01", "3"), (MONTH, "5")):
        await deliver(http, month, value, variable=STEPS)
    await publish(http, "vorher")
    await define(http)
    await define(http, indicator=LATER, version=1)
    corrected = {**OPERATOR, "If-Match": steps.headers["etag"]}
    as_stock = await http.put(f"/v1/variables/{STEPS}", json={**VARIABLE, "kind": "stock"}, headers=corrected)
    assert as_stock.status_code == 200, as_stock.text
    await publish(http, "nachher")
    return http


async def define(http: httpx.AsyncClient, **change: Any) -> None:
    made = await http.post("/v1/indicators", json={**DEFINED, **change}, headers=OPERATOR)
    assert made.status_code == 201, made.text


async def publish(http: httpx.AsyncClient, code: str) -> None:
    sent = {"code": code, "title": code, "kind": "provisional", "from_month": "2014-01", "until_month": MONTH}
    made = await http.post("/v1/releases", json=sent, headers=OPERATOR)
    assert made.status_code == 201, made.text


async def instant(http: httpx.AsyncClient, release: str) -> str:
    return str((await http.get(f"/v1/releases/{release}", headers=AUDITOR)).json()["as_of"])


async def reading(http: httpx.AsyncClient, indicator: str = POSTS, **more: str) -> httpx.Response:
    asked = {"unit": TOWN, "indicator": indicator, "from": MONTH, "to": MONTH, "view": "month", **more}
    return await http.get("/v1/readings", params=asked, headers=AUDITOR)


async def told(http: httpx.AsyncClient, indicator: str = POSTS, **more: str) -> tuple[str, str]:
    (item,) = (await reading(http, indicator, **more)).json()["items"]
    return item["value"], item["definition"]


async def test_a_later_definition_changes_the_figures_of_today_and_those_of_no_release_before_it(
    http: httpx.AsyncClient,
) -> None:
    assert await told(http) == await told(http, release="nachher") == ("20", "staff_posts/2")
    assert await told(http, release="vorher") == ("10", "staff_posts/1")
    assert await told(http, as_of=await instant(http, "vorher")) == ("10", "staff_posts/1")


async def test_a_figure_of_a_release_is_explained_by_the_definition_known_then(http: httpx.AsyncClient) -> None:
    path = f"/v1/readings/{TOWN}/{POSTS}/{MONTH}/why"
    for release, name, formula in (("vorher", "staff_posts/1", POSTS), ("nachher", "staff_posts/2", "2 × staff_posts")):
        why = (await http.get(path, params={"view": "month", "release": release}, headers=AUDITOR)).json()
        assert (why["reading"]["definition"], why["formula"]) == (name, formula)


async def test_tables_tell_a_release_by_the_definition_known_then(http: httpx.AsyncClient) -> None:
    for form in ("csv", "sdmx-csv"):
        answer = await reading(http, release="vorher", format=form)
        assert "staff_posts/1" in answer.text
        assert "staff_posts/2" not in answer.text


async def test_vintages_are_all_told_by_the_definitions_of_today(http: httpx.AsyncClient) -> None:
    then = await instant(http, "vorher")
    assert await told(http, as_of=then, include_history="true") == ("20", "staff_posts/2")


async def test_what_a_variable_turns_out_to_be_changes_no_release_before(http: httpx.AsyncClient) -> None:
    assert (await told(http, STEPS, view="year_to_date", release="vorher"))[0] == "8"
    assert (await told(http, STEPS, view="year_to_date", release="nachher"))[0] == "4"


async def test_definitions_that_came_between_two_releases_are_named_beside_the_values(http: httpx.AsyncClient) -> None:
    path = "/v1/releases/nachher/changes"
    changed = (await http.get(path, params={"since": "vorher"}, headers=AUDITOR)).json()
    assert (changed["items"], changed["definitions"]) == ([], ["own_posts/1", "staff_posts/2"])


async def test_an_indicator_that_nobody_had_defined_then_is_not_told_then(http: httpx.AsyncClient) -> None:
    assert await told(http, LATER, release="nachher") == ("20", "own_posts/1")
    refused = await reading(http, LATER, release="vorher")
    assert (refused.status_code, refused.json()["type"]) == (404, "/problems/not-defined-then")
    assert LATER in refused.json()["detail"]


async def test_a_release_waits_for_definitions_under_way(stack: Stack, http: httpx.AsyncClient) -> None:
    async with stack.indicators.state.ports.begin() as work:
        await work.catalogue.lock()  # as whoever defines does
        published = asyncio.create_task(publish(http, "wartet"))
        done, _ = await asyncio.wait({published}, timeout=0.5)
        assert done == set()
    await published
