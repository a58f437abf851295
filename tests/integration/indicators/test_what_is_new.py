"""What is new since an instant: observations, and the figures they are inputs of."""

from typing import Any

import httpx
import pytest
from support.tokens import bearer
from support.units import all_units

JOBCENTER, FIRST, SECOND = "36402", "05158004", "05158008"
TOWNS = [unit["code"] for unit in all_units() if unit["kind"] == "city"]
AUDITOR = bearer("auditor")
Q = {"indicator": "K2", "from": "2014-01", "to": "2014-06"}


async def delivered(http: httpx.AsyncClient, lines: list[str], query: str = "") -> dict[str, Any]:
    sender = {**bearer("uploader", units=(JOBCENTER,)), "Content-Type": "text/csv"}
    sent = "\n".join(["unit,variable,month,value,sex", *lines, ""]).encode()
    answer = await http.post(f"/v1/deliveries{query}", content=sent, headers=sender)
    assert answer.status_code == 202, answer.text
    outcome: dict[str, Any] = answer.json()
    return outcome


@pytest.fixture(scope="module")
async def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    months = [f"2013-{number:02}" for number in (1, 2, 3, 4, 5, 6, 12)] + [
        f"2014-{number:02}" for number in range(1, 7)
    ]
    rows = [f"{town},elb_stock,{month},1000," for town in TOWNS for month in months]
    rows += [f"{town},integrations,{month},50," for town in TOWNS for month in months]
    assert (await delivered(http, rows))["counts"]["rejected"] == 0
    return http


async def asked(http: httpx.AsyncClient, **more: Any) -> list[dict[str, Any]]:
    answer = await http.get("/v1/readings", params={**Q, **more}, headers=AUDITOR)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_only_figures_with_new_inputs_are_told_and_what_lost_its_value_says_why(http: httpx.AsyncClient) -> None:
    wanted: dict[str, Any] = {"unit": [FIRST, SECOND, JOBCENTER], "indicator": ["K2", "K1E2"], "view": "month"}
    await delivered(http, [f"{FIRST},integrations,2011-01,5,"])
    known = {"unit": FIRST, "variable": "integrations", "from": "2011-01", "to": "2011-01"}
    (last,) = (await http.get("/v1/observations", params=known, headers=AUDITOR)).json()["items"]
    since = last["recorded_at"]
    assert await asked(http, updated_after=since, **wanted) == []
    await delivered(http, [f"{FIRST},integrations,2014-02,77,", f"{SECOND},integrations,2014-05,withdrawn,"])
    news = await asked(http, updated_after=since, **wanted)
    told = [(item["unit"], item["indicator"], item["month"], item["value"] is None, item["reason"]) for item in news]
    assert told == [
        (FIRST, "K2", "2014-02", False, None),
        (SECOND, "K2", "2014-05", True, "missing_input"),
        (JOBCENTER, "K2", "2014-02", False, None),
        (JOBCENTER, "K2", "2014-05", True, "missing_input"),
    ]
    assert await asked(http, updatedAfter=since, **wanted) == news
    assert [item for item in await asked(http, limit=1000, **wanted) if item in news] == news
    pages, cursor = list[Any](), dict[str, str]()
    for _ in news:
        params = {**Q, **wanted, **cursor, "updated_after": since, "limit": 1}
        page = (await http.get("/v1/readings", params=params, headers=AUDITOR)).json()
        pages += page["items"]
        cursor = {"cursor": page["next"] or ""}
    assert (pages, cursor) == (news, {"cursor": ""})
    params = {**Q, **wanted, "updated_after": since, "format": "sdmx-csv"}
    table = (await http.get("/v1/readings", params=params, headers=AUDITOR)).text.splitlines()[1:]
    assert [row.split(",")[2] for row in table] == ["I", "D", "I", "D"]


async def test_what_is_new_since_an_instant_shows_withdrawals_too(http: httpx.AsyncClient) -> None:
    month = "2012-08"
    await delivered(http, [f"{FIRST},integrations,{month},1,", f"{FIRST},integrations,{month},1,f"])
    await delivered(http, [f"{FIRST},integrations,{month},1,m"])
    params = {"unit": FIRST, "variable": "integrations", "from": month, "to": month}

    async def observed(**more: str) -> list[tuple[Any, ...]]:
        answer = await http.get("/v1/observations", params={**params, **more}, headers=AUDITOR)
        assert answer.status_code == 200, answer.text
        return [(o["dimensions"].get("sex"), o["value"], o["recorded_at"]) for o in answer.json()["items"]]

    since = max(moment for *_, moment in await observed())
    await delivered(http, [f"{FIRST},integrations,{month},2,", f"{FIRST},integrations,{month},withdrawn,f"])
    news = await observed(updated_after=since)
    assert [entry[:2] for entry in news] == [(None, "2"), ("f", None)]
    assert await observed(updatedAfter=since) == news
    assert [entry[:2] for entry in await observed(includeHistory="true")] == [
        (None, "1"),
        (None, "2"),
        ("f", "1"),
        ("f", None),
        ("m", "1"),
    ]
    path = "/v1/observations"
    contradictory = await http.get(path, params={**params, "updated_after": since, "as_of": since}, headers=AUDITOR)
    assert contradictory.json()["type"] == "/problems/contradictory"
    pages, cursor = list[Any](), dict[str, str]()
    for _ in range(5):
        told = (
            await http.get(path, params={**params, **cursor, "include_history": "true", "limit": 1}, headers=AUDITOR)
        ).json()
        pages += [(o["dimensions"].get("sex"), o["value"], o["recorded_at"]) for o in told["items"]]
        cursor = {"cursor": told["next"] or ""}
    assert pages == await observed(include_history="true")


async def test_what_is_new_and_what_contradicts_it_are_not_asked_for_together(http: httpx.AsyncClient) -> None:
    instant, later = "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"
    dry = (await delivered(http, [f"{FIRST},integrations,2012-03,2,"], "?dry_run=true"))["id"]
    for more in (
        {"updated_after": instant, "updatedAfter": later},
        {"updated_after": later, "as_of": instant},
        {"updated_after": later, "with_dry_run": dry},
    ):
        answer = await http.get("/v1/readings", params={**Q, "unit": FIRST, **more}, headers=AUDITOR)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/contradictory")
    assert await asked(http, unit=FIRST, updated_after=instant, as_of=later) == []
