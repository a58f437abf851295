"""Official figures held against ours: every difference with its likely cause, by HTTP."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from support.apps import Stack
from support.standing_scene import CSV, JOBCENTER, OPERATOR, OTHER, STRANGER, TOWN, deliver, items
from support.tokens import bearer
from support.units import tree

OLD, NEW = "98001", "98002"
UNITS = [
    {"code": OLD, "name": "Jobcenter Alt", "kind": "jobcenter_joint", "valid_until": "2012-07-01"},
    {"code": NEW, "name": "Jobcenter Neu", "kind": "jobcenter_municipal", "valid_from": "2012-01-01"},
]
SUCCESSION = {"kind": "succeeds", "source": NEW, "target": OLD, "valid_from": "2012-07-01"}
STOCK, HEADER = "long_term_recipients_stock", "unit;indicator;month;value;view"
RATE = {
    "indicator": "rate",
    "valid_from": "2010-01-01",
    "label": "Quote",
    "label_en": "rate",
    "measure": "percent",
    "places": 1,
    "default_view": "month",
    "source": "Test",
    "checked_against": "Test",
}
CONTROLLER = bearer("controller", units=(TOWN, NEW), subject="controlling")


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    sent = tree()
    whole = {"units": [*sent["units"], *UNITS], "relations": [*sent["relations"], SUCCESSION]}
    async with stack.client("agreements") as agreements, stack.client("indicators") as client:
        assert (await agreements.post("/v1/units", json=whole, headers=bearer("operator"))).status_code == 200
        for version, formula in ((1, "integrations ÷ elb_stock"), (2, "integrations ÷ previous_month(elb_stock)")):
            defined = {**RATE, "version": version, "formula": formula}
            assert (await client.post("/v1/indicators", json=defined, headers=OPERATOR)).status_code == 201
        yield client


async def reconcile(
    http: httpx.AsyncClient, *lines: str, headers: dict[str, str] = CONTROLLER, media_type: str = "text/csv"
) -> httpx.Response:
    content = "\n".join([HEADER, *lines, ""]).encode()
    return await http.post("/v1/reconciliations", content=content, headers={**headers, "Content-Type": media_type})


async def differences(http: httpx.AsyncClient, run: httpx.Response, **asked: Any) -> list[dict[str, Any]]:
    assert run.status_code == 202, run.text
    return await items(http, f"{run.headers['location']}/differences", CONTROLLER, **asked)


async def test_every_difference_has_its_likely_cause(http: httpx.AsyncClient) -> None:
    for month, *values in (
        ("2012-01", "100"),
        ("2012-02", "100", "90"),
        ("2012-03", "4821"),
        ("2012-04", "7"),
        ("2012-05", "70"),
    ):
        for value in values:
            await deliver(http, month, value)
    run = await reconcile(
        http,
        f"{TOWN};{STOCK};2012-01;100,0;Monat",
        f"{TOWN};{STOCK};2012-02;100;Monat",
        f"{TOWN};{STOCK};2012-03;4.820;Monat",
        f"{TOWN};{STOCK};2012-04;-;Monat",
        f"{TOWN};{STOCK};2012-05;12;Monat",
        f"{TOWN};{STOCK};2012-06;5;Monat",
        f"{TOWN};{STOCK};2012-07;x;Monat",
    )
    told = run.json()
    assert (told["read"], told["rejected"], told["equal"], told["unpublished"], told["differing"]) == (7, 0, 1, 1, 5)
    found = await differences(http, run)
    assert [(f["row"], f["month"], f["official"], f["ours"], f["cause"]) for f in found] == [
        (3, "2012-02", "100", "90", "equal_as_of"),
        (4, "2012-03", "4820", "4821", "rounding"),
        (5, "2012-04", None, "7", "missing_there"),
        (6, "2012-05", "12", "70", "unknown"),
        (7, "2012-06", "5", None, "missing_here"),
    ]
    assert (found[0]["difference"], found[0]["relative"]) == ("-10", "-10.0000")
    assert found[0]["explained_by"]["as_of"] is not None
    assert [f["month"] for f in await differences(http, run, cause=["unknown", "rounding"])] == ["2012-03", "2012-05"]
    assert {cause: count for cause, count in told["causes"].items() if not count} == {"variant": 0, "boundary": 0}


async def test_another_version_or_view_of_the_definition_is_named(http: httpx.AsyncClient) -> None:
    for month, stock in (("2012-01", "200"), ("2012-02", "250")):
        await deliver(http, month, stock, variable="elb_stock")
    await deliver(http, "2012-02", "50", variable="integrations")
    run = await reconcile(http, f"{TOWN};rate;2012-02;20,0;", f"{TOWN};{STOCK};2012-02;95,0;Monat")
    by_indicator = {f["indicator"]: f for f in await differences(http, run)}
    assert {code: f["cause"] for code, f in by_indicator.items()} == {"rate": "variant", STOCK: "variant"}
    assert by_indicator["rate"]["explained_by"]["definition"] == "rate/1"
    assert by_indicator[STOCK]["explained_by"]["view"] == "year_to_date"


async def test_a_boundary_with_the_predecessor_is_named(http: httpx.AsyncClient) -> None:
    for unit, value in ((OLD, "40"), (NEW, "60")):
        await deliver(http, "2012-06", value, unit=unit)
    run = await reconcile(http, f"{NEW};{STOCK};2012-06;100;Monat")
    (found,) = await differences(http, run)
    assert (found["cause"], found["ours"]) == ("boundary", "60")
    assert found["explained_by"]["plus"] == [NEW, OLD]


async def test_a_boundary_without_a_part_is_named(http: httpx.AsyncClient) -> None:
    await deliver(http, "2013-06", "100", unit=JOBCENTER)
    await deliver(http, "2013-06", "30", unit=OTHER)
    run = await reconcile(http, f"{JOBCENTER};{STOCK};2013-06;70;Monat", headers=OPERATOR)
    (found,) = await items(http, f"{run.headers['location']}/differences", OPERATOR)
    assert (found["cause"], found["explained_by"]["plus"], found["explained_by"]["minus"]) == (
        "boundary",
        [JOBCENTER],
        [OTHER],
    )


async def test_what_a_table_leaves_out_of_its_own_units_and_months_is_missing_there(http: httpx.AsyncClient) -> None:
    await deliver(http, "2013-01", "1")
    await deliver(http, "2013-02", "2")
    await deliver(http, "2013-02", "3", unit=NEW)
    run = await reconcile(http, f"{TOWN};{STOCK};2013-01;1;Monat", f"{NEW};{STOCK};2013-02;3;Monat")
    (found,) = await differences(http, run)
    assert (found["row"], found["unit"], found["month"], found["cause"]) == (None, TOWN, "2013-02", "missing_there")


async def test_rows_that_cannot_be_compared_are_named_by_place_and_remedy(http: httpx.AsyncClient) -> None:
    run = await reconcile(
        http,
        f"nirgends;{STOCK};2013-03;1;Monat",
        f"{OTHER};{STOCK};2013-03;1;Monat",
        f"{TOWN};K99;2013-03;1;Monat",
        f"{TOWN};{STOCK};Lenz;1;Monat",
        f"{TOWN};{STOCK};0013-03;1;Monat",
        f"{TOWN};{STOCK};2013-03;viele;Monat",
        f"{TOWN};{STOCK};2013-03;1;quer",
        f"{TOWN};{STOCK};2013-03;1;Monat",
        f"{TOWN};{STOCK};03/2013;1;month",
    )
    german = {**CONTROLLER, "Accept-Language": "de"}
    found = await items(http, f"{run.headers['location']}/findings", german)
    assert [(f["row"], f["column"], f["code"]) for f in found] == [
        (2, "unit", "unknown_unit"),
        (3, "unit", "not_your_unit"),
        (4, "indicator", "unknown_indicator"),
        (5, "month", "bad_month"),
        (6, "month", "bad_month"),
        (7, "value", "not_a_decimal"),
        (8, "view", "unknown_view"),
        (10, "unit", "duplicate_row"),
    ]
    assert "Bereich" in found[1]["detail"]
    for part in ("findings", "differences"):
        beyond = await http.get(f"{run.headers['location']}/{part}?cursor={'9' * 18}", headers=CONTROLLER)
        assert (beyond.status_code, beyond.json()["items"]) == (200, [])
    assert (run.json()["read"], run.json()["rejected"]) == (9, 8)


async def test_a_row_may_name_the_version_it_is_made_by(http: httpx.AsyncClient) -> None:
    content = f"unit,indicator,month,value,variant\n{TOWN},rate,2012-02,20.0,1\n{TOWN},rate,2012-02,1,9\n"
    run = await http.post("/v1/reconciliations", content=content.encode(), headers={**CONTROLLER, **CSV})
    assert (run.json()["equal"], run.json()["rejected"]) == (1, 1)


async def test_the_same_table_over_the_same_data_is_one_run_until_the_data_change(http: httpx.AsyncClient) -> None:
    row = f"{TOWN};{STOCK};2012-01;33;Monat"
    first, *others = await asyncio.gather(*(reconcile(http, row) for _ in range(3)))
    assert len({answer.json()["id"] for answer in (first, *others)}) == 1
    assert sorted(answer.status_code for answer in (first, *others)) == [200, 200, 202]
    await deliver(http, "2013-04", "1")
    assert (await reconcile(http, row)).status_code == 202


async def test_a_run_is_seen_by_whoever_reaches_a_unit_of_it(http: httpx.AsyncClient) -> None:
    await deliver(http, "2013-05", "1", unit=OTHER)
    lines = [f"{unit};{STOCK};2013-05;9;Monat" for unit in (TOWN, OTHER)]
    whole = await reconcile(http, *lines, headers=OPERATOR)
    path = f"{whole.headers['location']}/differences"
    assert len(await items(http, path, OPERATOR)) == 2
    assert [f["unit"] for f in await items(http, path, STRANGER)] == [OTHER]
    own = await reconcile(http, f"{TOWN};{STOCK};2013-05;8;Monat")
    assert (await http.get(own.headers["location"], headers=STRANGER)).status_code == 404
    assert (await http.get(f"{own.headers['location']}/differences", headers=STRANGER)).status_code == 404
    seen = [run["id"] for run in await items(http, "/v1/reconciliations", STRANGER)]
    assert (whole.json()["id"] in seen, own.json()["id"] in seen) == (True, False)


async def test_a_table_is_compared_by_sex_too(http: httpx.AsyncClient) -> None:
    content = f"unit,variable,month,value,sex\n{TOWN},ltr_stock,2013-07,9,\n{TOWN},ltr_stock,2013-07,4,f\n"
    sender = bearer("uploader", units=(TOWN,), subject="nach-geschlecht")
    assert (await http.post("/v1/deliveries", content=content.encode(), headers={**sender, **CSV})).is_success
    told = [("9", "insgesamt"), ("5", "Frauen"), ("5", "Männer"), ("1", "divers")]
    rows = [f"{TOWN};{STOCK};2013-07;Monat;{value};{sex}" for value, sex in told]
    whole = ["Einheit;Kennzahl;Monat;Sicht;Wert;Geschlecht", *rows, f"{TOWN};staff_posts;2013-07;Monat;1;w"]
    table = "\n".join(whole).encode()
    run = await http.post("/v1/reconciliations", content=table, headers={**CONTROLLER, **CSV})
    assert (run.json()["equal"], run.json()["differing"], run.json()["ignored_columns"]) == (1, 2, []), run.text
    found = await differences(http, run)
    assert [(f["dimensions"], f["official"], f["ours"]) for f in found] == [
        ({"sex": "f"}, "5", "4"),
        ({"sex": "m"}, "5", None),
    ]
    refused = await items(http, f"{run.headers['location']}/findings", CONTROLLER)
    assert [(f["row"], f["column"], f["code"]) for f in refused] == [
        (5, "sex", "unknown_sex"),
        (6, "sex", "not_by_sex"),
    ]


async def test_what_is_no_table_is_refused_at_once_and_nothing_is_kept(http: httpx.AsyncClient) -> None:
    before = await items(http, "/v1/reconciliations", CONTROLLER)
    nothing = await reconcile(http, media_type="application/pdf")
    assert nothing.status_code == 415
    for content, problem in ((b"a,b\n", "header-not-found"), (b"", "file-empty"), (HEADER.encode(), "file-empty")):
        at_once = {**CONTROLLER, **CSV, "Prefer": "wait=0"}
        answer = await http.post("/v1/reconciliations", content=content, headers=at_once)
        assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")
    assert await items(http, "/v1/reconciliations", CONTROLLER) == before


async def test_a_table_that_asks_for_too_much_with_what_it_leaves_out_has_failed(http: httpx.AsyncClient) -> None:
    units = [unit["code"] for unit in tree()["units"]]
    months = [f"{year}-{month:02}" for year in range(2000, 2110) for month in range(1, 13)]
    sparse = [f"{units[number % len(units)]};{STOCK};{month};1;" for number, month in enumerate(months)]
    answer = await reconcile(http, *sparse, headers=OPERATOR)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/too-much-to-compare"), answer.text
    assert "500000" in answer.json()["detail"]
    failed = (await items(http, "/v1/reconciliations", OPERATOR))[0]
    assert (failed["status"], failed["problem"]["type"]) == ("failed", "/problems/too-much-to-compare")
    assert await items(http, f"/v1/reconciliations/{failed['id']}/differences", OPERATOR) == []
    again = await reconcile(http, *sparse, headers=OPERATOR)
    assert again.status_code == 422
