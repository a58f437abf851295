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

FOLDER = Path(__file__).parents[2] / "data" / "flensburg"
FLENSBURG: dict[str, Any] = json.loads(
    (files("demonstration") / "data" / "flensburg_small_areas.json").read_text("utf-8")
)
CITY, QUARTER = "01001", "01001-01"
SENDER = bearer("uploader", units=(CITY,), subject="statistik-flensburg")
HOUSING = "flensburg-housing-assistance-cases-by-district"


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    sent = tree()
    sent["units"] = [*sent["units"], *FLENSBURG["units"]]
    sent["relations"] = [*sent["relations"], *FLENSBURG["relations"]]
    async with stack.client("agreements") as agreements, stack.client("indicators") as client:
        loaded = await agreements.post("/v1/units", json=sent, headers=bearer("operator"))
        assert loaded.status_code == 200, loaded.text
        for code, variable in FLENSBURG["variables"].items():
            kept = await client.put(f"/v1/variables/{code}", json=variable, headers=bearer("operator"))
            assert kept.status_code == 200, kept.text
        for code, profile in FLENSBURG["profiles"].items():
            kept = await client.put(f"/v1/profiles/{code}", json=profile, headers=bearer("operator"))
            assert (kept.status_code, kept.json().get("rejected")) == (200, 0), kept.text
        yield client


async def delivered(http: httpx.AsyncClient, profile: str, content: bytes | None = None, **query: str) -> Any:
    published = (FOLDER / f"{profile.replace('-', '_')}.csv").read_bytes()
    headers = {**SENDER, "Content-Type": "text/csv"}
    asked = {"profile": profile, **query}
    answer = await http.post("/v1/deliveries", params=asked, content=content or published, headers=headers)
    return answer.json()


async def findings_of(http: httpx.AsyncClient, delivery: Any) -> Any:
    german = {**SENDER, "Accept-Language": "de"}
    return (await http.get(f"/v1/deliveries/{delivery['id']}/findings", headers=german)).json()


@pytest.mark.parametrize(
    ("profile", "figures", "withheld"),
    [
        ("flensburg-beneficiaries-age-15-to-under-65-by-district", 28, 0),
        ("flensburg-beneficiaries-by-district", 65, 0),
        ("flensburg-beneficiaries-characteristics-by-district", 56, 0),
        ("flensburg-debt-counseling-residents", 13, 1),
        (HOUSING, 100, 82),
        ("flensburg-inactive-beneficiaries-households-by-district", 65, 0),
        ("flensburg-residents-age-18-to-under-65-by-district", 104, 0),
        ("flensburg-risk-homelessness-by-district", 66, 12),
        ("flensburg-unemployed-residents-by-district", 78, 0),
        ("flensburg-unemployed-residents-categorized-by-district", 28, 0),
    ],
)
async def test_a_published_file_is_one_delivery_without_a_rejected_row(
    http: httpx.AsyncClient, profile: str, figures: int, withheld: int
) -> None:
    outcome = await delivered(http, profile)
    counts = outcome["counts"]
    assert (outcome["status"], counts["rejected"]) == ("accepted", 0), outcome
    assert (counts["read"], counts["accepted"]) == (figures + withheld, figures + withheld)
    told = await findings_of(http, outcome)
    assert (told["found"], {one["code"] for one in told["items"]}) == (withheld, {"withheld"} if withheld else set())


async def test_every_file_has_a_profile() -> None:
    names = {path.stem.replace("_", "-") for path in FOLDER.glob("*.csv")}
    assert names == set(FLENSBURG["profiles"])


async def test_a_blanked_cell_is_withheld_and_never_zero(http: httpx.AsyncClient) -> None:
    outcome = await delivered(http, HOUSING)
    finding = (await findings_of(http, outcome))["items"][0]
    assert (finding["row"], finding["column"], finding["value"]) == (2, "action_for_eviction", "withheld")
    assert "statistische Geheimhaltung" in finding["detail"]
    asked = {"unit": QUARTER, "variable": ["evictions", "rent_arrears_notices"], "from": "2021-01", "to": "2022-12"}
    items = (await http.get("/v1/observations", params=asked, headers=bearer("auditor"))).json()["items"]
    assert [(item["variable"], item["month"], item["value"]) for item in items] == [("evictions", "2021-12", "5")]


