"""Variables keep what they were; nobody overwrites what they have not read."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from support.apps import Stack
from support.tokens import bearer

OPERATOR = bearer("operator", subject="katalogpflege")
SENT = {
    "label": "Größe",
    "label_en": "size",
    "measure": "cases",
    "kind": "flow",
    "dimensions": ["measure"],
}


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with stack.client("indicators") as client:
        yield client


async def put(http: httpx.AsyncClient, code: str, held: str | None = None, **change: Any) -> httpx.Response:
    headers = OPERATOR if held is None else {**OPERATOR, "If-Match": held}
    return await http.put(f"/v1/variables/{code}", json={**SENT, **change}, headers=headers)


async def versions(http: httpx.AsyncClient, code: str) -> list[dict[str, Any]]:
    answer = await http.get(f"/v1/variables/{code}/versions", headers=bearer("reader"))
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_what_ships_is_the_first_version(http: httpx.AsyncClient) -> None:
    (first,) = await versions(http, "measure_cost")
    assert (first["version"], first["by"], first["variable"]["dimensions"]) == (1, "catalogue", {"measure": []})


async def test_every_change_is_a_version_with_its_instant_and_author(http: httpx.AsyncClient) -> None:
    new = await put(http, "own_size")
    changed = await put(http, "own_size", new.headers["etag"], label="Umfang")
    again = await put(http, "own_size", changed.headers["etag"], label="Umfang")
    assert [answer.status_code for answer in (new, changed, again)] == [200, 200, 200]
    kept = await versions(http, "own_size")
    assert [(one["version"], one["by"], one["variable"]["label"]) for one in kept] == [
        (1, "katalogpflege", "Größe"),
        (2, "katalogpflege", "Umfang"),
    ]
    assert kept[0]["at"] < kept[1]["at"]


async def test_a_change_names_what_was_read(http: httpx.AsyncClient) -> None:
    first = await put(http, "own_other")
    unnamed = await put(http, "own_other", label="x")
    stale = await put(http, "own_other", '"abc"', label="x")
    seen = await http.get("/v1/variables/own_other", headers=OPERATOR)
    assert [unnamed.status_code, stale.status_code] == [428, 412]
    assert seen.headers["etag"] == first.headers["etag"]


async def test_of_changes_at_once_one_is_kept(http: httpx.AsyncClient) -> None:
    tag = (await put(http, "own_race")).headers["etag"]
    answers = await asyncio.gather(*(put(http, "own_race", tag, label=f"L{number}") for number in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    assert len(await versions(http, "own_race")) == 2


async def test_of_definitions_under_one_name_at_once_one_is_kept(http: httpx.AsyncClient) -> None:
    sent = {
        "indicator": "own_rate",
        "version": 1,
        "valid_from": "2014-01-01",
        "label": "Quote",
        "label_en": "rate",
        "formula": "integrations ÷ elb_stock",
        "measure": "percent",
        "places": 1,
        "default_view": "month",
        "source": "Probe",
        "checked_against": "Probe",
    }
    posts = [http.post("/v1/indicators", json=sent, headers=OPERATOR) for _ in range(4)]
    posts.append(http.post("/v1/indicators", json={**sent, "variant": "ordinance"}, headers=OPERATOR))
    answers = await asyncio.gather(*posts)
    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409, 409]


async def test_a_variable_that_is_not_there_has_no_versions(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/variables/no_such/versions", headers=OPERATOR)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-variable")
