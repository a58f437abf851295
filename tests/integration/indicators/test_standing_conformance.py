"""The ports of standing and releases behave alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from chassis.clock import new_id, now
from domain.attestation import Attestation, Withdrawal
from domain.identity import VariableCode
from domain.objection import Objection, ObjectionStatus
from domain.period import Month
from domain.value_status import ValueStatus
from indicators.persistence.transactions import Transactions
from indicators.ports.documents import Documents, Filed
from indicators.ports.vintages import Compared, Extent, Releases, Vintages
from indicators.usecases.attesting_errors import AlreadyAttested, UnknownAttestation
from indicators.usecases.objecting_errors import AlreadyContested, UnknownObjection
from indicators.usecases.releasing_errors import ReleaseExists, UnknownRelease
from support.apps import Stack
from support.conformance import remembered
from support.measuring import an_observation
from support.standing import (
    NOON,
    OTHER,
    TOWN,
    a_release,
    an_attestation,
    an_objection,
)
from support.standing_scene import deliver
from support.standing_twins import (
    RememberedReleases,
    RememberedVintages,
    remembered_attestations,
    remembered_objections,
)
from support.tokens import bearer
from support.units import tree

Record = Callable[..., Awaitable[None]]
"""Record the town's stock of long-term recipients in a month, and how it came to be."""


@dataclass(frozen=True)
class Scene:
    """The ports in one transaction."""

    attestations: Documents[Attestation]
    objections: Documents[Objection]
    vintages: Vintages
    releases: Releases


@dataclass(frozen=True)
class Opening:
    """How transactions are opened, and how values come in between."""

    begin: Callable[[], AbstractAsyncContextManager[Scene]]
    record: Record


@pytest.fixture(params=["remembered", "stored"])
async def opening(request: pytest.FixtureRequest, stack: Stack) -> Opening:
    return remembered_opening() if request.param == "remembered" else await stored_opening(stack)


def remembered_opening() -> Opening:
    vintages = RememberedVintages()

    async def record(month: str, value: str, status: str = "counted") -> None:
        known = an_observation("ltr_stock", value, unit=TOWN, month=Month.parse(month), recorded_at=now())
        vintages.observations.append(replace(known, status=ValueStatus(status)))

    twins = Scene(
        remembered_attestations(),
        remembered_objections(),
        vintages,
        RememberedReleases(),
    )
    return Opening(remembered(twins), record)


async def stored_opening(stack: Stack) -> Opening:
    async with stack.client("agreements") as client:
        assert (await client.post("/v1/units", json=tree(), headers=bearer("operator"))).status_code == 200
    transactions = Transactions(stack.indicators.state.database, now)

    @asynccontextmanager
    async def begin() -> AsyncIterator[Scene]:
        async with transactions.begin() as work:
            yield Scene(work.attestations, work.objections, work.vintages, work.releases)

    async def record(month: str, value: str, status: str = "counted") -> None:
        async with stack.client("indicators") as client:
            await deliver(client, month, value, status=status)

    return Opening(begin, record)


async def test_an_attestation_is_read_back_whole_and_stands_alone_in_its_place(opening: Opening) -> None:
    first = Filed(id=new_id(), version=1, value=an_attestation(month=Month(2011, 1)))
    async with opening.begin() as scene:
        await scene.attestations.add(first)
        with pytest.raises(AlreadyAttested):
            await scene.attestations.add(replace(first, id=new_id()))
    async with opening.begin() as scene:
        known = await scene.attestations.locked(first.id)
        assert known == first
        gone = known.changed_to(known.value.withdrawn(Withdrawal(by="lead", at=NOON, reason="Nachmeldung")))
        await scene.attestations.update(gone)
        second = replace(first, id=new_id())
        await scene.attestations.add(second)
    async with opening.begin() as scene:
        keys: dict[str, Sequence[Any]] = {"unit": [TOWN], "month": [Month(2011, 1)]}
        assert await scene.attestations.matching(keys) == [gone, second]
        assert await scene.attestations.matching({**keys, "status": [gone.value.status]}) == [gone]
        assert await scene.attestations.matching(keys, after=gone.id, limit=5) == [second]
        assert await scene.attestations.matching(keys, limit=1) == [gone]
        assert await scene.attestations.matching({**keys, "unit": [OTHER]}) == []
        with pytest.raises(UnknownAttestation):
            await scene.attestations.get(new_id())


