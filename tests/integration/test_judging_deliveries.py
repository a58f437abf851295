"""What a delivery, a definition or an agreement changes in the attainment that is served, and nothing else."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from chassis.event import Event
from domain.agreement import Status
from reporting.usecases.following import take_deliveries
from support.reporting_scene import ELSEWHERE, JOBCENTER, THERE, TOWN, Scene, scene_on


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("reporting")


@pytest.fixture
async def scene(template: str) -> AsyncIterator[Scene]:
    async with scene_on(template) as made:
        yield made


async def test_a_delivery_changes_exactly_what_it_must_and_changes_shows_only_that(scene: Scene) -> None:
    await scene.delivered(JOBCENTER, n10=95, n11=105)
    await scene.delivered(ELSEWHERE, n11=90)
    following = await scene.position()
    nothing = (await scene.asks(f"/v1/attainment/changes?cursor={following}")).json()
    assert nothing == {"items": [], "next": following}
    await scene.delivered(JOBCENTER, n11=104)
    news = await scene.goals(f"/v1/attainment/changes?cursor={following}")
    assert news == [("integration", "2014-11", "104"), ("recipients", "2014-11", "104")]


async def test_a_towns_delivery_judges_the_whole_it_is_part_of_and_nobody_else(scene: Scene) -> None:
    scene.indicators.figures[ELSEWHERE, "2014-11"] = 1
    await scene.delivered(JOBCENTER, sender=TOWN, n11=96)
    assert await scene.goals(f"/v1/attainment?unit={JOBCENTER}") == [
        ("integration", "2014-11", "96"),
        ("recipients", "2014-11", "96"),
    ]
    assert await scene.goals(f"/v1/attainment?unit={ELSEWHERE}") == [("integration", "2014-01", None)]


async def test_who_stands_for_a_month_stands_for_what_was_judged_by_it(scene: Scene) -> None:
    async def attested() -> dict[str, bool]:
        items = (await scene.asks(f"/v1/attainment?unit={JOBCENTER}&period=2014-11")).json()["items"]
        return {item["goal"]: item["attested"] for item in items}

    await scene.delivered(JOBCENTER, n11=95)
    assert await attested() == {"integration": False, "recipients": False}
    following = await scene.position()
    await scene.attested(JOBCENTER, "2014-11")
    assert await attested() == {"integration": True, "recipients": True}
    assert await scene.position() != following


async def test_a_backlog_judges_each_agreement_once(scene: Scene) -> None:
    before = scene.indicators.rounds
    await scene.delivered(JOBCENTER, times=750, n11=95)
    assert scene.indicators.rounds == before + 1


async def test_the_same_figures_again_change_nothing(scene: Scene) -> None:
    await scene.delivered(JOBCENTER, n11=95)
    following = await scene.position()
    await scene.delivered(JOBCENTER, n11=95)
    assert await scene.position() == following


async def test_several_that_judge_at_once_double_nothing(scene: Scene) -> None:
    await asyncio.gather(*(scene.delivered(JOBCENTER, n11=95 + number) for number in range(3)))
    items = (await scene.asks("/v1/attainment/changes?limit=1000")).json()["items"]
    keys = [(item["unit"], item["goal"], item["month"]) for item in items]
    assert len(keys) == len(set(keys))
    assert {actual for _, _, actual in await scene.goals(f"/v1/attainment?unit={JOBCENTER}")} == {"97"}


async def test_withdrawn_figures_are_told_as_missing_and_the_month_before_is_shown(scene: Scene) -> None:
    await scene.delivered(JOBCENTER, n10=95, n11=96)
    following = await scene.position()
    del scene.indicators.figures[JOBCENTER, "2014-11"]
    await scene.delivered(JOBCENTER)
    told = (await scene.asks(f"/v1/attainment/changes?cursor={following}")).json()["items"]
    assert {(item["month"], item["light"], item["reason"]) for item in told} == {("2014-11", "grey", "missing_input")}
    assert {month for _, month, _ in await scene.goals(f"/v1/attainment?unit={JOBCENTER}")} == {"2014-10"}


async def test_a_new_definition_judges_what_rests_on_it(scene: Scene) -> None:
    scene.indicators.figures[JOBCENTER, "2014-11"] = 95
    defined = Event(type="indicator.defined", subject="figure", data={"indicator": "figure", "version": 2})
    await take_deliveries(scene.ports, [defined], "9", scene.clock())
    assert ("integration", "2014-11", "95") in await scene.goals("/v1/attainment")


async def test_an_agreement_that_was_closed_leaves_the_list(scene: Scene) -> None:
    await scene.agreed(THERE, ELSEWHERE, "integration", status=Status.CLOSED)
    assert len(await scene.goals("/v1/attainment")) == 2
    assert await scene.goals(f"/v1/attainment?unit={ELSEWHERE}") == []
