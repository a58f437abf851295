"""A unit beside its nearest neighbours: each by its rank in a figure's month, and the ratio of their sums."""

import csv
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import httpx
import pytest
from chassis.event import Event
from indicators.usecases.following import take_news
from support.apps import Stack
from support.succession import (
    AFTER,
    AUDITOR,
    BEFORE,
    OPERATOR,
    TURN,
    Q,
    asked,
    figures_told,
    refused,
    succession_beside,
)
from support.tokens import bearer

OWN, NEAR, FAR, ALONE = "jc-own", "jc-near", "jc-far", "jc-alone"
UNITS = succession_beside(OWN, NEAR, FAR, ALONE)
RANKED = [
    {"unit": OWN, "rank": 1, "neighbour": NEAR},
    {"unit": OWN, "rank": 2, "neighbour": BEFORE, "valid_until": TURN},
    {"unit": OWN, "rank": 2, "neighbour": AFTER, "valid_from": TURN},
    {"unit": OWN, "rank": 3, "neighbour": FAR, "valid_from": TURN},
    {"unit": FAR, "rank": 1, "neighbour": OWN},
]
STOCKS = {OWN: 2000, NEAR: 1000, BEFORE: 300, AFTER: 360, FAR: 5000, ALONE: 700}
SUM = f"neighbours:{OWN}"
Items = dict[str, dict[str, Any]]


async def ranked(http: httpx.AsyncClient, neighbours: list[dict[str, Any]]) -> None:
    answer = await http.post("/v1/nearest-neighbours", json={"nearest_neighbours": neighbours}, headers=OPERATOR)
    assert answer.status_code == 200, answer.text


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with stack.client("agreements") as agreements, stack.client("indicators") as client:
        assert (await agreements.post("/v1/units", json=UNITS, headers=OPERATOR)).status_code == 200
        await ranked(agreements, RANKED)
        await figures_told(client, STOCKS)
        yield client


def figure(item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in ("value", "numerator", "denominator", "state", "reason", "deliveries")}


async def test_each_neighbour_is_told_by_its_rank_in_the_month_with_its_own_figure(http: httpx.AsyncClient) -> None:
    found = await asked(http, neighbours_of=OWN)
    own = await asked(http, unit=[NEAR, BEFORE, FAR])
    told = {(item["month"], item["rank"]): item["neighbour"] for item in found.values() if item["rank"]}
    assert [told[month, rank] for month in ("2014-03", "2014-04") for rank in (1, 2, 3)] == [
        *(NEAR, BEFORE, None),
        *(NEAR, AFTER, FAR),
    ]
    for rank, neighbour, month in ((1, NEAR, "2014-03"), (2, BEFORE, "2014-03"), (3, FAR, "2014-06")):
        assert figure(found[f"{SUM}#0{rank} {month}"]) == figure(own[f"{neighbour} {month}"])
    assert (found[f"{SUM}#03 2014-03"]["value"], found[f"{SUM}#03 2014-03"]["reason"]) == (None, "no_data")


async def test_together_they_are_the_ratio_of_the_sums_in_the_month(http: httpx.AsyncClient) -> None:
    found = await asked(http, unit=OWN, neighbours_of=OWN)
    for month, ranks in (("2014-03", (1, 2)), ("2014-05", (1, 2, 3))):
        together, alone = found[f"{SUM} {month}"], [found[f"{SUM}#0{rank} {month}"] for rank in ranks]
        assert Decimal(together["numerator"]) == sum(Decimal(item["numerator"]) for item in alone)
        assert Decimal(together["denominator"]) == sum(Decimal(item["denominator"]) for item in alone)
        ratio = Decimal(together["numerator"]) / Decimal(together["denominator"]) * 100
        assert Decimal(together["value"]) == round(ratio, 10)
        assert (together["neighbour"], together["rank"]) == (None, None)
        assert (found[f"{OWN} {month}"]["neighbour"], found[f"{OWN} {month}"]["rank"]) == (None, None)


