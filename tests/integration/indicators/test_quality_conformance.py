"""Quality rules, soft findings and scrutinies behave alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

import polars as pl
import pytest
from chassis.database import Database
from domain.delivery import (
    Covered,
    Delivery,
    DeliveryKind,
    DeliveryMode,
    DeliveryStatus,
    OnError,
    Scrutiny,
)
from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from domain.quality_rule import Jump, QualityRule
from domain.soft_finding import Acknowledgement, SoftFinding, SoftFindingDone, SoftStatus, UnknownSoftFinding
from domain.variable import Cell
from indicators.persistence.transactions import Transactions
from indicators.ports import QualityRules, Scrutinies, SoftFindings, Work
from indicators.ports.quality import SoftAsked
from indicators.ports.scrutiny import Known, Touched
from indicators.ports.statuses import COUNTED
from support.conformance import remembered
from support.doubting import STOCK, a_rule
from support.measuring import JOBCENTER, NOON, NOVEMBER, TOWN_A, delivery
from support.quality_twins import RememberedQualityRules, RememberedScrutinies, RememberedSoftFindings, Rows

OCTOBER, WOMEN = NOVEMBER.previous, Cell.of("elb_stock", sex="f")
FIRST, SECOND = delivery(1), delivery(2)
GIVEN = Acknowledgement(by="lead", at=NOON, reason="geprüft")
RULE: QualityRule = replace(a_rule(Jump(absolute=Decimal(10), percent=Decimal("2.50"))), code="own")


@dataclass(frozen=True)
class Scene:
    """The three ports in one transaction, and how rows are delivered."""

    rules: QualityRules
    findings: SoftFindings
    scrutinies: Scrutinies
    deliver: Callable[[DeliveryId, Rows], Awaitable[None]]


Begin = Callable[[], AbstractAsyncContextManager[Scene]]


def a_finding(unit: str = TOWN_A, month: Month = NOVEMBER, cell: Cell = STOCK, observed: str = "61.50") -> SoftFinding:
    return SoftFinding(
        unit=UnitCode(unit),
        month=month,
        cell=cell,
        dimension="",
        rule="outlier",
        version=1,
        kind=RULE.kind,
        observed=Decimal(observed),
        expected=Decimal(50),
        low=Decimal(40),
        high=None,
        basis={"months": Decimal(12), "deviation": Decimal("0.5")},
    )


def twins() -> Scene:
    scrutinies = RememberedScrutinies()

    async def deliver(id: DeliveryId, rows: Rows) -> None:
        scrutinies.deliver(id, rows)

    return Scene(RememberedQualityRules(), RememberedSoftFindings(NOON), scrutinies, deliver)


def stored(work: Work) -> Scene:
    async def deliver(id: DeliveryId, rows: Rows) -> None:
        units = sorted({unit for unit, _, _ in rows})
        cells = sorted({cell for _, cell, _ in rows})
        received = Delivery(
            id=id,
            kind=DeliveryKind.OBSERVATIONS,
            mode=DeliveryMode.PARTIAL,
            on_error=OnError.ACCEPT_VALID,
            dry_run=False,
            sender="sender",
            digest=str(id),
            media_type="text/csv",
            size=1,
            received_at=NOON,
            status=DeliveryStatus.PROCESSING,
        )
        number = await work.deliveries.add(received, frozenset(units))
        numbers = await work.history.numbers(units, cells)
        told = [
            (month.ordinal, numbers.units[units.index(unit)], numbers.series[cells.index(cell)], value)
            for (unit, cell, month), value in rows.items()
        ]
        schema = {**dict.fromkeys(("month", "unit_id", "series_id"), pl.Int32), "value": pl.String}
        frame = pl.DataFrame(told, schema=schema, orient="row").sort("month", "unit_id", "series_id")
        await work.history.take_in(frame.with_columns(status=COUNTED), numbers, DeliveryMode.PARTIAL)
        months = [month for _, _, month in rows]
        covered = [Covered(unit=u, first=min(months), last=max(months), months=1, rows=1) for u in units]
        accepted = replace(received, status=DeliveryStatus.ACCEPTED, scrutiny=Scrutiny.PENDING)
        await work.deliveries.finish(number, accepted, 0, covered, numbers.revision)

    return Scene(work.quality_rules, work.soft_findings, work.scrutinies, deliver)


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("indicators")


@pytest.fixture(params=["remembered", "stored"])
async def begin(
    request: pytest.FixtureRequest, template: str, database_url: Callable[[str], Awaitable[str]]
) -> AsyncIterator[Begin]:
    if request.param == "remembered":
        yield remembered(twins())
        return
    database = Database(await database_url(template))
    transactions = Transactions(database, lambda: NOON)

    @asynccontextmanager
    async def open_stored() -> AsyncIterator[Scene]:
        async with transactions.begin() as work:
            yield stored(work)

    yield open_stored
    await database.close()


def shown(known: Known) -> list[tuple[int, int, str, str]]:
    rows = known.values.select("unit", "month", "series", "value").rows()
    return sorted((unit, month, str(known.cells[series]), value) for unit, month, series, value in rows)


async def test_versions_of_a_rule_are_kept_in_order_and_the_newest_is_given(begin: Begin) -> None:
    second = replace(RULE, version=2, label="Prüfregel ü", variables=frozenset({STOCK.variable}), active=False)
    async with begin() as scene:
        assert await scene.rules.locked("own") is None
        await scene.rules.add(RULE)
        await scene.rules.add(second)
    async with begin() as scene:
        assert await scene.rules.versions("own") == [RULE, second]
        assert await scene.rules.locked("own") == second
        assert [rule for rule in await scene.rules.newest() if rule.code == "own"] == [second]
        assert await scene.rules.versions("nobody") == []


async def test_findings_are_read_back_narrowed_and_in_order(begin: Begin) -> None:
    kept = [(UUID(int=2), a_finding()), (UUID(int=1), a_finding(month=OCTOBER, cell=WOMEN))]
    other = (UUID(int=3), a_finding(unit=JOBCENTER))
    async with begin() as scene:
        await scene.deliver(FIRST, {(TOWN_A, STOCK, NOVEMBER): "1", (TOWN_A, WOMEN, NOVEMBER): "1"})
        await scene.deliver(SECOND, {(JOBCENTER, STOCK, NOVEMBER): "1"})
        await scene.findings.keep(FIRST, kept)
        await scene.findings.keep(SECOND, [other])
        await scene.findings.keep(SECOND, [])
    async with begin() as scene:
        one = await scene.findings.get(UUID(int=1))
        assert (one.finding, one.delivery, one.found_at, one.status) == (kept[1][1], FIRST, NOON, SoftStatus.OPEN)

        async def listed(asked: SoftAsked, after: UUID | None = None, limit: int = 9) -> list[int]:
            last = await scene.findings.get(after) if after else None
            position = (last.finding.unit, last.finding.month.ordinal, last.id) if last else None
            return [filed.id.int for filed in await scene.findings.matching(asked, position, limit)]

        assert await listed(SoftAsked()) == [1, 2, 3]
        assert await listed(SoftAsked(), limit=2) == [1, 2]
        assert await listed(SoftAsked(), after=UUID(int=1)) == [2, 3]
        assert await listed(SoftAsked(units=[JOBCENTER])) == [3]
        assert await listed(SoftAsked(months=[OCTOBER])) == [1]
        assert await listed(SoftAsked(delivery=FIRST)) == [1, 2]
        assert await listed(SoftAsked(statuses=[SoftStatus.RESOLVED])) == []
        with pytest.raises(UnknownSoftFinding):
            await scene.findings.get(UUID(int=9))


async def test_a_finding_is_answered_for_once_and_resolved_by_a_delivery(begin: Begin) -> None:
    id = UUID(int=1)
    async with begin() as scene:
        await scene.deliver(FIRST, {(TOWN_A, STOCK, NOVEMBER): "1"})
        await scene.deliver(SECOND, {(TOWN_A, STOCK, NOVEMBER): "2"})
        await scene.findings.keep(FIRST, [(id, a_finding())])
        answered = await scene.findings.acknowledge(id, GIVEN)
        assert (answered.status, answered.acknowledgement) == (SoftStatus.ACKNOWLEDGED, GIVEN)
        with pytest.raises(SoftFindingDone):
            await scene.findings.acknowledge(id, GIVEN)
        assert [filed.id for filed in await scene.findings.standing([(TOWN_A, NOVEMBER)])] == [id]
        assert await scene.findings.standing([(TOWN_A, OCTOBER), (JOBCENTER, NOVEMBER)]) == []
        await scene.findings.resolve([id], SECOND)
        await scene.findings.resolve([], SECOND)
    async with begin() as scene:
        assert await scene.findings.standing([(TOWN_A, NOVEMBER)]) == []
        gone = await scene.findings.get(id)
        assert (gone.status, gone.resolved_by, gone.acknowledgement) == (SoftStatus.RESOLVED, SECOND, GIVEN)


async def test_a_scrutiny_waits_until_it_is_finished(begin: Begin) -> None:
    async with begin() as scene:
        await scene.deliver(FIRST, {(TOWN_A, STOCK, NOVEMBER): "1"})
        await scene.deliver(SECOND, {(TOWN_A, STOCK, OCTOBER): "1"})
    async with begin() as scene:
        assert [job.id for job in await scene.scrutinies.waiting(5)] == [FIRST, SECOND]
        assert await scene.scrutinies.claim(FIRST)
        assert [await scene.scrutinies.attempted(FIRST) for _ in range(2)] == [1, 2]
        await scene.scrutinies.finish(FIRST, Scrutiny.DONE)
    async with begin() as scene:
        assert not await scene.scrutinies.claim(FIRST)
        assert not await scene.scrutinies.claim(delivery(9))
        assert [job.id for job in await scene.scrutinies.waiting(1)] == [SECOND]


async def test_what_a_delivery_touched_and_what_is_known_is_told_as_columns(begin: Begin) -> None:
    async with begin() as scene:
        await scene.deliver(
            FIRST, {(TOWN_A, STOCK, OCTOBER): "1.50", (TOWN_A, STOCK, NOVEMBER): "2", (TOWN_A, WOMEN, NOVEMBER): "1"}
        )
        await scene.deliver(SECOND, {(TOWN_A, STOCK, NOVEMBER): "3", (TOWN_A, WOMEN, NOVEMBER): None})
    async with begin() as scene:
        assert await scene.scrutinies.touched(FIRST) == [
            Touched(unit=TOWN_A, month=OCTOBER, cells=1),
            Touched(unit=TOWN_A, month=NOVEMBER, cells=2),
        ]
        await scene.scrutinies.hold([TOWN_A, JOBCENTER])
        known = await scene.scrutinies.known([JOBCENTER, TOWN_A], [OCTOBER, NOVEMBER])
        assert shown(known) == [(1, OCTOBER.ordinal, "elb_stock", "1.50"), (1, NOVEMBER.ordinal, "elb_stock", "3")]
        assert shown(await scene.scrutinies.known([TOWN_A], [OCTOBER])) == [(0, OCTOBER.ordinal, "elb_stock", "1.50")]
        assert shown(await scene.scrutinies.known([], [])) == []
