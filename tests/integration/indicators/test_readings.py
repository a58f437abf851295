"""Readings by HTTP: over units, sets and groups, as known at an instant, as if a dry run were kept."""

from decimal import Decimal
from typing import Any

import httpx
import pytest
from support.tokens import bearer
from support.units import all_units

JOBCENTER, FIRST, SECOND = "36402", "05158004", "05158008"
TOWNS = [unit["code"] for unit in all_units() if unit["kind"] == "city"]
AUDITOR = bearer("auditor")
HEAD = "unit,variable,month,value,sex"
MONTHS = [f"2013-{number:02}" for number in range(1, 13)] + [f"2014-{number:02}" for number in range(1, 7)]


def rows() -> list[str]:
    """Tell stocks and integrations of all towns, of women too, each town with its own numbers."""
    told = []
    for number, town in enumerate(TOWNS, 1):
        for place, month in enumerate(MONTHS):
            told += [f"{town},elb_stock,{month},{1000 * number + place},"]
            told += [f"{town},integrations,{month},{10 * number + place % 7}.50,"]
            told += [f"{town},elb_stock,{month},{400 * number},f", f"{town},integrations,{month},{4 * number},f"]
    return told


async def delivered(
    http: httpx.AsyncClient, lines: list[str], query: str = "", unit: str = JOBCENTER
) -> dict[str, Any]:
    sender = {**bearer("uploader", units=(unit,), subject=f"sender-{unit}"), "Content-Type": "text/csv"}
    sent = "\n".join([HEAD, *lines, ""]).encode()
    answer = await http.post(f"/v1/deliveries{query}", content=sent, headers=sender)
    assert answer.status_code == 202, answer.text
    outcome: dict[str, Any] = answer.json()
    return outcome


@pytest.fixture(scope="module")
async def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    assert (await delivered(http, rows()))["counts"]["rejected"] == 0
    return http


Q = {"indicator": "K2", "from": "2014-01", "to": "2014-06"}


async def asked(http: httpx.AsyncClient, **more: Any) -> list[dict[str, Any]]:
    answer = await http.get("/v1/readings", params={**Q, **more}, headers=AUDITOR)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def refused(http: httpx.AsyncClient, path: str = "/v1/readings", **more: Any) -> tuple[int, str]:
    answer = await http.get(path, params={**Q, **more}, headers=AUDITOR)
    return answer.status_code, str(answer.json().get("type", "")).rsplit("/", 1)[-1]


@pytest.mark.parametrize("view", ["month", "rolling_12", "year_to_date", "change_previous_year"])
async def test_a_figure_in_the_list_is_the_figure_that_is_explained(http: httpx.AsyncClient, view: str) -> None:
    items = await asked(http, unit=[FIRST, JOBCENTER], indicator=["K2", "K1E2"], view=view)
    assert len(items) == 2 * 2 * 6
    for item in items:
        path = f"/v1/readings/{item['unit']}/{item['indicator']}/{item['month']}/why"
        why = (await http.get(path, params={"view": view}, headers=AUDITOR)).json()
        assert why["reading"] == item


async def test_pages_of_any_length_give_the_same_list(http: httpx.AsyncClient) -> None:
    wanted = {"unit": [*TOWNS, JOBCENTER], "indicator": ["K2", "K1E2"], "view": ["month", "rolling_12"]}
    whole = await asked(http, limit=1000, **wanted)
    assert len(whole) == 11 * 2 * 2 * 6
    for limit in (7, 24, 100):
        found: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        while True:
            answer = (
                await http.get("/v1/readings", params={**Q, **wanted, **cursor, "limit": limit}, headers=AUDITOR)
            ).json()
            found += answer["items"]
            if answer["next"] is None:
                break
            cursor = {"cursor": answer["next"]}
        assert found == whole


