"""Official tables that wait to be compared: done once, whoever takes them over, and what fails only then."""

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest
from chassis.caller import Role
from domain.reconciliation import ReconciliationStatus
from indicators.ports import Ports
from indicators.ports.reconciled import Comparison
from indicators.usecases.errors import FileGone
from indicators.usecases.reconciliations import receiving
from indicators.usecases.reconciliations.comparing import compare, resume
from support.apps import Stack
from support.comparing import CALLER, SENDER, STOCK, a_table, outcome, table, waiting
from support.standing_scene import CSV, OPERATOR, OTHER, TOWN, deliver, items
from support.tokens import bearer

MOST = 1000


@pytest.fixture(scope="module")
async def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    for unit in (TOWN, OTHER):
        await deliver(http, "2010-01", "5", unit=unit)
    return http


@pytest.fixture(scope="module")
def ports(stack: Stack, http: httpx.AsyncClient) -> Ports:  # noqa: ARG001  the units are there
    found: Ports = stack.indicators.state.ports
    return found


async def made(http: httpx.AsyncClient, job: Comparison) -> int:
    """Count how often it was told that a run was made."""
    told = await http.get("/v1/events", params={"limit": "1000"}, headers=bearer("auditor"))
    return sum(event["subject"] == str(job.id) for event in told.json()["items"])


async def differences(http: httpx.AsyncClient, job: Comparison) -> list[dict[str, Any]]:
    return await items(http, f"/v1/reconciliations/{job.id}/differences", OPERATOR)


async def test_what_a_process_left_behind_is_taken_over(http: httpx.AsyncClient, ports: Ports) -> None:
    job = await waiting(ports, a_table(1))
    await resume(ports)
    run = await outcome(ports, job)
    assert (run.status, run.asked, run.compared) == (ReconciliationStatus.COMPARED, 1, 1)
    assert (len(await differences(http, job)), await made(http, job)) == (1, 1)
    async with ports.begin() as work:
        assert job not in await work.comparisons.waiting(100)
    with pytest.raises(FileGone):
        ports.spool.path(job.id)


async def test_a_process_that_dies_in_the_middle_leaves_nothing_that_counts_twice(
    http: httpx.AsyncClient, ports: Ports
) -> None:
    job, reached = await waiting(ports, a_table(2)), asyncio.Event()

    async def telling(seconds: float) -> None:  # noqa: ARG001  deliveries would be let first here
        reached.set()
        await asyncio.Event().wait()

    class Stuck:
        """A line in which deliveries never end, so that a comparison stops before its first tile."""

        quiet = staticmethod(telling)

    dying = asyncio.create_task(compare(replace(ports, line=Stuck()), job, MOST))  # type: ignore[arg-type]  # it is asked for nothing else
    await reached.wait()
    assert (await receiving.sent(ports, job)).status is ReconciliationStatus.COMPARING
    async with ports.begin() as work:
        assert job not in await work.comparisons.waiting(100)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    await resume(ports)
    assert (await outcome(ports, job)).status is ReconciliationStatus.COMPARED
    assert (len(await differences(http, job)), await made(http, job)) == (1, 1)


async def test_two_processes_that_take_it_over_at_once_do_it_once(http: httpx.AsyncClient, ports: Ports) -> None:
    job = await waiting(ports, a_table(3))
    assert await asyncio.gather(*(compare(ports, job, MOST) for _ in range(3))) == [None, None, None]
    assert (len(await differences(http, job)), await made(http, job)) == (1, 1)


async def test_the_same_table_at_once_is_one_run_whoever_answers(http: httpx.AsyncClient) -> None:
    async def send() -> httpx.Response:
        return await http.post("/v1/reconciliations", content=a_table(4), headers={**SENDER, **CSV})

    answers = await asyncio.gather(*(send() for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 200, 202]
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_a_table_that_waits_is_known_and_will_be_held_against_what_came_since(
    http: httpx.AsyncClient, ports: Ports
) -> None:
    job = await waiting(ports, a_table(5))
    before = (await receiving.sent(ports, job)).state
    await deliver(http, "2010-02", "1")
    again = await http.post("/v1/reconciliations", content=a_table(5), headers={**SENDER, **CSV})
    assert (again.status_code, again.json()["id"], again.json()["status"]) == (200, str(job.id), "received")
    await resume(ports)
    run = await outcome(ports, job)
    assert run.state != before
    known = await http.post("/v1/reconciliations", content=a_table(5), headers={**SENDER, **CSV})
    assert (known.status_code, known.json()["state"]) == (200, run.state)


async def test_what_the_sender_saw_decides_also_when_somebody_else_compares(
    http: httpx.AsyncClient, ports: Ports
) -> None:
    both = table(*(f"{unit},{STOCK},2010-01,month,7" for unit in (TOWN, OTHER)))
    narrow = await waiting(ports, both)
    wide = await waiting(ports, both, replace(CALLER, units=frozenset({TOWN, OTHER})))
    assert narrow.allowed is not None
    assert wide.allowed == narrow.allowed | {OTHER}
    await resume(ports)
    assert ((await outcome(ports, narrow)).rejected, (await outcome(ports, wide)).rejected) == (1, 0)
    assert [found["ours"] for found in await differences(http, narrow)] == ["5"]
    assert [found["ours"] for found in await differences(http, wide)] == ["5", "5"]


async def test_who_does_not_wait_follows_a_run_to_its_outcome(http: httpx.AsyncClient) -> None:
    sent = await http.post("/v1/reconciliations", content=a_table(6), headers={**SENDER, **CSV, "Prefer": "wait=0"})
    assert (sent.status_code, sent.json()["status"]) in {(202, "received"), (202, "comparing"), (202, "compared")}
    async with http.stream("GET", f"{sent.headers['location']}/events", headers=SENDER) as events:
        lines = [line async for line in events.aiter_lines() if line.startswith("event: ")]
    assert lines[-1] == "event: compared"
    done = await http.get(sent.headers["location"], headers=SENDER)
    assert done.json()["progress"] == {"compared": 1, "asked": 1}
    unchanged = {**SENDER, "If-None-Match": done.headers["etag"]}
    assert (await http.get(sent.headers["location"], headers=unchanged)).status_code == 304


async def test_an_open_run_is_seen_by_its_senders_units_and_by_whoever_sees_everything(
    http: httpx.AsyncClient, ports: Ports
) -> None:
    own = await waiting(ports, a_table(7))
    everybodys = await waiting(ports, a_table(7), replace(CALLER, roles=frozenset({Role.OPERATOR}), units=frozenset()))
    stranger = bearer("controller", units=(OTHER,), subject="fremd")
    for job, seen in ((own, (200, 404, 200)), (everybodys, (404, 404, 200))):
        answers = [await http.get(f"/v1/reconciliations/{job.id}", headers=who) for who in (SENDER, stranger, OPERATOR)]
        assert tuple(answer.status_code for answer in answers) == seen
    await resume(ports)
    assert (await outcome(ports, everybodys)).status is ReconciliationStatus.COMPARED
    assert (await http.get(f"/v1/reconciliations/{everybodys.id}", headers=SENDER)).status_code == 200