async def test_a_neighbour_that_succeeds_another_goes_on_with_its_months(http: httpx.AsyncClient) -> None:
    change: dict[str, Any] = {"indicator": "K1E2", "from": "2014-05"}
    second = (await asked(http, neighbours_of=OWN, neighbours=2, **change))[f"{SUM}#02 2014-05"]
    assert (second["numerator"], second["denominator"]) == (str(STOCKS[AFTER] + 16), str(STOCKS[BEFORE] + 4))


async def test_the_nearest_alone_can_be_asked_for(http: httpx.AsyncClient) -> None:
    found = await asked(http, neighbours_of=OWN, neighbours=1, to="2014-01")
    assert [*found] == [f"{SUM} 2014-01", f"{SUM}#01 2014-01"]
    assert figure(found[f"{SUM} 2014-01"]) == figure(found[f"{SUM}#01 2014-01"])
    assert await refused(http, unit=OWN, neighbours=5) == (422, "neighbours-of-nobody")
    assert await refused(http, neighbours_of=OWN, neighbours=100) == (422, "bad-input")


async def test_neighbours_and_their_sum_have_a_past_that_ends_in_what_they_are_now(http: httpx.AsyncClient) -> None:
    now, past = await asked(http, neighbours_of=OWN), await asked(http, neighbours_of=OWN, include_history="true")
    assert {key for key, item in now.items() if item["reason"] == "no_data"} == now.keys() - past.keys()
    assert {key: {**item, "recorded_at": None, "changed_by": []} for key, item in past.items()} == {
        key: now[key] for key in past
    }
    query = {**Q, "indicator": "K2", "neighbours_of": OWN, "include_history": "true", "format": "csv"}
    rows = list(csv.DictReader((await http.get("/v1/readings", params=query, headers=AUDITOR)).text.splitlines()))
    last = {f"{row['unit']} {row['month']}": row for row in rows}
    assert {key: (row["value"], row["neighbour"], row["rank"]) for key, row in last.items()} == {
        key: tuple(str(item[name] or "") for name in ("value", "neighbour", "rank")) for key, item in past.items()
    }


async def test_several_units_and_a_page_at_a_time_tell_the_same(http: httpx.AsyncClient) -> None:
    wanted: dict[str, Any] = {"neighbours_of": [OWN, FAR], "view": ["month", "rolling_12"]}
    answer = await http.get("/v1/readings", params={**Q, "indicator": "K2", **wanted, "limit": 1000}, headers=AUDITOR)
    whole, seen, query = answer.json()["items"], list[Any](), dict[str, Any]()
    assert {item["neighbour"] for item in whole if item["unit"] == f"neighbours:{FAR}#01"} == {OWN}
    while True:
        params = {**Q, "indicator": "K2", **wanted, "limit": 7, **query}
        page = (await http.get("/v1/readings", params=params, headers=AUDITOR)).json()
        seen += page["items"]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert seen == whole


async def test_who_sees_a_unit_sees_its_neighbours_and_nothing_else_of_them(http: httpx.AsyncClient) -> None:
    own = bearer("controller", units=(OWN,))
    assert await asked(http, own, neighbours_of=OWN) == await asked(http, neighbours_of=OWN)
    assert await refused(http, own, neighbours_of=OWN, unit=NEAR) == (404, "unknown-unit")
    assert await refused(http, own, neighbours_of=OWN, set=f"x:{NEAR}") == (404, "unknown-unit")
    near = bearer("controller", units=(NEAR,))
    assert await refused(http, near, neighbours_of=OWN) == (404, "unknown-unit")
    assert await refused(http, near, neighbours_of="nowhere") == (404, "unknown-unit")
    before: dict[str, Any] = {"neighbours_of": OWN, "to": "2014-03"}
    assert FAR not in {item["neighbour"] for item in (await asked(http, own, **before)).values()}


async def test_a_unit_without_neighbours_in_these_months_is_told_so(http: httpx.AsyncClient) -> None:
    assert await refused(http, neighbours_of=ALONE) == (404, "no-nearest-neighbours")
    tried = "0199a3c2-7f4e-7b1a-9c55-3d2f8e6a1b40"
    assert await refused(http, neighbours_of=OWN, with_dry_run=tried) == (422, "contradictory")