async def test_a_chosen_set_is_the_ratio_of_the_sums(http: httpx.AsyncClient) -> None:
    alone = await asked(http, unit=[FIRST, SECOND], view="rolling_12")
    (chosen,) = (
        item
        for item in await asked(http, set=f"nord:{FIRST},{SECOND}", view="rolling_12")
        if item["month"] == "2014-06"
    )
    parts = [item for item in alone if item["month"] == "2014-06"]
    assert chosen["unit"] == "set:nord"
    assert Decimal(chosen["numerator"]) == sum(Decimal(item["numerator"]) for item in parts)
    assert abs(Decimal(chosen["denominator"]) - sum(Decimal(item["denominator"]) for item in parts)) < Decimal("1e-8")
    assert sorted(chosen["deliveries"]) == sorted(parts[0]["deliveries"])


async def test_a_set_of_all_parts_reads_as_the_whole(http: httpx.AsyncClient) -> None:
    everybody = await asked(http, set=f"alle:{','.join(TOWNS)}")
    whole = await asked(http, unit=JOBCENTER)
    assert [{**item, "unit": JOBCENTER} for item in everybody] == whole


async def test_a_set_that_counts_twice_or_makes_no_sense_is_refused(http: httpx.AsyncClient) -> None:
    assert await refused(http, set=f"x:{JOBCENTER},{FIRST}") == (422, "set-overlaps")
    assert await refused(http, set="x") == (422, "set-unreadable")
    assert await refused(http, set=[f"x:{FIRST}", f"x:{SECOND}"]) == (422, "set-unreadable")
    assert await refused(http, set="x:nowhere") == (404, "unknown-unit")
    assert await refused(http) == (422, "nobody-asked")


async def test_nobody_reads_a_set_with_units_out_of_reach(http: httpx.AsyncClient) -> None:
    answer = await http.get(
        "/v1/readings", params={**Q, "set": f"x:{FIRST},{SECOND}"}, headers=bearer("controller", units=(FIRST,))
    )
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-unit")


async def test_figures_of_women_have_their_own_numerator_and_denominator(http: httpx.AsyncClient) -> None:
    (item,) = await asked(http, **{"unit": FIRST, "to": "2014-01", "view": "month", "dimension.sex": "f"})
    assert (item["numerator"], item["denominator"], item["value"]) == ("4", "400", "1.00")
    assert item["dimensions"] == {"sex": "f"}


async def test_a_variable_that_is_not_delivered_by_a_group_is_named(http: httpx.AsyncClient) -> None:
    assert await refused(http, **{"unit": FIRST, "dimension.instrument": "child_care"}) == (422, "not-split")
    assert (await refused(http, **{"unit": FIRST, "dimension.sex": "x"}))[0] == 422


async def test_a_dry_run_is_read_as_if_it_were_kept(http: httpx.AsyncClient) -> None:
    before = await asked(http, unit=[FIRST, JOBCENTER], view="month")
    dry = await delivered(http, [f"{FIRST},integrations,2014-03,999,"], "?dry_run=true")
    tried = await asked(http, unit=[FIRST, JOBCENTER], view="month", with_dry_run=dry["id"])
    changed = {(n["unit"], n["month"]) for n, o in zip(tried, before, strict=True) if n["value"] != o["value"]}
    assert changed == {(FIRST, "2014-03"), (JOBCENTER, "2014-03")}
    assert await asked(http, unit=[FIRST, JOBCENTER], view="month") == before
    path = f"/v1/readings/{JOBCENTER}/K2/2014-03/why"
    why = (await http.get(path, params={"view": "month", "with_dry_run": dry["id"]}, headers=AUDITOR)).json()
    assert why["reading"] in tried


