"""Units over time by HTTP: the registers of three years, lines of succession, tables in and out."""

import csv
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from demonstration.units import REGISTERS, register, successions, table
from support.agreeing_online import kind
from support.apps import Stack
from support.tokens import bearer

OPERATOR, READER = bearer("operator"), bearer("reader", units=("09810",))
CSV = {"Content-Type": "text/csv"}
KINDS = {"kind": ["jobcenter_joint", "jobcenter_municipal"]}


async def registered(http: httpx.AsyncClient, day: str, content: str | None = None) -> httpx.Response:
    query = {"as_of": day, **KINDS}
    sent = content or table(register(day))
    return await http.post("/v1/units/registers", params=query, content=sent, headers=OPERATOR | CSV)


@pytest.fixture
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with stack.client("agreements") as client:
        for day in REGISTERS:
            assert (await registered(client, day)).status_code == 200
        sent = await client.post("/v1/unit-relations/table", content=successions(), headers=OPERATOR | CSV)
        assert sent.status_code == 200, sent.text
        yield client


async def test_three_registers_are_three_states_of_one_tree(http: httpx.AsyncClient) -> None:
    counts = [
        len((await http.get("/v1/units", params={"on": day, "limit": 1000, **KINDS}, headers=READER)).json()["items"])
        for day in ("2021-01-01", "2022-12-31", "2023-01-01", "2026-01-01")
    ]
    assert counts == [406, 406, 405, 404]
    old = await http.get("/v1/units/tree", params={"on": "2022-01-01"}, headers=READER)
    named = {unit["code"]: unit["name"] for unit in old.json()["units"]}
    assert named["03002"] == "Jobcenter Vorpommern-Greifswald Nord"
    now = (await http.get("/v1/units/03002", params={"on": "2026-01-01"}, headers=READER)).json()
    assert now["name"] == "Jobcenter Vorpommern-Greifswald"
    assert now["earlier"] == [
        {"name": "Jobcenter Vorpommern-Greifswald Nord", "kind": "jobcenter_joint", "until": "2026-01-01"}
    ]


async def test_the_same_register_again_changes_nothing(http: httpx.AsyncClient) -> None:
    told = (await registered(http, "2023-01-01")).json()
    assert told == {"begun": [], "renamed": [], "ended": [], "unchanged": 405, "unexplained": []}


@pytest.mark.parametrize(
    ("code", "passages"),
    [
        ("25114", [("22102", "25114", "renumbered")]),
        ("03002", [("03006", "03002", "merged")]),
        ("09818", [("09818", "09810", "merged")]),
        ("43106", [("43102", "43106", "split")]),
    ],
)
async def test_a_line_of_succession_can_be_read_from_both_ends(
    http: httpx.AsyncClient, code: str, passages: list[tuple[str, str, str]]
) -> None:
    steps = (await http.get(f"/v1/units/{code}/lineage", headers=READER)).json()["steps"]
    assert [(s["before"]["code"], s["after"]["code"], s["passage"]) for s in steps] == passages


async def test_a_jobcenter_that_changes_to_municipal_keeps_number_and_history(http: httpx.AsyncClient) -> None:
    sent = {"since": "2026-07-01", "kind": "jobcenter_municipal"}
    assert (await http.post("/v1/units/36402/designations", json=sent, headers=OPERATOR)).status_code == 200

    async def joint(day: str) -> bool:
        query: dict[str, Any] = {"on": day, "kind": "jobcenter_joint", "limit": 1000}
        items = (await http.get("/v1/units", params=query, headers=READER)).json()["items"]
        return "36402" in {unit["code"] for unit in items}

    assert [await joint(day) for day in ("2026-06-30", "2026-07-01")] == [True, False]
    other = {"since": "2026-01-01", "name": "Jobcenter Mettmann"}
    refused = await http.post("/v1/units/36402/designations", json=other, headers=OPERATOR)
    assert (refused.status_code, kind(refused)) == (422, "change-out-of-order")


