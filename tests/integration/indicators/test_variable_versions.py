"""Variables keep what they were; nobody overwrites what they have not read."""

import asyncio
from typing import Any

import httpx
from support.tokens import bearer

OPERATOR = bearer("operator", subject="katalogpflege")
SENT = {
    "label": "Größe",
    "label_en": "size",
    "measure": "cases",
    "kind": "flow",
    "dimensions": ["measure"],
}


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


async def test_what_was_there_before_validity_holds_without_limit(http: httpx.AsyncClient) -> None:
    listed = (await http.get("/v1/variables", headers=OPERATOR, params={"limit": 1000})).json()["items"]
    shipped = [one for one in listed if not one["code"].startswith("own_")]
    assert {(one["valid_from"], one["valid_until"]) for one in shipped} == {(None, None)}


async def test_a_delivery_is_judged_by_the_version_of_each_month(http: httpx.AsyncClient) -> None:
    first = await put(http, "own_dated", high="10", dimensions=[])
    later = {"valid_from": "2014-07-01", "valid_until": "2014-10-01", "dimensions": []}
    assert (await put(http, "own_dated", first.headers["etag"], high="20", **later)).status_code == 200
    months = {"2014-06": 15, "2014-07": 15, "2014-09": 5, "2014-10": 5}
    rows = "".join(f"05158004,own_dated,{month},{value}\n" for month, value in months.items())
    sender = {**bearer("uploader", units=("05158004",)), "Content-Type": "text/csv", "Accept-Language": "de"}
    sent = await http.post("/v1/deliveries", content=f"unit,variable,month,value\n{rows}".encode(), headers=sender)
    assert (sent.json()["status"], sent.json()["counts"]["rejected"]) == ("partially_accepted", 2)
    found = (await http.get(f"/v1/deliveries/{sent.json()['id']}/findings", headers=sender)).json()["items"]
    assert [(one["row"], one["column"], one["code"], one["value"]) for one in found] == [
        (2, "value", "out_of_bounds", "15"),
        (5, "variable", "variable_not_valid", "own_dated"),
    ]
    assert "für diesen Monat nicht geliefert" in found[1]["detail"]
    for month, there in (("2014-06", True), ("2014-10", False)):
        asked = {"month": month, "unit": "05158004"}
        blank = await http.get("/v1/deliveries/template", params=asked, headers={**sender, "Accept": "text/csv"})
        assert ("own_dated" in blank.text) is there, blank.text[:300]


async def test_a_dimension_can_end_and_formulas_over_the_months_before_still_make_sense(
    http: httpx.AsyncClient,
) -> None:
    seen = await http.get("/v1/variables/contacts", headers=OPERATOR)
    contacts = {name: seen.json()[name] for name in ("label", "label_en", "kind")}
    body = {**contacts, "measure": "contacts", "dimensions": []}
    refused = await put(http, "contacts", seen.headers["etag"], **body)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/variable-not-known")
    ended = await put(http, "contacts", seen.headers["etag"], **body, valid_from="2027-01-01")
    assert ended.status_code == 200, ended.text
    other = await put(http, "contacts", ended.headers["etag"], **{**body, "kind": "stock"}, valid_from="2028-01-01")
    assert (other.status_code, other.json()["type"]) == (422, "/problems/versions-disagree")


async def test_a_variable_that_is_not_there_has_no_versions(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/variables/no_such/versions", headers=OPERATOR)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-variable")
