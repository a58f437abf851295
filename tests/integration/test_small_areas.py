"""The small-area statistics of a real city load as they were published, blanked cells included."""

import json
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import pytest
from support.apps import Stack
from support.tokens import bearer
from support.units import tree

FOLDER = Path(__file__).parents[1] / "data" / "flensburg"
FLENSBURG: dict[str, Any] = json.loads(
    (files("demonstration") / "data" / "flensburg_small_areas.json").read_text("utf-8")
)
CITY = "01001"
SENDER = bearer("uploader", units=(CITY,), subject="statistik-flensburg")


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    sent = tree()
    sent["units"] = [*sent["units"], *FLENSBURG["units"]]
    sent["relations"] = [*sent["relations"], *FLENSBURG["relations"]]
    async with stack.client("agreements") as agreements, stack.client("indicators") as client:
        loaded = await agreements.post("/v1/units", json=sent, headers=bearer("operator"))
        assert loaded.status_code == 200, loaded.text
        yield client


async def translated(http: httpx.AsyncClient, name: str) -> Any:
    body = {"mapping": FLENSBURG["mappings"][name], "content": (FOLDER / f"{name}.csv").read_text("utf-8")}
    answer = await http.post("/v1/small-areas/translations", json=body, headers={**SENDER, "Accept-Language": "de"})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def delivered(http: httpx.AsyncClient, content: str) -> Any:
    headers = {**SENDER, "Content-Type": "text/csv"}
    return (await http.post("/v1/deliveries", content=content.encode(), headers=headers)).json()


@pytest.mark.parametrize(
    ("name", "rows", "figures", "withheld"),
    [
        ("flensburg_beneficiaries_age_15_to_under_65_by_district", 28, 28, 0),
        ("flensburg_beneficiaries_by_district", 65, 65, 0),
        ("flensburg_beneficiaries_characteristics_by_district", 28, 56, 0),
        ("flensburg_housing_assistance_cases_by_district", 26, 100, 82),
        ("flensburg_inactive_beneficiaries_households_by_district", 65, 65, 0),
        ("flensburg_residents_age_18_to_under_65_by_district", 104, 104, 0),
        ("flensburg_risk_homelessness_by_district", 78, 66, 12),
        ("flensburg_unemployed_residents_by_district", 78, 78, 0),
        ("flensburg_unemployed_residents_categorized_by_district", 28, 28, 0),
    ],
)
async def test_a_published_file_becomes_a_delivery_without_a_rejected_row(
    http: httpx.AsyncClient, name: str, rows: int, figures: int, withheld: int
) -> None:
    told = await translated(http, name)
    assert (told["rows"], told["figures"], told["withheld"], told["found"]) == (rows, figures, withheld, withheld)
    assert {finding["code"] for finding in told["findings"]} <= {"withheld"}
    outcome = await delivered(http, told["file"])
    assert (outcome["status"], outcome["counts"]["accepted"], outcome["counts"]["rejected"]) == ("accepted", figures, 0)


async def test_every_file_has_a_mapping_or_the_reason_why_not() -> None:
    names = {path.stem for path in FOLDER.glob("*.csv")}
    assert names - set(FLENSBURG["mappings"]) == {"flensburg_debt_counseling_residents"}
    assert "flensburg_debt_counseling_residents.csv" in FLENSBURG["note"]


async def test_a_blanked_cell_is_withheld_and_never_zero(http: httpx.AsyncClient) -> None:
    told = await translated(http, "flensburg_housing_assistance_cases_by_district")
    finding = told["findings"][0]
    assert (finding["row"], finding["column"], finding["value"]) == (2, "notices_of_rent_arrears", "")
    assert "statistische Geheimhaltung" in finding["detail"]
    assert ",0\n" not in told["file"]
    await delivered(http, told["file"])
    asked = {"unit": "01001-01", "variable": ["evictions", "rent_arrears_notices"], "from": "2021-01", "to": "2022-12"}
    items = (await http.get("/v1/observations", params=asked, headers=bearer("auditor"))).json()["items"]
    assert [(item["variable"], item["month"], item["value"]) for item in items] == [("evictions", "2021-12", "5")]


async def test_conditions_of_a_quarter_are_read_like_any_indicator_and_the_city_is_the_sum(
    http: httpx.AsyncClient,
) -> None:
    for name in ("flensburg_unemployed_residents_by_district", "flensburg_residents_age_18_to_under_65_by_district"):
        await delivered(http, (await translated(http, name))["file"])
    asked = {"indicator": "unemployed_share_of_residents", "from": "2022-12", "to": "2022-12"}
    quarter, city = [
        (await http.get("/v1/readings", params={**asked, "unit": unit}, headers=bearer("auditor"))).json()["items"][0]
        for unit in ("01001-01", CITY)
    ]
    assert (quarter["numerator"], quarter["denominator"], quarter["value"][:6]) == ("167", "3108", "5.3732")
    assert (city["value"], city["reason"]) == (None, "missing_input")
    assert [missing["unit"] for missing in city["missing"]] == ["01001-00"]


async def test_a_file_with_a_column_nobody_spoke_of_is_refused(http: httpx.AsyncClient) -> None:
    mapping = {**FLENSBURG["mappings"]["flensburg_beneficiaries_by_district"], "left_out": {}}
    content = (FOLDER / "flensburg_beneficiaries_by_district.csv").read_text("utf-8")
    refused = await http.post(
        "/v1/small-areas/translations", json={"mapping": mapping, "content": content}, headers=SENDER
    )
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/columns-unmapped")
    assert "district_name" in refused.json()["detail"]
