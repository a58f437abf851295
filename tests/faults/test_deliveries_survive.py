"""Deliveries survive `kill -9` of the service and of PostgreSQL at any moment: nothing lost, nothing doubled."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from random import Random

import httpx
import pytest
from domain.period import Month
from support.house import House, house
from support.storm import Sender, large, must_be_whole, must_leave_no_file, settled, small
from support.units import all_units

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "1"))
"""How many storms each fault strikes; `make faults` has many, with files of 226,000 rows."""
SENDERS, MONTHS = 4, 5 if ROUNDS == 1 else 20
JOBCENTERS = [unit["code"] for unit in all_units() if unit["kind"].startswith("jobcenter")]
EARLIEST = Month(1990, 1)
Fault = Callable[[House, Random], Awaitable[None]]


@pytest.fixture(scope="module")
async def burning() -> AsyncIterator[House]:
    with house() as made:
        await made.build()
        yield made


@pytest.fixture(scope="module")
def senders() -> list[Sender]:
    """Remember everybody who ever sent."""
    return []


async def a_process_dies_and_comes_back(burning: House, draw: Random) -> None:
    door = draw.choice(burning.doors)
    burning.kill(door)
    burning.start(door)


async def connections_are_cut(burning: House, _: Random) -> None:
    await burning.cut_off()


async def the_database_dies_and_comes_back(burning: House, _: Random) -> None:
    await burning.kill_database()


FAULTS: dict[str, Fault] = {
    "process": a_process_dies_and_comes_back,
    "connections": connections_are_cut,
    "database": the_database_dies_and_comes_back,
}


@pytest.mark.parametrize("seed", range(ROUNDS))
@pytest.mark.parametrize("fault", FAULTS)
async def test_what_is_acknowledged_is_kept_once_whatever_dies(
    burning: House, senders: list[Sender], fault: str, seed: int
) -> None:
    number = len(senders) // (SENDERS + 1)
    draw = Random(f"{fault} {seed}")
    units = JOBCENTERS[number * SENDERS : (number + 1) * SENDERS]
    storm = [*(small(unit, draw) for unit in units), large(JOBCENTERS, a_time_for(number), MONTHS, draw)]
    senders += storm
    async with httpx.AsyncClient(timeout=60) as client, asyncio.TaskGroup() as together:
        for sender in storm:
            together.create_task(sender.send(burning, client, draw))
        for _ in range(2):
            await asyncio.sleep(draw.uniform(0.1, 2))
            await FAULTS[fault](burning, draw)
    await burning.ready(*burning.doors)
    await settled(burning)
    await must_be_whole(burning, senders)
    await must_leave_no_file(burning)


def a_time_for(number: int) -> Month:
    """Give each storm months of its own, up to nine rounds of three."""
    return EARLIEST.plus(number * MONTHS)
