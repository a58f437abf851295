"""Trying formulas and weighing changes by HTTP before they are made."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from domain.unit_payload import payload_of
from indicators.app import create_app
from support import databases
from support.agreeing_online import JOBCENTER, drafted
from support.apps import Stack, settings_of
from support.measuring import TWO_TOWNS
from support.tokens import bearer

TOWN = "05158004"
DEFINITION = {
    "indicator": "K2",
    "version": 7,
    "valid_from": "2014-02-01",
    "label": "Integrationsquote",
    "label_en": "integration rate",
    "formula": "integrations ÷ elb_stock",
    "measure": "percent",
    "direction": "at_least",
    "places": 1,
    "default_view": "month",
    "source": "Probe",
    "checked_against": "Probe",
}


@pytest.fixture(scope="module")
async def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    rows = "".join(
        f"{TOWN},{variable},{month},{value}\n"
        for month, stock, count in (("2013-12", 100, 0), ("2014-01", 110, 11), ("2014-02", 120, 12))
        for variable, value in (("elb_stock", stock), ("integrations", count))
    )
    sender = {**bearer("uploader", units=(TOWN,)), "Content-Type": "text/csv"}
    sent = await http.post("/v1/deliveries", content=f"unit,variable,month,value\n{rows}".encode(), headers=sender)
    assert sent.json()["status"] == "accepted"
    return http


async def posted(
    http: httpx.AsyncClient, path: str, body: dict[str, Any], role: str = "auditor", **headers: str
) -> Any:
    answer = await http.post(path, json=body, headers={**bearer(role), **headers})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_formula_that_makes_sense_is_told_with_its_unit_and_in_words(http: httpx.AsyncClient) -> None:
    told = await posted(http, "/v1/formulas/check", {"formula": "integrations/previous_month(elb_stock)"}, "reader")
    assert (told["ok"], told["problem"], told["formula"]) == (True, None, "integrations ÷ previous_month(elb_stock)")
    assert (told["unit"], told["kind"], told["measures"]) == ("a pure number", "rate", ["percent", "one"])
    assert told["variables"] == ["elb_stock", "integrations"]
    assert told["words_de"] == "Integrationen geteilt durch Erwerbsfähige Leistungsberechtigte des Vormonats"
    assert told["tree"]["right"] == {
        "function": "months_before",
        "months": 1,
        "of": {"variable": "elb_stock", "dimensions": {}},
    }


@pytest.mark.parametrize(
    ("formula", "problem", "column", "says"),
    [
        ("integrations ÷", "formula-unreadable", 15, "unerwartet"),
        ("integrations ÷ elb_stok", "variable-not-known", 16, "elb_stok"),
        ("sum12(elb_stock)", "stock-summed", 1, "nehmen Sie avg12"),
        ("integrations + benefits_living", "measures-differ", None, "nicht addieren"),
        ("integrations ÷ 0", "divides-by-nought", None, "teilt durch null"),
        ("", "formula-unreadable", 1, "unerwartet"),
    ],
)
async def test_a_formula_that_makes_no_sense_is_answered_with_problem_and_column(
    http: httpx.AsyncClient, formula: str, problem: str, column: int | None, says: str
) -> None:
    german = {"Accept-Language": "de"}
    told = await posted(http, "/v1/formulas/check", {"formula": formula}, **german)
    assert (told["ok"], told["formula"], told["tree"]) == (False, None, None)
    assert (told["problem"]["type"], told["problem"]["column"]) == (f"/problems/{problem}", column)
    assert says in told["problem"]["detail"]


async def test_a_formula_is_tried_over_sample_values_step_by_step(http: httpx.AsyncClient) -> None:
    values = [
        {"variable": "integrations", "dimensions": {"sex": "f"}, "month": "2014-11", "value": "12.5"},
        {"variable": "elb_stock", "month": "2014-10", "value": "50"},
    ]
    asked = {"formula": 'integrations[sex="f"] ÷ previous_month(elb_stock)', "month": "2014-11", "values": values}
    told = await posted(http, "/v1/formulas/evaluate", asked)
    assert (told["value"], told["numerator"], told["denominator"], told["reason"]) == ("0.25", "12.5", "50", None)
    assert [(step["expression"], step["month"], step["value"]) for step in told["steps"]] == [
        ('integrations[sex="f"]', "2014-11", "12.5"),
        ("elb_stock", "2014-10", "50"),
        ("previous_month(elb_stock)", "2014-11", "50"),
        ('integrations[sex="f"] ÷ previous_month(elb_stock)', "2014-11", "0.25"),
    ]
    viewed = await posted(http, "/v1/formulas/evaluate", {**asked, "view": "rolling_12"})
    assert (viewed["value"], viewed["reason"], viewed["missing_count"]) == (None, "missing_input", 22)
    assert viewed["formula"] == 'sum12(integrations[sex="f"]) ÷ avg12(previous_month(elb_stock))'
    assert viewed["step_count"] == len(viewed["steps"])


async def test_what_makes_no_sense_is_not_evaluated(http: httpx.AsyncClient) -> None:
    asked = {"formula": "sum12(elb_stock)", "month": "2014-11"}
    refused = await http.post("/v1/formulas/evaluate", json=asked, headers=bearer("auditor"))
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/stock-summed")


async def test_a_new_version_tells_which_readings_it_would_move_and_keeps_nothing(http: httpx.AsyncClient) -> None:
    asked = {"definition": DEFINITION, "units": [TOWN], "from_month": "2014-01", "to_month": "2014-02"}
    told = await posted(http, "/v1/indicators/impact", asked)
    assert (told["indicators"], told["broken"], told["compared"], told["changed_count"]) == (["K2"], [], 2, 1)
    (moved,) = told["changes"]
    assert (moved["month"], moved["old"], moved["old_reason"]) == ("2014-02", None, "missing_input")
    assert (moved["new"], moved["old_definition"], moved["new_definition"]) == ("10.0", "K2/1", "K2/7")
    assert (told["goals_known"], told["goals"], told["goal_count"]) == (True, [], 0)
    kept = (await http.get("/v1/indicators/K2", headers=bearer("auditor"))).json()["items"]
    assert [version["name"] for version in kept] == ["K2/1", "K2/1/ordinance"]


async def test_a_change_tells_the_goals_that_are_judged_by_its_indicators_within_reach(
    stack: Stack, http: httpx.AsyncClient
) -> None:
    async with stack.client("agreements") as agreements:
        agreement = await drafted(agreements)
    asked = {"definition": DEFINITION, "from_month": "2014-01", "to_month": "2014-02"}
    told = await posted(http, "/v1/indicators/impact", asked)
    (goal,) = told["goals"]
    assert (goal["agreement"], goal["goal"], goal["unit"]) == (agreement["id"], "integration", JOBCENTER)
    assert (goal["indicator"], goal["year"], goal["status"], told["goal_count"]) == ("K2", 2014, "draft", 1)
    assert (goal["agreement_title"], goal["kind"]) == (agreement["title"], "target")
    later = await posted(http, "/v1/indicators/impact", {**asked, "from_month": "2015-01", "to_month": "2015-02"})
    varied = await posted(http, "/v1/indicators/impact", {**asked, "definition": {**DEFINITION, "variant": "own"}})
    assert (later["goals"], varied["goals"]) == ([], [])
    stranger = await http.post("/v1/indicators/impact", json=asked, headers=bearer("controller", units=("05162",)))
    assert (stranger.status_code, stranger.json()["goals"]) == (200, [])


async def test_without_the_agreements_a_change_is_weighed_and_the_goals_are_told_unknown(
    template_of: Callable[[str], str],
) -> None:
    url = await databases.fresh(template_of("indicators"))
    app = create_app(settings_of("indicators", url, agreements_url="http://127.0.0.1:9"))
    async with app.state.ports.begin() as work:
        await work.units.keep(payload_of(TWO_TOWNS))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://indicators") as http:
        asked = {"definition": DEFINITION, "units": [TOWN], "from_month": "2014-01", "to_month": "2014-02"}
        told = await posted(http, "/v1/indicators/impact", asked)
    assert (told["compared"], told["goals_known"], told["goals"], told["goal_count"]) == (2, False, None, None)
    assert "does not answer" in told["note"]
    for line in (app.state.ports.line, app.state.ports.scrutiny):
        await line.stop(0)
    await app.state.database.close()
    await databases.drop(url)


async def test_a_changed_variable_tells_what_depends_on_it_and_what_it_would_break(http: httpx.AsyncClient) -> None:
    variable = {
        "code": "contacts",
        "label": "Kontakte",
        "label_en": "contacts",
        "measure": "contacts",
        "kind": "flow",
        "dimensions": [],
    }
    asked = {"variable": variable, "from_month": "2014-01", "to_month": "2014-02"}
    told = await posted(http, "/v1/indicators/impact", asked)
    assert told["indicators"] == [
        "contacts_per_person_year",
        "contacts_per_person_year_others",
        "contacts_per_person_year_single",
    ]
    assert [entry["name"] for entry in told["broken"]] == [
        "contacts_per_person_year_others/1",
        "contacts_per_person_year_single/1",
    ]
    assert "household_type" in told["broken"][0]["problem"]["detail"]


async def test_a_stock_told_as_a_flow_moves_what_is_averaged(http: httpx.AsyncClient) -> None:
    variable = {"code": "elb_stock", "label": "E", "label_en": "E", "measure": "persons", "kind": "flow"}
    dimensions = ["sex", "age_group", "lone_parent", "household_type"]
    asked = {
        "variable": {**variable, "dimensions": dimensions},
        "units": [TOWN],
        "from_month": "2014-01",
        "to_month": "2014-01",
    }
    told = await posted(http, "/v1/indicators/impact", asked)
    assert "K2" in told["indicators"]
    assert told["broken"] == []
    assert told["compared"] >= len(told["indicators"])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, "not-one-change"),
        ({"definition": {**DEFINITION, "formula": "sum12(elb_stock)"}}, "stock-summed"),
        ({"definition": DEFINITION, "units": ["99999"]}, "unknown-unit"),
        ({"definition": DEFINITION, "from_month": "2014-05"}, "span-too-long"),
    ],
)
async def test_a_change_that_cannot_be_weighed_is_refused_with_the_reason(
    http: httpx.AsyncClient, change: dict[str, Any], problem: str
) -> None:
    asked = {"from_month": "2014-01", "to_month": "2014-02", **change}
    refused = await http.post("/v1/indicators/impact", json=asked, headers=bearer("auditor"))
    assert refused.json()["type"] == f"/problems/{problem}"


async def test_a_variant_is_explained_beside_what_the_federal_statistics_compute(http: httpx.AsyncClient) -> None:
    for variant, name in (("", "K2/1"), ("?variant=ordinance", "K2/1/ordinance")):
        told = (await http.get(f"/v1/indicators/K2/explain{variant}", headers=bearer("reader"))).json()
        assert (told["name"], bool(told["note"])) == (name, True)
    unknown = await http.get("/v1/indicators/K2/explain?variant=own", headers=bearer("reader"))
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/unknown-variant")


async def test_a_variable_that_is_a_ratio_is_refused_with_the_remedy(http: httpx.AsyncClient) -> None:
    sent = {"label": "Quote", "label_en": "quota", "measure": "percent", "kind": "stock"}
    refused = await http.put("/v1/variables/own_quota", json=sent, headers=bearer("operator"))
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/ratio-delivered")
    assert "numerator" in refused.json()["detail"]
