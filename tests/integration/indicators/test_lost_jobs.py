"""Two processes at one delivery: who could not read its file says so only where nobody has taken it over."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import polars as pl
import pytest
from domain.delivery import DeliveryStatus
from domain.identity import UnitCode
from domain.profile import MappingProfile
from domain.unit import Unit, UnitKind, Units
from indicators.ports import Ports, VariableVersion, Work
from indicators.ports.delivered import Job, Shape
from indicators.usecases import delivering
from indicators.usecases.errors import FileBroken, FileGone
from indicators.usecases.line import Line, Outcome
from indicators.usecases.working_off import work_off
from support.apps import Stack
from support.duty_twins import receiving_anything
from support.in_line import put_in_line, sender_for
from support.remembering import remembered_ports, remembered_work
from support.shipped import SHIPPED

TOWN, SENDER = UnitCode("05158004"), "fachverfahren"
CALLER = sender_for(TOWN, SENDER)
NOW, A_MOMENT = datetime(2015, 1, 5, tzinfo=UTC), 0.5


@dataclass
class Failing:
    """A process that cannot read its file, and waits before it says so until it is told to."""

    ports: Ports
    failed: bool = False
    about_to_say: asyncio.Event = field(default_factory=asyncio.Event)
    told: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def process(self) -> Ports:
        """Give its ports."""
        return replace(self.ports, begin=self.begin, read=self.read)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        if self.failed:
            self.about_to_say.set()
            await self.told.wait()
        async with self.ports.begin() as work:
            yield work

    def read(self, path: Path, media_type: str, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:  # noqa: ARG002  nothing can be read
        self.failed = True
        raise FileBroken(expected="CSV", why="the disk does not answer")


@dataclass
class Slow:
    """A process that takes its time at its file."""

    ports: Ports
    reading: threading.Event = field(default_factory=threading.Event)

    @property
    def process(self) -> Ports:
        """Give its ports."""
        return replace(self.ports, read=self.read)

    def read(self, path: Path, media_type: str, shape: Shape, profile: MappingProfile) -> Iterator[pl.DataFrame]:
        self.reading.set()
        time.sleep(A_MOMENT)
        return self.ports.read(path, media_type, shape, profile)


async def without_a_database() -> Ports:
    """Give twins that know one town and the catalogue that ships."""
    work = replace(remembered_work(), received=receiving_anything())
    for variable in SHIPPED:
        await work.catalogue.put_variable(VariableVersion(version=1, at=NOW, by="x", variable=variable))
    town = Unit(code=TOWN, name="Erkrath", kind=UnitKind.CITY, ags=TOWN)
    own = remembered_ports(work, Units.of([town], []), date(2015, 1, 5))
    return replace(own, scrutiny=Line(doubts_nothing))


async def doubts_nothing(job: Job) -> None:
    """Let what is kept be as doubtful as it may."""


@pytest.fixture
def stored(stack: Stack, http: httpx.AsyncClient) -> Ports:  # noqa: ARG001  the units are there
    own: Ports = stack.indicators.state.ports
    return replace(own, scrutiny=Line(doubts_nothing))


@pytest.fixture(params=["remembered", "stored"])
async def ports(request: pytest.FixtureRequest, stored: Ports) -> Ports:
    return stored if request.param == "stored" else await without_a_database()


async def waiting(ports: Ports, month: str) -> Job:
    """Put a delivery in line of which one row is good and one is not."""
    content = f"unit,variable,month,value\n{TOWN},ltr_stock,{month},5\n{TOWN},ltr_inflow,{month},five\n"
    return await put_in_line(ports, CALLER, content.encode(), NOW)


async def fails(ports: Ports, job: Job) -> tuple[Failing, "asyncio.Task[Outcome]"]:
    """Let a process fail at a file that has not said so yet."""
    failing = Failing(ports)
    task = asyncio.create_task(work_off(failing.process, job))
    await failing.about_to_say.wait()
    return failing, task


async def must_be_kept(ports: Ports, job: Job) -> None:
    kept = await delivering.one(ports, CALLER, job.id)
    assert (kept.status, kept.fault, kept.counts.accepted) == (DeliveryStatus.PARTIALLY_ACCEPTED, None, 1)
    assert ports.spool.path(job.id).exists()  # to be returned with its finding


async def test_who_failed_at_what_another_process_has_kept_changes_nothing(ports: Ports) -> None:
    job = await waiting(ports, "2009-01")
    failing, loser = await fails(ports, job)
    assert await work_off(ports, job) is None
    failing.told.set()
    assert await loser is None
    await must_be_kept(ports, job)


async def test_who_failed_waits_for_who_is_at_it_and_changes_nothing(stored: Ports) -> None:
    job, slow = await waiting(stored, "2009-02"), Slow(stored)
    failing, loser = await fails(stored, job)
    winner = asyncio.create_task(work_off(slow.process, job))
    await asyncio.to_thread(slow.reading.wait)
    failing.told.set()
    assert set(await asyncio.gather(loser, winner)) == {None}
    await must_be_kept(stored, job)


async def test_who_failed_where_nobody_has_taken_over_says_so(ports: Ports) -> None:
    job = await waiting(ports, "2009-03")
    failing, alone = await fails(ports, job)
    failing.told.set()
    assert isinstance(await alone, FileBroken)
    kept = await delivering.one(ports, CALLER, job.id)
    assert (kept.status, kept.fault and kept.fault.problem) == (DeliveryStatus.FAILED, "file-broken")
    with pytest.raises(FileGone):
        ports.spool.path(job.id)
    assert await work_off(ports, job) is None


async def test_nobody_counts_an_attempt_while_another_process_is_at_it(stored: Ports) -> None:
    job = await waiting(stored, "2009-05")
    async with stored.begin() as between:  # as if a first process had counted its attempt and held nothing yet
        await between.jobs.alone(job.number)
        second = asyncio.create_task(work_off(stored, job))
        await asyncio.wait([second], timeout=A_MOMENT)
        assert not second.done()
        async with stored.begin() as other:
            assert await other.jobs.attempted(job.number) == 1
    assert await second is None
    await must_be_kept(stored, job)
