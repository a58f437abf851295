"""Uploads, mapping profiles and gates behave alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from chassis.clock import new_id, now
from domain.gate import OPEN_GATES, ClosedMonth, Gates, LatePermit, Responsibility
from domain.identity import DeliveryId, VariableCode
from domain.period import Month
from domain.profile import MappingProfile, MonthForm, UnknownProfile
from indicators.ports import Profiles, Work
from indicators.ports.catalogue import StoredGates
from indicators.ports.uploaded import Upload, Uploads
from indicators.usecases.upload_errors import UnknownUpload
from support.arrival_twins import RememberedGates, RememberedProfiles, RememberedUploads
from support.conformance import Begin, remembered, stored_figures
from support.measuring import TOWN_A, TOWN_B

SENDER, JANUARY, FEBRUARY = "fachverfahren", Month(2014, 1), Month(2014, 2)
OPTIONS = {"media_type": "text/csv", "filename": "März.csv"}


@dataclass(frozen=True)
class Scene:
    """The ports in one transaction."""

    uploads: Uploads
    profiles: Profiles
    gates: StoredGates


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, templates: dict[str, str]) -> AsyncIterator[Begin[Scene]]:
    async with stored_figures(templates["indicators"], scene_of) as opened:
        async with opened() as scene:
            shipped = await scene.profiles.newest()
        twins = Scene(RememberedUploads(now), RememberedProfiles(shipped), RememberedGates())
        yield remembered(twins) if request.param == "remembered" else opened


def scene_of(work: Work) -> Scene:
    return Scene(work.uploads, work.profiles, work.gates)


def an_upload(hours: int = 1) -> Upload:
    expires = now() + timedelta(hours=hours)
    return Upload(id=DeliveryId(new_id()), sender=SENDER, length=9_000_000_000, options=OPTIONS, expires_at=expires)


async def test_an_upload_is_read_back_by_its_sender_alone(begin: Begin[Scene]) -> None:
    upload, old = an_upload(), an_upload(hours=-1)
    async with begin() as scene:
        for one in (upload, old):
            await scene.uploads.add(one)
    async with begin() as scene:
        assert await scene.uploads.get(upload.id, SENDER) == upload
        for id, sender in ((upload.id, "jemand anderes"), (old.id, SENDER), (DeliveryId(new_id()), SENDER)):
            with pytest.raises(UnknownUpload):
                await scene.uploads.get(id, sender)


async def test_an_upload_becomes_a_delivery_or_is_dropped(begin: Begin[Scene]) -> None:
    whole, dropped, coming, delivery = an_upload(), an_upload(), an_upload(), DeliveryId(new_id())
    async with begin() as scene:
        for one in (whole, dropped, coming):
            await scene.uploads.add(one)
    async with begin() as scene:
        await scene.uploads.became(whole.id, delivery)
        for id in (dropped.id, dropped.id):
            await scene.uploads.drop(id)
        await scene.uploads.became(dropped.id, delivery)
    async with begin() as scene:
        assert await scene.uploads.coming([whole.id, coming.id, dropped.id]) == {coming.id}
        assert await scene.uploads.get(whole.id, SENDER) == replace(whole, delivery=delivery)
        with pytest.raises(UnknownUpload):
            await scene.uploads.get(dropped.id, SENDER)


async def test_of_uploads_that_expired_those_are_named_that_became_nothing(begin: Begin[Scene]) -> None:
    open_still, expired, became = an_upload(hours=2), an_upload(), an_upload()
    async with begin() as scene:
        for one in (open_still, expired, became):
            await scene.uploads.add(one)
        await scene.uploads.became(became.id, became.id)
    async with begin() as scene:
        assert list(await scene.uploads.expired(expired.expires_at - timedelta(seconds=1))) == []
        assert list(await scene.uploads.expired(became.expires_at)) == [expired.id]
    async with begin() as scene:
        assert list(await scene.uploads.expired(became.expires_at)) == []
        assert await scene.uploads.get(open_still.id, SENDER) == open_still


async def test_every_version_of_a_profile_stays_and_the_newest_counts(begin: Begin[Scene]) -> None:
    first = MappingProfile(
        code="zz-hagen",
        version=1,
        title="Stadt Hagen",
        columns={"Ort": "unit"},
        translations={"variable": {"eLb": "elb_stock"}},
        months=MonthForm.SLASH,
        senders=frozenset({SENDER}),
    )
    second = replace(first, version=2, decimal=",")
    async with begin() as scene:
        shipped = list(await scene.profiles.newest())
        assert await scene.profiles.next_version(first.code) == 1
        with pytest.raises(UnknownProfile):
            await scene.profiles.get(first.code)
        await scene.profiles.add(first)
        assert await scene.profiles.next_version(first.code) == 2
        await scene.profiles.add(second)
    async with begin() as scene:
        assert await scene.profiles.get(first.code) == second
        assert [await scene.profiles.version(first.code, number) for number in (1, 2, 3)] == [first, second, None]
        assert list(await scene.profiles.newest()) == [*shipped, second]


async def test_responsibilities_take_the_place_of_those_of_the_same_unit_variable_sender_and_start(
    begin: Begin[Scene],
) -> None:
    whole = Responsibility(unit=TOWN_A, sender=SENDER, first=JANUARY)
    part = replace(whole, variable=VariableCode("elb_stock"), sender="agentur")
    other = replace(whole, unit=TOWN_B, until=FEBRUARY)
    async with begin() as scene:
        await scene.gates.put_responsibilities([other, part, whole])
    async with begin() as scene:
        assert (await scene.gates.all()).responsibilities == (whole, part, other)
        until = replace(whole, until=FEBRUARY)
        await scene.gates.put_responsibilities([until, replace(whole, first=FEBRUARY)])
    async with begin() as scene:
        kept = (await scene.gates.all()).responsibilities
        assert kept == (until, replace(whole, first=FEBRUARY), part, other)


async def test_months_are_closed_once_and_permits_replaced(begin: Begin[Scene]) -> None:
    closed = [ClosedMonth(unit=TOWN_B, month=JANUARY), ClosedMonth(unit=TOWN_A, month=JANUARY)]
    late = LatePermit(unit=TOWN_A, month=JANUARY, sender=SENDER, until=date(2014, 3, 1), reason="Nachmeldung")
    later = replace(late, until=date(2014, 4, 1), reason="Softwareumstellung")
    async with begin() as scene:
        for permit in (replace(late, unit=TOWN_B), late, later):
            await scene.gates.permit(permit)
        for months in (closed, closed[:1]):
            await scene.gates.close(months)
    async with begin() as scene:
        gates = await scene.gates.all()
        assert gates.closed == {(TOWN_A, JANUARY), (TOWN_B, JANUARY)}
        assert gates.permits == (later, replace(late, unit=TOWN_B))
        own = await scene.gates.all([TOWN_B])
        assert own == Gates(closed=frozenset({(TOWN_B, JANUARY)}), permits=gates.permits[1:])
        assert await scene.gates.all([]) == OPEN_GATES
