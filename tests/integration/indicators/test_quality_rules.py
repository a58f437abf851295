"""Quality rules as data by HTTP: changed by version, tried on the history before they hold."""

import asyncio
from typing import Any

import httpx
import pytest
from support.asking import RULE
from support.doubting import done
from support.tokens import bearer

TOWN, OTHER, DISTRICT = "05158004", "05158008", "05158"
OPERATOR, AUDITOR = bearer("operator"), bearer("auditor")
JUMP = {**RULE, "variables": ["ltr_stock"]}


async def put(http: httpx.AsyncClient, code: str, sent: dict[str, Any], version: int | None = None) -> httpx.Response:
    held = {"If-Match": f'"{version}"'} if version else {}
    return await http.put(f"/v1/quality-rules/{code}", json=sent, headers={**OPERATOR, **held})


async def tried(http: httpx.AsyncClient, rule: dict[str, Any], query: str = "", **more: Any) -> httpx.Response:
    sent = {"rule": rule, "units": [TOWN, OTHER], "from_month": "2014-01", "until_month": "2014-12", **more}
    return await http.post(
        f"/v1/quality-rules/trial{query}", json=sent, headers=bearer("supervisor", units=(DISTRICT,))
    )


async def delivered(http: httpx.AsyncClient, unit: str, *values: int) -> str:
    lines = [f"{unit},ltr_stock,2014-{number:02},{value}" for number, value in enumerate(values, 1)]
    headers = {**bearer("uploader", units=(unit,), subject=unit), "Content-Type": "text/csv"}
    content = "\n".join(["unit,variable,month,value", *lines, ""])
    return str((await http.post("/v1/deliveries", content=content, headers=headers)).headers["location"])


async def test_rules_of_every_kind_come_with_the_service(http: httpx.AsyncClient) -> None:
    found = (await http.get("/v1/quality-rules", headers=AUDITOR)).json()["items"]
    assert {rule["kind"] for rule in found} == {
        "bounds",
        "jump",
        "outlier",
        "sum_of_parts",
        "parts_at_most_whole",
        "ratio_bounds",
    }
    assert {(rule["severity"], rule["active"], rule["version"]) for rule in found} == {("soft", True, 1)}
    one = (await http.get("/v1/quality-rules/integrations_per_elb", headers=AUDITOR)).json()
    assert one["parameters"] == {
        "kind": "ratio_bounds",
        "numerator": "integrations",
        "denominator": "elb_stock",
        "low": None,
        "high": "0.5",
    }


async def test_a_change_is_a_new_version_of_what_was_seen(http: httpx.AsyncClient) -> None:
    assert (await put(http, "own", JUMP)).json()["version"] == 1
    changed = {**JUMP, "label": "Sprung über Nacht", "active": False}
    assert (await put(http, "own", changed)).status_code == 428
    assert (await put(http, "own", changed, version=7)).status_code == 412
    second = await put(http, "own", changed, version=1)
    assert (second.json()["version"], second.headers["etag"]) == (2, '"2"')
    assert (await put(http, "own", changed, version=2)).json()["version"] == 2
    versions = (await http.get("/v1/quality-rules/own/versions", headers=AUDITOR)).json()["items"]
    assert [(rule["version"], rule["active"]) for rule in versions] == [(1, True), (2, False)]
    log = (await http.get("/v1/audit", params={"limit": 1000}, headers=AUDITOR)).json()["items"]
    actions = [entry["action"] for entry in log if entry["resource"] == "quality-rule:own"]
    assert actions == ["quality_rule.added", "quality_rule.changed"]


async def test_two_that_change_a_rule_at_once_do_not_overwrite_each_other(http: httpx.AsyncClient) -> None:
    await put(http, "raced", JUMP)
    changes = [{**JUMP, "label": label} for label in ("eins", "zwei", "drei")]
    answers = await asyncio.gather(*(put(http, "raced", change, version=1) for change in changes))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"kind": "bounds"}, "rule-without-limit"),
        ({"kind": "bounds", "low": "2", "high": "1"}, "bounds-crossed"),
        ({"kind": "jump", "absolute": "-1", "percent": "0"}, "number-out-of-range"),
        ({"kind": "parts_at_most_whole", "complete": ["x"], "absolute": "0", "percent": "0"}, "unknown-dimension"),
        ({"kind": "ratio_bounds", "numerator": "a", "denominator": "b", "low": "0"}, "ratio-names-its-variables"),
        ({"kind": "guess"}, "bad-input"),
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused(
    http: httpx.AsyncClient, parameters: dict[str, Any], problem: str
) -> None:
    refused = await put(http, "senseless", {**JUMP, "parameters": parameters})
    assert (refused.status_code, refused.json()["type"]) == (422, f"/problems/{problem}")


async def test_a_variable_that_nobody_knows_is_refused_with_its_place(http: httpx.AsyncClient) -> None:
    refused = (await put(http, "unknown", {**JUMP, "variables": ["größe_x", "elb_stock"]})).json()
    assert refused["status"] == 422
    refused = (await put(http, "unknown", {**JUMP, "variables": ["nobody", "elb_stock"]})).json()
    assert (refused["type"], refused["errors"][0]["pointer"]) == ("/problems/rule-beside-catalogue", "/variables")
    assert "nobody" in refused["detail"]
    assert (await http.get("/v1/quality-rules/unknown", headers=AUDITOR)).status_code == 404


async def test_a_rule_is_tried_on_the_history_and_nothing_is_kept(http: httpx.AsyncClient) -> None:
    for unit, values in ((TOWN, (100, 200, 300)), (OTHER, (100, 101, 300))):
        await done(http, await delivered(http, unit, *values))
    kept = (await http.get("/v1/soft-findings", headers=AUDITOR)).json()
    page = (await tried(http, JUMP, "?limit=2")).json()
    assert page["found"] == 3
    assert [(d["unit"], d["month"]) for d in page["items"]] == [(TOWN, "2014-02"), (TOWN, "2014-03")]
    rest = (await tried(http, JUMP, f"?limit=2&cursor={page['next']}")).json()
    assert (rest["found"], [d["unit"] for d in rest["items"]], rest["next"]) == (3, [OTHER], None)
    mild = {**JUMP, "parameters": {"kind": "jump", "absolute": "150", "percent": "0"}}
    assert [d["unit"] for d in (await tried(http, mild)).json()["items"]] == [OTHER]
    assert (await http.get("/v1/soft-findings", headers=AUDITOR)).json() == kept


async def test_a_trial_stays_within_reach_and_within_bounds(http: httpx.AsyncClient) -> None:
    stranger = {"rule": JUMP, "units": [TOWN], "from_month": "2014-01", "until_month": "2014-02"}
    refused = await http.post("/v1/quality-rules/trial", json=stranger, headers=bearer("controller", units=(OTHER,)))
    assert (refused.status_code, refused.json()["type"]) == (404, "/problems/unknown-unit")
    assert (await tried(http, JUMP, until_month="2019-01")).json()["type"] == "/problems/span-too-long"
    assert (await tried(http, JUMP, until_month="2013-01")).json()["type"] == "/problems/span-too-long"
    assert (await tried(http, JUMP, from_month="2030-01", until_month="2030-02")).json() == {
        "items": [],
        "found": 0,
        "cut_off": False,
        "next": None,
    }
