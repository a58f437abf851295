"""Goals name indicators that are defined; what is not known is told, and nothing else suffers from it."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from agreements.app import create_app
from support import databases
from support.agreeing_online import CONTENT, DISTRICT, drafted, kind, lead, moved
from support.apps import Stack, settings_of
from support.tokens import bearer
from support.units import tree

INTEGRATION = next(goal for goal in CONTENT["goals"] if goal["code"] == "integration")
CODES = {"unknown_indicator", "indicator_ended", "indicator_unit_differs", "indicators_not_checked"}
DEFINITION = {
    "indicator": "own_late",
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


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with stack.client("agreements") as client:
        assert (await client.post("/v1/units", json=tree(), headers=bearer("operator"))).status_code == 200
        yield client


def with_integration(**change: Any) -> dict[str, Any]:
    return {"goals": [{**goal, **change} if goal is INTEGRATION else goal for goal in CONTENT["goals"]]}


async def found(http: httpx.AsyncClient, told: dict[str, Any], **headers: str) -> list[dict[str, Any]]:
    answer = await http.get(f"/v1/agreements/{told['id']}/findings", headers=lead(DISTRICT, **headers))
    assert answer.status_code == 200, answer.text
    return [finding for finding in answer.json()["items"] if finding["rule"] in CODES]


async def test_the_agreement_of_the_sources_names_defined_indicators_in_their_units(http: httpx.AsyncClient) -> None:
    assert await found(http, await drafted(http)) == []


async def test_a_draft_may_name_what_is_not_defined_and_a_proposal_may_not(http: httpx.AsyncClient) -> None:
    told = await drafted(http, **with_integration(indicator="K2X"))
    number = CONTENT["goals"].index(INTEGRATION)
    (finding,) = await found(http, told, **{"Accept-Language": "de"})
    assert (finding["rule"], finding["severity"]) == ("unknown_indicator", "blocking")
    assert finding["pointer"] == f"/goals/{number}/indicator"
    assert "„K2“" in finding["remedy"]
    refused = await moved(http, told, "propose")
    assert (refused.status_code, kind(refused)) == (409, "findings-block")
    assert [place["code"] for place in refused.json()["errors"]] == ["unknown_indicator"]


async def test_what_is_defined_meanwhile_is_known_at_once(stack: Stack, http: httpx.AsyncClient) -> None:
    told = await drafted(http, **with_integration(indicator="own_late"))
    assert [finding["rule"] for finding in await found(http, told)] == ["unknown_indicator"]
    async with stack.client("indicators") as indicators:
        assert (await indicators.post("/v1/indicators", json=DEFINITION, headers=bearer("operator"))).status_code == 201
    assert await found(http, told) == []
    assert (await moved(http, told, "propose")).status_code == 200


async def test_an_indicator_that_ended_before_the_year_stops_a_proposal_until_it_is_defined_for_it(
    stack: Stack, http: httpx.AsyncClient
) -> None:
    told = await drafted(http, **with_integration(indicator="own_ended"))
    number = CONTENT["goals"].index(INTEGRATION)
    ended = {**DEFINITION, "indicator": "own_ended", "valid_from": "2010-01-01", "valid_until": "2014-01-01"}
    other = {**ended, "variant": "ordinance", "valid_until": None}
    async with stack.client("indicators") as indicators:
        for sent in (ended, other):
            answer = await indicators.post("/v1/indicators", json=sent, headers=bearer("operator"))
            assert answer.status_code == 201, answer.text
        (finding,) = await found(http, told)
        assert (finding["rule"], finding["severity"], finding["pointer"]) == (
            "indicator_ended",
            "blocking",
            f"/goals/{number}/indicator",
        )
        assert (await moved(http, told, "propose")).status_code == 409
        goes_on = {**ended, "version": 2, "valid_from": "2014-01-01", "valid_until": "2014-07-01"}
        assert (await indicators.post("/v1/indicators", json=goes_on, headers=bearer("operator"))).status_code == 201
    assert await found(http, told) == []
    assert (await moved(http, told, "propose")).status_code == 200


async def test_what_ends_meanwhile_is_found_once_it_is_asked_again(stack: Stack, http: httpx.AsyncClient) -> None:
    told = await drafted(http, **with_integration(indicator="own_ending"))
    lasting = {**DEFINITION, "indicator": "own_ending", "valid_from": "2010-01-01"}
    async with stack.client("indicators") as indicators:
        assert (await indicators.post("/v1/indicators", json=lasting, headers=bearer("operator"))).status_code == 201
        assert await found(http, told) == []
        ends = {**lasting, "version": 2, "valid_from": "2011-01-01", "valid_until": "2012-01-01"}
        assert (await indicators.post("/v1/indicators", json=ends, headers=bearer("operator"))).status_code == 201
    await stack.agreements.state.ports.indicators.ask()
    assert [finding["rule"] for finding in await found(http, told)] == ["indicator_ended"]


async def test_another_unit_is_doubtful_and_stops_nothing(http: httpx.AsyncClient) -> None:
    told = await drafted(http, **with_integration(unit_of_measure="persons"))
    (finding,) = await found(http, told)
    assert (finding["rule"], finding["severity"]) == ("indicator_unit_differs", "warning")
    assert (await moved(http, told, "propose")).status_code == 200


async def test_while_indicators_does_not_answer_codes_go_unchecked_and_the_agreement_goes_on(
    template_of: Callable[[str], str],
) -> None:
    url = await databases.fresh(template_of("agreements"))
    app = create_app(settings_of("agreements", url, indicators_url="http://127.0.0.1:9"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://agreements") as http:
        assert (await http.post("/v1/units", json=tree(), headers=bearer("operator"))).status_code == 200
        told = await drafted(http, **with_integration(indicator="K2X"))
        (finding,) = await found(http, told)
        assert (finding["rule"], finding["severity"], finding["pointer"]) == (
            "indicators_not_checked",
            "note",
            "/goals",
        )
        assert (await moved(http, told, "propose")).status_code == 200
    await app.state.database.close()
    await databases.drop(url)


async def test_goals_are_found_by_indicator_and_year_by_who_sees_their_agreement(http: httpx.AsyncClient) -> None:
    told = await drafted(http, **with_integration(indicator="K1E3"))
    asked = {"indicator": ["K1E3", "K1E4"], "year": "2014"}
    (item,) = (await http.get("/v1/goals", params=asked, headers=lead(DISTRICT))).json()["items"]
    assert (item["agreement"], item["goal"], item["indicator"]) == (told["id"], "integration", "K1E3")
    assert (item["unit"], item["year"], item["status"]) == ("36402", 2014, "draft")
    stranger = await http.get("/v1/goals", params=asked, headers=bearer("controller", units=("05162",)))
    assert stranger.json()["items"] == []
    other = await http.get("/v1/goals", params={**asked, "year": "2015"}, headers=lead(DISTRICT))
    assert other.json()["items"] == []
    refused = await http.get("/v1/goals", params={"indicator": "K1E3"}, headers=lead(DISTRICT))
    assert refused.status_code == 422
