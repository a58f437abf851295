"""Reports over HTTP: frozen with a digest; the same inputs give the same bytes."""

from collections.abc import AsyncIterator, Callable

import pytest
from support.reporting_scene import ELSEWHERE, JOBCENTER, THERE, Scene, scene_on

FORMS = ("application/json", "text/html", "application/pdf")


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("reporting")


@pytest.fixture
async def scene(template: str) -> AsyncIterator[Scene]:
    async with scene_on(template) as made:
        yield made


async def test_a_report_stays_as_it_was_whatever_is_corrected_later(scene: Scene) -> None:
    await scene.delivered(JOBCENTER, n10=95, n11=95)
    first, again = await scene.reports(), await scene.reports()
    assert (first.status_code, first.headers["location"]) == (201, f"/v1/reports/{first.json()['id']}")
    assert first.json()["digest"] == again.json()["digest"]
    document = f"{first.headers['location']}/document"
    before = [(await scene.asks(document, "auditor", Accept=form)).content for form in FORMS]
    await scene.delivered(JOBCENTER, n11=120)
    assert [(await scene.asks(document, "auditor", Accept=form)).content for form in FORMS] == before
    corrected = (await scene.reports()).json()
    assert corrected["digest"] != first.json()["digest"]
    assert corrected["lights"]["red"] == 2


async def test_a_document_comes_in_the_form_that_is_accepted(scene: Scene) -> None:
    await scene.delivered(JOBCENTER, n11=95)
    document = f"{(await scene.reports()).headers['location']}/document"
    found = [await scene.asks(document, "auditor", Accept=form) for form in (*FORMS, "*/*", "image/png")]
    assert [answer.headers["content-type"].split(";")[0] for answer in found[:4]] == [*FORMS, "application/json"]
    assert found[4].status_code == 406
    held = await scene.asks(document, "auditor", **{"If-None-Match": found[0].headers["etag"]})
    assert held.status_code == 304


async def test_a_report_holds_what_is_known_even_before_the_news_arrived(scene: Scene) -> None:
    await scene.delivered(JOBCENTER, n11=95)
    scene.indicators.figures[JOBCENTER, "2014-11"] = 94
    location = (await scene.reports()).headers["location"]
    lines = (await scene.asks(f"{location}/document")).json()["lines"]
    assert {line["actual"] for line in lines} == {"94"}
    assert {actual for _, _, actual in await scene.goals(f"/v1/attainment?unit={JOBCENTER}")} == {"94"}


async def test_a_report_needs_one_judged_agreement_and_a_period_of_its_kind(scene: Scene) -> None:
    await scene.delivered(JOBCENTER, n11=95)
    assert (await scene.reports(period="2015-Q1")).json()["type"] == "/problems/nothing-to-report"
    assert (await scene.reports(period="2014")).json()["type"] == "/problems/period-does-not-fit"
    assert (await scene.reports(unit=str(ELSEWHERE))).status_code == 404
    await scene.agreed(THERE, JOBCENTER, "local")
    await scene.delivered(JOBCENTER, n11=96)
    assert (await scene.reports()).json()["type"] == "/problems/several-agreements"
    assert (await scene.reports(agreement=str(THERE))).json()["agreement"] == str(THERE)


async def test_without_indicators_no_report_is_made(scene: Scene) -> None:
    await scene.delivered(JOBCENTER, n11=95)
    scene.indicators.down = True
    assert (await scene.reports()).status_code == 503
    assert (await scene.asks("/v1/reports")).json()["items"] == []


async def test_reports_are_listed_by_unit_kind_period_and_status(scene: Scene) -> None:
    await scene.delivered(JOBCENTER, n11=95)
    id = (await scene.reports()).json()["id"]
    for query in ("", f"?unit={JOBCENTER}", "?kind=quarterly", "?period=2014-Q4", "?status=draft"):
        assert [one["id"] for one in (await scene.asks(f"/v1/reports{query}")).json()["items"]] == [id]
    for query in ("?kind=annual", "?period=2014-Q3", "?status=approved", f"?unit={ELSEWHERE}"):
        assert (await scene.asks(f"/v1/reports{query}")).json()["items"] == []
    assert (await scene.asks("/v1/reports", "controller", ELSEWHERE)).json()["items"] == []
    assert (await scene.asks(f"/v1/reports/{id}", "controller", ELSEWHERE)).status_code == 404
