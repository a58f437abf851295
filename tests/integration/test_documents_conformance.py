"""Values that are kept whole behave alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from agreements.ports import Documents, Filed
from agreements.usecases.errors import AlreadyFiled, StaleDocument, UnknownDocument
from chassis.clock import new_id
from domain.body import Body, BodyKind, Seat
from domain.identity import UnitCode
from support.agreements_twins import RememberedDocuments
from support.conformance import Begin as Opening
from support.conformance import remembered, stored

Begin = Opening[Documents[Body]]
ASSEMBLY = Body(
    code="assembly",
    name="Trägerversammlung",
    kind=BodyKind.CARRIER_ASSEMBLY,
    unit=UnitCode("36402"),
    source="§ 44c SGB II",
    seats=(Seat(unit=UnitCode("05158"), members=3), Seat(unit=UnitCode("AA-METTMANN"), members=3)),
)


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("agreements")


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, template: str) -> AsyncIterator[Begin]:
    if request.param == "remembered":
        yield remembered(RememberedDocuments("Body", "code"))
        return
    async with stored(template, lambda work: work.bodies) as opened:
        yield opened


async def kept(begin: Begin, code: str = "assembly") -> Filed[Body]:
    filed = Filed(id=new_id(), version=1, value=replace(ASSEMBLY, code=code))
    async with begin() as bodies:
        await bodies.add(filed)
    return filed


async def test_what_is_kept_is_read_back_as_it_was(begin: Begin) -> None:
    filed = await kept(begin)
    async with begin() as bodies:
        assert await bodies.get(filed.id) == filed
        assert await bodies.locked(filed.id) == filed


async def test_what_is_not_there_is_unknown(begin: Begin) -> None:
    async with begin() as bodies:
        with pytest.raises(UnknownDocument):
            await bodies.get(new_id())


async def test_a_business_key_is_taken_once_and_the_transaction_goes_on(begin: Begin) -> None:
    filed = await kept(begin)
    async with begin() as bodies:
        with pytest.raises(AlreadyFiled):
            await bodies.add(replace(filed, id=new_id()))
        assert await bodies.matching({}) == [filed]


async def test_the_second_of_two_writers_is_told_it_is_stale(begin: Begin) -> None:
    filed = await kept(begin)
    changed = filed.changed_to(replace(ASSEMBLY, name="Versammlung"))
    async with begin() as bodies:
        await bodies.update(changed)
    async with begin() as bodies:
        with pytest.raises(StaleDocument):
            await bodies.update(changed)
        assert (await bodies.get(filed.id)).value.name == "Versammlung"


async def test_a_list_is_narrowed_by_keys_and_cut_into_pages_in_the_order_of_ids(begin: Begin) -> None:
    filed = [await kept(begin, code) for code in ("a", "b", "c")]
    async with begin() as bodies:
        assert await bodies.matching({"code": ["b", "c"], "unit": []}) == filed[1:]
        assert await bodies.matching({"unit": ["36402"]}, limit=2) == filed[:2]
        assert await bodies.matching({}, after=filed[1].id, limit=5) == filed[2:]
        assert await bodies.matching({"unit": ["elsewhere"]}) == []