async def test_what_is_still_to_come_is_told_apart_and_survives_the_present_name(http: httpx.AsyncClient) -> None:
    sent = {"since": "2999-01-01", "name": "Jobcenter von morgen"}
    told = (await http.post("/v1/units/37340/designations", json=sent, headers=OPERATOR)).json()
    assert (told["name"], told["earlier"]) == ("Jobcenter Lippe", [])
    repeated = {"code": "37340", "name": "Jobcenter Lippe", "kind": told["kind"], "valid_from": "2026-01-01"}
    again = await http.post("/v1/units", json={"units": [repeated], "relations": []}, headers=OPERATOR)
    assert again.json()["unchanged"] == 1
    now = (await http.get("/v1/units/37340", headers=READER)).json()
    assert now["upcoming"] == [{"name": "Jobcenter von morgen", "kind": told["kind"], "since": "2999-01-01"}]
    then = await http.get("/v1/units", params={"on": "2999-01-01", "limit": 1000}, headers=READER)
    named = {unit["code"]: unit["name"] for unit in then.json()["items"]}
    assert named["37340"] == "Jobcenter von morgen"


@pytest.mark.parametrize(
    ("path", "target"), [("/v1/units", "/v1/units/table"), ("/v1/unit-relations", "/v1/unit-relations/table")]
)
async def test_an_exported_table_can_be_loaded_again(http: httpx.AsyncClient, path: str, target: str) -> None:
    exported = await http.get(path, headers=READER | {"Accept": "text/csv"})
    assert exported.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(exported.text.splitlines()))
    told = (await http.post(target, content=exported.content, headers=OPERATOR | CSV)).json()
    assert told == {"created": 0, "changed": 0, "unchanged": len(rows)}


async def test_relations_come_in_pages(http: httpx.AsyncClient) -> None:
    seen: list[dict[str, Any]] = []
    query: dict[str, Any] = {"kind": "succeeds", "limit": 4}
    while True:
        told = (await http.get("/v1/unit-relations", params=query, headers=READER)).json()
        seen += told["items"]
        if told["next"] is None:
            break
        query["cursor"] = told["next"]
    assert [(one["source"], one["target"]) for one in seen] == sorted((one["source"], one["target"]) for one in seen)
    assert len(seen) == len(successions().splitlines()) - 1


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("code,name,kind\n1,Eins,city\n2,Zwei,castle\n", "/rows/3/kind"),
        ("code,name,kind,valid_from\n1,Eins,city,morgen\n", "/rows/2/valid_from"),
        ("code,name,kind\n1,,city\n", "/rows/2/name"),
    ],
)
async def test_a_wrong_row_is_told_with_its_number_and_column(
    http: httpx.AsyncClient, content: str, place: str
) -> None:
    answer = await http.post("/v1/units/table", content=content, headers=OPERATOR | CSV)
    assert answer.status_code == 422
    assert place in answer.text
    assert (await http.get("/v1/units/1", headers=READER)).status_code == 404


@pytest.mark.parametrize("content", ["", "code,name\n1,Eins\n", "code,name,kind,colour\n1,Eins,city,rot\n"])
async def test_a_table_without_the_right_columns_is_refused(http: httpx.AsyncClient, content: str) -> None:
    answer = await http.post("/v1/units/table", content=content, headers=OPERATOR | CSV)
    assert answer.status_code == 422


async def test_a_relation_to_a_unit_nobody_knows_is_refused(http: httpx.AsyncClient) -> None:
    content = "kind,source,target\nsucceeds,03002,nowhere\n"
    answer = await http.post("/v1/unit-relations/table", content=content, headers=OPERATOR | CSV)
    assert answer.status_code == 422
    assert "nowhere" in answer.text


@pytest.mark.parametrize(
    "way", [{"params": {"format": "excel-de"}}, {"headers": {"Accept": "text/csv; profile=excel-de"}}]
)
async def test_a_german_spreadsheet_opens_the_table_and_gives_it_back(
    http: httpx.AsyncClient, way: dict[str, dict[str, str]]
) -> None:
    headers = READER | way.get("headers", {})
    told = await http.get("/v1/units", params=way.get("params", {}), headers=headers)
    assert told.headers["content-type"] == "text/csv; charset=utf-8; profile=excel-de"
    assert told.content.startswith(b"\xef\xbb\xbfcode;name;kind")
    assert "Jobcenter Köln" in told.content.decode("utf-8-sig")
    again = await http.post("/v1/units/table", content=told.content, headers=OPERATOR | CSV)
    assert (again.json()["created"], again.json()["changed"]) == (0, 0)