async def test_objections_are_found_by_state_and_by_a_deadline_before_a_day(opening: Opening) -> None:
    month = Month(2011, 2)
    early = Filed(id=new_id(), version=1, value=an_objection(month=month, due=date(2015, 2, 3)))
    late = Filed(id=new_id(), version=1, value=an_objection(OTHER, month, due=date(2015, 2, 10), contested=None))
    async with opening.begin() as scene:
        for filed in (early, late):
            await scene.objections.add(filed)
        with pytest.raises(AlreadyContested):
            await scene.objections.add(replace(early, id=new_id()))
    async with opening.begin() as scene:
        keys: dict[str, Sequence[Any]] = {"month": [month], "status": [ObjectionStatus.OPEN]}
        assert await scene.objections.matching(keys) == [early, late]
        assert await scene.objections.matching(keys, below={"due": date(2015, 2, 10)}) == [early]
        assert await scene.objections.matching(keys, below={"due": date(2015, 2, 3)}) == []
        with pytest.raises(UnknownObjection):
            await scene.objections.locked(new_id())


async def test_revisions_are_counted_up_to_an_instant_or_now(opening: Opening) -> None:
    await opening.record("2011-03", "1")
    between = now()
    await opening.record("2011-03", "2")
    await opening.record("2011-04", "9")
    march = Extent(units=[TOWN, OTHER], month=Month(2011, 3))
    async with opening.begin() as scene:
        other = replace(march, units=[OTHER])
        asked = [march, replace(march, as_of=between), other, replace(march, month=Month(2010, 1))]
        assert await scene.vintages.revisions(asked) == [2, 1, 0, 0]
        assert await scene.vintages.revisions([]) == []


async def test_changes_between_two_instants_are_told_in_order_and_in_pages(opening: Opening) -> None:
    before = now()
    for month, value in (("2011-05", "1"), ("2011-06", "2"), ("2011-07", "3")):
        await opening.record(month, value)
    middle = now()
    await opening.record("2011-06", "5")
    await opening.record("2011-06", "2.0")
    await opening.record("2011-07", "4", "extrapolated")
    await opening.record("2011-05", "1", "imputed")
    span = Compared(since=before, until=now(), first=Month(2011, 5), last=Month(2011, 7))
    async with opening.begin() as scene:
        news = await scene.vintages.changes(span, None, 10)
        assert [(c.month, c.old, c.new) for c in news] == [
            (Month(2011, 5), None, Decimal(1)),
            (Month(2011, 6), None, Decimal(2)),
            (Month(2011, 7), None, Decimal(4)),
        ]
        later = replace(span, since=middle)
        restated, changed = await scene.vintages.changes(later, None, 10)
        assert (changed.unit, changed.old, changed.new) == (TOWN, Decimal(3), Decimal(4))
        assert (restated.old, restated.old_status) == (Decimal(1), ValueStatus.COUNTED)
        assert (restated.new, restated.new_status) == (Decimal(1), ValueStatus.IMPUTED)
        assert await scene.vintages.changes(span, news[0].place, 1) == news[1:2]
        assert await scene.vintages.changes(replace(span, units=[OTHER]), None, 10) == []
        assert await scene.vintages.changes(replace(span, variables=[VariableCode("x")]), None, 10) == []


async def test_the_mark_moves_with_every_delivery(opening: Opening) -> None:
    async with opening.begin() as scene:
        before = await scene.vintages.mark()
    await opening.record("2011-08", "1")
    async with opening.begin() as scene:
        assert await scene.vintages.mark() != before


async def test_a_release_is_kept_once_and_read_back_whole(opening: Opening) -> None:
    first, second = a_release("a"), a_release("b", replaces=("a",), reason="Korrektur")
    async with opening.begin() as scene:
        await scene.releases.settle()
        for release in (first, second):
            await scene.releases.add(release)
        with pytest.raises(ReleaseExists):
            await scene.releases.add(first)
    async with opening.begin() as scene:
        assert await scene.releases.get("b") == second
        assert list(await scene.releases.all()) == [first, second]
        with pytest.raises(UnknownRelease):
            await scene.releases.get("c")
