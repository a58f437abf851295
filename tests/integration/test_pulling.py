"""Attainment over HTTP: who sees it, what is not sent twice, and why a figure is what it is."""

from collections.abc import AsyncIterator, Callable
from uuid import UUID

import pytest
from domain.agreement import Status
from support.reporting_scene import AGENCY, ELSEWHERE, JOBCENTER, THERE, TOWN, Scene, scene_on


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("reporting")


@pytest.fixture
async def scene(template: str) -> AsyncIterator[Scene]:
    async with scene_on(template) as made:
        yield made


async def test_nobody_sees_units_out_of_reach(scene: Scene) -> None:
    await scene.delivered(ELSEWHERE, n11=90)
    foreign = (await scene.asks(f"/v1/attainment?unit={ELSEWHERE}")).json()["items"][0]["id"]
    assert await scene.goals("/v1/attainment", "controller", TOWN) == []
    assert len(await scene.goals("/v1/attainment", "supervisor", AGENCY)) == 2
    assert len(await scene.goals("/v1/attainment/changes?limit=1000", "supervisor", AGENCY)) == 2
    for path in (f"?unit={ELSEWHERE}", f"?supervisor={ELSEWHERE}", f"/{foreign}", f"/{foreign}/why", "?unit=nowhere"):
        assert (await scene.asks(f"/v1/attainment{path}", "supervisor", AGENCY)).status_code == 404


async def test_a_supervisor_and_a_unit_that_is_not_below_give_nothing(scene: Scene) -> None:
    assert await scene.goals(f"/v1/attainment?supervisor={AGENCY}&unit={ELSEWHERE}") == []
    assert len(await scene.goals(f"/v1/attainment?supervisor={AGENCY}")) == 2


async def test_an_unchanged_list_is_not_sent_twice_and_a_changed_one_is(scene: Scene) -> None:
    first = await scene.asks("/v1/attainment?limit=1")
    held = {"If-None-Match": first.headers["etag"]}
    again = await scene.asks("/v1/attainment?limit=1", "auditor", **held)
    assert (again.status_code, again.content) == (304, b"")
    await scene.agreed(THERE, ELSEWHERE, "integration", status=Status.CLOSED)
    assert (await scene.asks("/v1/attainment?limit=1", "auditor", **held)).status_code == 200


async def test_yesterdays_list_can_be_read_today(scene: Scene) -> None:
    await scene.delivered(JOBCENTER, n11=95)
    then = scene.clock().isoformat().replace("+00:00", "Z")
    await scene.delivered(JOBCENTER, n11=105)
    path = f"/v1/attainment?unit={JOBCENTER}&light=green"
    assert await scene.goals(path) == []
    assert len(await scene.goals(f"{path}&as_of={then}")) == 2


async def test_why_leads_from_the_signed_goal_to_the_readings_and_waits_for_indicators(scene: Scene) -> None:
    await scene.delivered(JOBCENTER, n11=95)
    id = (await scene.asks(f"/v1/attainment?unit={JOBCENTER}")).json()["items"][0]["id"]
    told = (await scene.asks(f"/v1/attainment/{id}/why")).json()
    assert (told["digest"], told["goal"]["target"], told["readings"][0]["value"]) == ("3b" * 32, "100", "95")
    assert told["readings"][0]["deliveries"] == [str(UUID(int=95))]
    assert told["lineage"][0]["month"] == "2014-11"
    scene.indicators.down = True
    refused = await scene.asks(f"/v1/attainment/{id}/why")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert refused.json()["type"] == "/problems/upstream-unavailable"


@pytest.mark.parametrize(
    "path",
    [
        "/v1/attainment?cursor=WyJhIiwiYiIsImMiXQ",
        "/v1/attainment?cursor=WyJhXHUwMDAwIiwiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIiwiYyJd",
        "/v1/attainment?as_of=0001-01-01T00:00:00%2B14:00",
        "/v1/attainment?as_of=9999-12-31T23:59:59Z",
        "/v1/attainment?period=2014-Q5",
        "/v1/attainment/changes?cursor=x",
        "/v1/reports?period=%00",
        "/v1/reports?cursor=WyJhIl0",
    ],
)
async def test_what_makes_no_sense_is_refused(scene: Scene, path: str) -> None:
    assert (await scene.asks(path)).status_code == 422


async def test_the_start_page_is_open_and_german(scene: Scene) -> None:
    page = await scene.calls("GET", "/", {})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="de">' in page.text
    assert 'href="/docs"' in page.text
