"""The history in columns is the history observation by observation, at any instant and with any dry run."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from domain.identity import DeliveryId, UnitCode
from domain.observation import Observation
from domain.period import Month
from domain.variable import Cell
from indicators.ports import Known, Span
from support.apps import Stack
from support.columns import known_in
from support.tokens import bearer

FIRST, SECOND, NOBODY = UnitCode("05158004"), UnitCode("05158008"), UnitCode("nobody")
WOMEN = Cell.of("elb_stock", sex="f")
SPAN = Span(
    units=[SECOND, FIRST, NOBODY],
    cells=[Cell.of("elb_stock"), Cell.of("integrations"), WOMEN, Cell.of("ltr_stock")],
    first=Month(2013, 12),
    last=Month(2014, 2),
)
DAY = timedelta(days=1)
Told = dict[tuple[str, str, int], tuple[str, DeliveryId]]


async def delivered(http: httpx.AsyncClient, *lines: str, query: str = "") -> dict[str, Any]:
    sender = {**bearer("uploader", units=("36402",)), "Content-Type": "text/csv"}
    sent = "\n".join(["unit,variable,month,value,sex", *lines, ""]).encode()
    outcome: dict[str, Any] = (await http.post(f"/v1/deliveries{query}", content=sent, headers=sender)).json()
    return outcome


@pytest.fixture(scope="module")
async def dry_run(http: httpx.AsyncClient) -> DeliveryId:
    months = ("2013-11", "2013-12", "2014-01", "2014-02", "2014-03")
    await delivered(http, *(f"{unit},elb_stock,{month},10.50," for unit in (FIRST, SECOND) for month in months))
    await delivered(http, f"{FIRST},elb_stock,2014-01,-3.1,", f"{FIRST},elb_stock,2014-01,4,f")
    await delivered(http, f"{FIRST},elb_stock,2014-01,withdrawn,f", f"{SECOND},elb_stock,2014-02,withdrawn,")
    tried = (
        f"{FIRST},elb_stock,2014-01,9,",
        f"{SECOND},elb_stock,2013-12,withdrawn,",
        f"{SECOND},integrations,2014-02,1,",
    )
    return DeliveryId(UUID((await delivered(http, *tried, query="?dry_run=true"))["id"]))


def told(known: Known) -> Told:
    return {
        (SPAN.units[unit], str(SPAN.cells[cell]), month): (value, known.deliveries[by])
        for unit, cell, month, value, _, by in known.rows.iter_rows()
    }


async def test_columns_are_the_newest_observations(stack: Stack, dry_run: DeliveryId) -> None:
    async with stack.indicators.state.ports.look(None) as work:
        revisions: list[Observation] = list(await work.history.all_revisions(SPAN, None))
        instants = sorted({one.recorded_at for one in revisions})
        assert len(instants) == 3
        for instant in (None, datetime(2000, 1, 1, tzinfo=UTC), *instants):
            found = told(await work.history.columns(SPAN, instant))
            assert found == told(known_in(SPAN, revisions, instant))
        tried = told(await work.history.columns(SPAN, None, dry_run))
        assert tried == told(known_in(SPAN, await work.history.newest(SPAN, None, dry_run)))
        assert len(tried) == 5


@pytest.mark.usefixtures("dry_run")
async def test_what_was_recorded_since_an_instant_is_touched_withdrawals_too(stack: Stack) -> None:
    async with stack.indicators.state.ports.look(None) as work:
        revisions = list(await work.history.all_revisions(SPAN, None))
        first, second, third = sorted({one.recorded_at for one in revisions})
        for since, until in ((first, None), (first, second), (second, None), (third, None), (first - DAY, first)):
            found = (await work.history.columns(SPAN, until, None, since)).touched
            twin = known_in(SPAN, revisions, until, since).touched
            assert found is not None
            assert twin is not None
            assert sorted(found.rows()) == twin.rows()
        assert (await work.history.columns(SPAN, None)).touched is None


async def test_out_of_reach_there_is_nothing(stack: Stack, dry_run: DeliveryId) -> None:
    async with stack.indicators.state.ports.look(frozenset({FIRST})) as work:
        found = told(await work.history.columns(SPAN, None, dry_run))
        assert {unit for unit, _, _ in found} == {FIRST}
        assert found == told(known_in(SPAN, await work.history.newest(SPAN, None, dry_run)))


async def test_what_nobody_ever_delivered_is_nothing(stack: Stack, dry_run: DeliveryId) -> None:
    async with stack.indicators.state.ports.look(None) as work:
        unheard = Span(units=[FIRST], cells=[Cell.of("contacts")], first=SPAN.first, last=SPAN.last)
        nobody = Span(units=[NOBODY], cells=SPAN.cells, first=SPAN.first, last=SPAN.last)
        for span in (unheard, nobody):
            assert (await work.history.columns(span, None, dry_run)).rows.height == 0