async def test_what_a_source_keeps_back_has_come_for_a_collection_round(http: httpx.AsyncClient) -> None:
    holder = bearer("supervisor", units=(CITY,))
    sent = {
        "title": "Sozialatlas",
        "quarter": "2022-Q4",
        "variables": ["rent_arrears_notices"],
        "units": [QUARTER],
        "due_on": "2023-01-31",
    }
    opened = await http.post("/v1/collection-rounds", json=sent, headers=holder)
    assert opened.status_code == 201, opened.text
    await delivered(http, HOUSING)
    (state,) = (await http.get(f"{opened.headers['location']}/states", headers=holder)).json()["items"]
    assert state["withheld"] == [{"variable": "rent_arrears_notices", "month": "2022-12"}]
    assert (state["state"], state["delivered"], state["missing_count"]) == ("partly", 1, 2)


async def test_a_dry_run_keeps_nothing_back(http: httpx.AsyncClient) -> None:
    content = b"unit,variable,month,value\n01001-02,evictions,2020-12,withheld\n"
    headers = {**SENDER, "Content-Type": "text/csv"}
    for dry, status in (("true", "missing"), ("false", "partly")):
        sent = await http.post(f"/v1/deliveries?dry_run={dry}", content=content, headers=headers)
        assert (sent.json()["status"], sent.json()["counts"]["accepted"]) == ("accepted", 1), sent.text
        round = {
            "title": dry,
            "quarter": "2020-Q4",
            "variables": ["evictions"],
            "units": ["01001-02"],
            "due_on": "2021-01-31",
        }
        holder = bearer("supervisor", units=(CITY,))
        opened = await http.post("/v1/collection-rounds", json=round, headers=holder)
        (state,) = (await http.get(f"{opened.headers['location']}/states", headers=holder)).json()["items"]
        assert state["state"] == status


async def test_a_withheld_value_of_a_wrong_place_is_rejected(http: httpx.AsyncClient) -> None:
    content = b"year,district_id,residents\n2022,99,\n20222,1,\n2022,1,\n"
    outcome = await delivered(http, "flensburg-risk-homelessness-by-district", content)
    assert (outcome["counts"]["rejected"], outcome["counts"]["accepted"]) == (2, 1)
    told = [(one["row"], one["column"], one["code"]) for one in (await findings_of(http, outcome))["items"]]
    assert {(2, "residents", "unknown_unit"), (3, "residents", "bad_month"), (4, "residents", "withheld")} <= set(told)


async def test_conditions_of_a_quarter_are_read_like_any_indicator_and_the_city_is_the_sum(
    http: httpx.AsyncClient,
) -> None:
    for name in ("flensburg-unemployed-residents-by-district", "flensburg-residents-age-18-to-under-65-by-district"):
        await delivered(http, name)
    asked = {"indicator": "unemployed_share_of_residents", "from": "2022-12", "to": "2022-12"}
    quarter, city = [
        (await http.get("/v1/readings", params={**asked, "unit": unit}, headers=bearer("auditor"))).json()["items"][0]
        for unit in (QUARTER, CITY)
    ]
    assert (quarter["numerator"], quarter["denominator"], quarter["value"][:6]) == ("167", "3108", "5.3732")
    assert (city["value"], city["reason"]) == (None, "missing_input")
    assert [missing["unit"] for missing in city["missing"]] == ["01001-00"]


async def test_a_file_that_lacks_a_figure_of_its_profile_is_refused(http: httpx.AsyncClient) -> None:
    refused = await delivered(http, "flensburg-beneficiaries-by-district", b"year,district_id,people\n2022,1,5\n")
    assert (refused["type"], "residents" in refused["detail"]) == ("/problems/columns-missing", True)
