"""What ships is read by HTTP from delivered figures: measures by code, indicators in the version of the month."""

from typing import Any

import httpx
from support.tokens import bearer

TOWN = "05158004"


async def delivered(http: httpx.AsyncClient, *rows: str, header: str = "unit,variable,month,value") -> Any:
    sender = {**bearer("uploader", units=(TOWN,)), "Content-Type": "text/csv"}
    content = "\n".join([header, *(f"{TOWN},{row}" for row in rows), ""])
    answer = await http.post("/v1/deliveries", content=content.encode(), headers=sender)
    return {**answer.json(), "location": answer.headers.get("location")}


async def reading(http: httpx.AsyncClient, indicator: str, month: str, **more: str) -> Any:
    asked = {"unit": TOWN, "indicator": indicator, "from": month, "to": month, **more}
    return (await http.get("/v1/readings", params=asked, headers=bearer("auditor"))).json()["items"][0]


async def test_a_measure_is_delivered_under_its_own_code_and_cost_per_integration_is_read(
    http: httpx.AsyncClient,
) -> None:
    done = await delivered(
        http,
        "measure_cost,2014-01,9000.00,",
        "measure_cost,2014-02,1000.50,",
        "measure_integrations,2014-01,3,",
        "measure_integrations,2014-02,1,",
        "measure_cost,2014-01,4000,AGH-2014.1",
        "measure_cost,2014-01,1,Maßnahme 7",
        "elb_stock,2014-01,1,AGH-2014.1",
        header="unit,variable,month,value,measure",
    )
    assert (done["counts"]["accepted"], done["counts"]["rejected"]) == (5, 2)
    found = (await http.get(f"{done['location']}/findings", headers=bearer("auditor"))).json()["items"]
    assert [(one["row"], one["column"], one["code"]) for one in found] == [
        (7, "measure", "unknown_dimension_value"),
        (8, "measure", "dimension_not_allowed"),
    ]
    told = await reading(http, "measure_cost_per_integration", "2014-02")
    assert (told["value"], told["unit_of_measure"]) == ("2500.125", "EUR_per_person")
    asked = {"unit": TOWN, "variable": "measure_cost", "from": "2014-01", "to": "2014-01"}
    kept = (await http.get("/v1/observations", params=asked, headers=bearer("auditor"))).json()["items"]
    assert [(one["dimensions"], one["value"]) for one in kept] == [
        ({}, "9000.00"),
        ({"measure": "AGH-2014.1"}, "4000"),
    ]


async def test_continuous_employment_is_read_in_the_version_of_the_month(http: httpx.AsyncClient) -> None:
    months = [f"{year}-{month:02}" for year in (2017, 2018) for month in range(1, 13)]
    await delivered(
        http,
        *(f"integrations_insured,{month},10" for month in months),
        *(f"integrations_sustained,{month},4" for month in months),
        *(f"integrations_continuous,{month},6" for month in months),
    )
    before, after = await reading(http, "K2E3", "2019-02"), await reading(http, "K2E3", "2019-03")
    assert (before["definition"], before["value"]) == ("K2E3/1", "40.0")
    assert (after["definition"], after["value"]) == ("K2E3/2", "60.0")


async def test_what_was_spent_is_a_share_of_what_is_there_for_the_year(http: httpx.AsyncClient) -> None:
    await delivered(
        http,
        "funds_spent,2014-01,1000,child_care",
        "funds_spent,2014-02,250,child_care",
        "appropriation,2014-02,5000,child_care",
        header="unit,variable,month,value,instrument",
    )
    told = await reading(http, "appropriation_spent_share_child_care", "2014-02")
    assert (told["value"], told["numerator"], told["denominator"]) == ("25.00", "1250", "5000")


async def test_care_ratios_are_told_for_the_young_and_for_all_others(http: httpx.AsyncClient) -> None:
    await delivered(
        http,
        "elb_stock,2014-05,1500,",
        "elb_stock,2014-05,300,under_25",
        "integration_staff,2014-05,12,",
        "integration_staff,2014-05,4,under_25",
        header="unit,variable,month,value,age_group",
    )
    young = await reading(http, "care_ratio_under_25", "2014-05")
    others = await reading(http, "care_ratio_25_and_over", "2014-05")
    assert (young["value"], others["value"], young["unit_of_measure"]) == ("75", "150", "persons_per_post")