async def test_only_a_dry_run_within_reach_is_read_and_not_at_an_instant(http: httpx.AsyncClient) -> None:
    kept = await delivered(http, [f"{FIRST},integrations,2012-03,1,"])
    dry = await delivered(http, [f"{FIRST},integrations,2012-03,2,"], "?dry_run=true")
    nobody = "0199a3c2-7f4e-7b1a-9c55-3d2f8e6a1b40"
    assert await refused(http, unit=FIRST, with_dry_run=kept["id"]) == (409, "not-tried")
    assert await refused(http, unit=FIRST, with_dry_run=nobody) == (404, "unknown-delivery")
    elsewhere = bearer("controller", units=(SECOND,))
    answer = await http.get("/v1/readings", params={**Q, "unit": SECOND, "with_dry_run": dry["id"]}, headers=elsewhere)
    assert answer.status_code == 404
    instant = "2020-01-01T00:00:00Z"
    assert await refused(http, unit=FIRST, with_dry_run=dry["id"], as_of=instant) == (422, "contradictory")


@pytest.mark.parametrize("name", ["as_of", "asOf"])
async def test_nothing_is_known_of_an_instant_ahead(http: httpx.AsyncClient, name: str) -> None:
    ahead = {name: "9999-12-31T23:59:59Z"}
    assert await refused(http, unit=FIRST, **ahead) == (422, "instant-ahead")
    asked_for = {"unit": FIRST, "variable": "integrations", "from": "2012-03", "to": "2012-03", **ahead}
    answer = await http.get("/v1/observations", params=asked_for, headers=bearer("auditor"))
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/instant-ahead")


async def test_both_names_of_a_point_in_time_say_the_same_or_are_refused(http: httpx.AsyncClient) -> None:
    instant, later = "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"
    (item, *_) = await asked(http, unit=FIRST, asOf=instant)
    assert (item["value"], item["reason"], item["missing_count"]) == (
        None,
        "no_data",
        24 if item["view"] != "month" else 2,
    )
    assert (await asked(http, unit=FIRST, asOf=instant, as_of=instant))[0] == item
    assert await refused(http, unit=FIRST, asOf=instant, as_of=later) == (422, "contradictory")


async def test_figures_that_did_not_change_are_not_sent_twice(http: httpx.AsyncClient) -> None:
    params = {**Q, "unit": SECOND, "view": "month"}
    for path in ("/v1/readings", f"/v1/readings/{SECOND}/K2/2014-06/why"):
        asked_for = params if path == "/v1/readings" else {"view": "month"}
        first = await http.get(path, params=asked_for, headers=AUDITOR)
        held = {**AUDITOR, "If-None-Match": first.headers["etag"]}
        again = await http.get(path, params=asked_for, headers=held)
        assert (again.status_code, again.content) == (304, b"")
    await delivered(http, [f"{SECOND},integrations,2014-06,3,"])
    assert (await http.get(path, params=asked_for, headers=held)).status_code == 200


async def test_behind_the_end_of_an_indicator_no_figure_is_told_and_the_reason_is(http: httpx.AsyncClient) -> None:
    definition = {
        "indicator": "own_ended",
        "version": 1,
        "valid_from": "2013-01-01",
        "valid_until": "2014-05-01",
        "label": "Quote",
        "label_en": "rate",
        "formula": "integrations ÷ elb_stock",
        "measure": "percent",
        "places": 1,
        "default_view": "month",
        "source": "Probe",
        "checked_against": "Probe",
    }
    assert (await http.post("/v1/indicators", json=definition, headers=bearer("operator"))).status_code == 201
    april, may = await asked(http, unit=FIRST, indicator="own_ended", **{"from": "2014-04", "to": "2014-05"})
    assert (april["value"] is None, april["reason"], may["value"], may["reason"]) == (False, None, None, "not_defined")
    assert (may["missing_count"], may["deliveries"], may["definition"]) == (0, [], "own_ended/1")
    why = (await http.get(f"/v1/readings/{FIRST}/own_ended/2014-05/why", headers=AUDITOR)).json()
    assert (why["reading"], why["inputs"], why["missing"]) == (may, [], [])