async def test_marks_are_those_of_the_neighbour_in_the_month(http: httpx.AsyncClient) -> None:
    lead, controller = bearer("unit_lead", units=(NEAR,)), bearer("controller", units=(NEAR,))
    attested = await http.post("/v1/attestations", json={"unit": NEAR, "month": "2014-02"}, headers=lead)
    assert attested.status_code == 201, attested.text
    contested = {"unit": NEAR, "indicator": "K2", "view": "month", "month": "2014-02"}
    found = await asked(http, neighbours_of=OWN, neighbours=1, to="2014-02")
    told = {"contested": found[f"{SUM}#01 2014-02"]["value"], "held_right": "1", "reason": "x", "source": "y"}
    assert (await http.post("/v1/objections", json=contested | told, headers=controller)).status_code == 201
    wanted: dict[str, Any] = {"neighbours_of": OWN, "neighbours": 1, "to": "2014-02"}
    marks = {name: (item["attested"], item["objections"]) for name, item in (await asked(http, **wanted)).items()}
    assert marks == {
        f"{SUM} 2014-01": (False, 0),
        f"{SUM} 2014-02": (False, 0),
        f"{SUM}#01 2014-01": (False, 0),
        f"{SUM}#01 2014-02": (True, 1),
    }
    params = {**Q, "indicator": "K2", **wanted, "format": "csv"}
    rows = csv.DictReader((await http.get("/v1/readings", params=params, headers=AUDITOR)).text.splitlines())
    assert {
        f"{row['unit']} {row['month']}": (row["attested"] == "true", int(row["objections"])) for row in rows
    } == marks


@pytest.mark.parametrize("form", ["csv", "excel-de", "xlsx", "parquet", "sdmx-csv", "sdmx-json"])
async def test_every_form_of_table_takes_neighbours(http: httpx.AsyncClient, form: str) -> None:
    params = {**Q, "indicator": "K2", "neighbours_of": OWN, "format": form}
    answer = await http.get("/v1/readings", params=params, headers=AUDITOR)
    assert answer.status_code == 200, answer.text
    assert answer.content


async def test_a_table_tells_rank_and_neighbour_only_where_they_are_asked_for(http: httpx.AsyncClient) -> None:
    params = {**Q, "indicator": "K2", "unit": OWN, "to": "2014-01", "format": "csv"}
    plain = (await http.get("/v1/readings", params=params, headers=AUDITOR)).text.splitlines()
    beside = (
        await http.get("/v1/readings", params={**params, "neighbours_of": OWN}, headers=AUDITOR)
    ).text.splitlines()
    assert beside[0] == f"{plain[0]},neighbour,rank"
    assert [(line.split(",")[0], *line.split(",")[-2:]) for line in beside[1:]] == [
        (OWN, "", ""),
        (SUM, "", ""),
        (f"{SUM}#01", NEAR, "1"),
        (f"{SUM}#02", BEFORE, "2"),
    ]


async def test_a_new_ranking_is_read_as_soon_as_it_is_told(stack: Stack, http: httpx.AsyncClient) -> None:
    before = await asked(http, neighbours_of=OWN)
    async with stack.client("agreements") as agreements:
        await ranked(
            agreements, [{**RANKED[0], "valid_until": "2014-06-01"}, {**RANKED[0], "valid_from": "2014-06-01"}]
        )
        await ranked(agreements, [{**RANKED[3], "valid_until": "2014-06-01"}])
    told = Event(type="nearest_neighbours.changed", subject="nearest-neighbours", data={})
    await take_news(stack.indicators.state.ports, [told], "there")
    after = await asked(http, neighbours_of=OWN)
    assert after[f"{SUM}#03 2014-06"]["neighbour"] is None
    gone = (f"{SUM} 2014-06", f"{SUM}#03 2014-06")
    assert {**after, **dict.fromkeys(gone)} == {**before, **dict.fromkeys(gone)}
