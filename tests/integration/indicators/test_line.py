"""Deliveries that wait: taken over from whoever left them behind, done once, tried again where they came to nothing."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from chassis.clock import new_id, now
from domain.delivery import Delivery, DeliveryStatus
from domain.identity import DeliveryId
from indicators.ports import Ports
from indicators.ports.delivered import Job
from indicators.usecases import delivering, uploading
from indicators.usecases.arriving import once
from indicators.usecases.errors import FileGone
from indicators.usecases.forgetting import UNCLAIMED, forget_files
from indicators.usecases.working_off import resume, work_off
from support.apps import Stack
from support.in_line import put_in_line, sender_for
from support.tokens import bearer

TOWN, SENDER = "05158004", "fachverfahren"
CALLER = sender_for(TOWN, SENDER)
NOW = datetime(2015, 1, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def ports(stack: Stack, http: httpx.AsyncClient) -> Ports:  # noqa: ARG001  the units are there
    found: Ports = stack.indicators.state.ports
    return found


def file(month: str) -> bytes:
    return f"unit,variable,month,value\n{TOWN},ltr_stock,{month},5\n".encode()


async def waiting(ports: Ports, month: str) -> Job:
    return await put_in_line(ports, CALLER, file(month), NOW)


async def kept(http: httpx.AsyncClient, month: str) -> list[dict[str, Any]]:
    asked = {"unit": TOWN, "variable": "ltr_stock", "from": month, "to": month, "include_history": "true"}
    items: list[dict[str, Any]] = (await http.get("/v1/observations", params=asked, headers=bearer("auditor"))).json()[
        "items"
    ]
    return items


async def outcome(ports: Ports, job: Job) -> Delivery:
    for _ in range(100):
        delivery = await delivering.one(ports, CALLER, job.id)
        if delivery.status is not DeliveryStatus.RECEIVED:
            return delivery
        await asyncio.sleep(0.05)
    return delivery


async def sent(http: httpx.AsyncClient, content: bytes) -> httpx.Response:
    headers = {**bearer("uploader", units=(TOWN,), subject=SENDER), "Content-Type": "text/csv"}
    return await http.post("/v1/deliveries", content=content, headers=headers)


async def test_what_a_process_left_behind_is_taken_over(http: httpx.AsyncClient, ports: Ports) -> None:
    job = await waiting(ports, "2008-01")
    await resume(ports)
    assert (await outcome(ports, job)).status is DeliveryStatus.ACCEPTED
    assert len(await kept(http, "2008-01")) == 1


async def test_two_processes_that_take_it_over_at_once_do_it_once(http: httpx.AsyncClient, ports: Ports) -> None:
    job = await waiting(ports, "2008-02")
    await asyncio.gather(*(work_off(ports, job) for _ in range(3)))
    assert (await outcome(ports, job)).status is DeliveryStatus.ACCEPTED
    assert len(await kept(http, "2008-02")) == 1


async def test_the_same_bytes_after_a_cancelled_delivery_are_taken(http: httpx.AsyncClient, ports: Ports) -> None:
    job = await waiting(ports, "2008-03")
    assert (await delivering.cancel(ports, CALLER, job.id)).status is DeliveryStatus.CANCELLED
    await work_off(ports, job)
    assert await kept(http, "2008-03") == []
    again = await sent(http, file("2008-03"))
    assert (again.status_code, again.json()["status"]) == (202, "accepted")


async def test_the_same_bytes_while_they_still_wait_are_one_delivery(http: httpx.AsyncClient, ports: Ports) -> None:
    job = await waiting(ports, "2008-04")
    again = await sent(http, file("2008-04"))
    assert (again.status_code, again.json()["id"], again.json()["status"]) == (200, str(job.id), "received")
    await work_off(ports, job)


async def test_a_file_that_failed_is_read_again_when_it_comes_again(http: httpx.AsyncClient) -> None:
    first, again = [await sent(http, b"unit,month\n1,2\n") for _ in range(2)]
    assert (first.status_code, again.status_code) == (422, 422)


async def test_a_later_file_waits_for_an_earlier_one_that_a_process_left_behind(
    http: httpx.AsyncClient, ports: Ports
) -> None:
    earlier, corrected = await waiting(ports, "2008-05"), file("2008-05").replace(b",5\n", b",6\n")
    later = asyncio.create_task(sent(http, corrected))
    await asyncio.sleep(0.3)
    assert [one["value"] for one in await kept(http, "2008-05")] == []
    await resume(ports)
    assert (await later).json()["status"] == "accepted"
    assert (await outcome(ports, earlier)).status is DeliveryStatus.ACCEPTED
    assert [one["value"] for one in await kept(http, "2008-05")] == ["5", "6"]


async def test_a_cancelled_delivery_that_a_process_left_behind_is_taken_out_of_the_line(ports: Ports) -> None:
    job = await waiting(ports, "2008-06")
    await delivering.cancel(ports, CALLER, job.id)
    await resume(ports)
    await ports.line.quiet(10)
    async with ports.begin() as work:
        assert job not in await work.jobs.waiting(100)
    with pytest.raises(FileGone):
        ports.spool.path(job.id)


async def test_files_that_nobody_needs_are_forgotten_and_others_stay(http: httpx.AsyncClient, ports: Ports) -> None:
    job, orphan, upload = await waiting(ports, "2008-07"), DeliveryId(new_id()), DeliveryId(new_id())
    await ports.spool.keep(orphan, once(b"broken off"))
    sender = {**bearer("uploader", units=(TOWN,), subject=SENDER), "Content-Type": "text/csv"}
    doubtful = await http.post("/v1/deliveries", content=file("2008-08") + b"nowhere,,,\n", headers=sender)
    await uploading.begin(ports, CALLER, upload, (9, {}), now())
    await ports.spool.extend(upload, 0, once(b"unit"), 9)
    await forget_files(ports, now())
    assert len(ports.spool.path(orphan).read_bytes()) == 10
    await forget_files(ports, now() + 2 * UNCLAIMED)
    for id in (job.id, upload, DeliveryId(UUID(doubtful.json()["id"]))):
        assert ports.spool.path(id).exists()
    with pytest.raises(FileGone):
        ports.spool.path(orphan)
    await work_off(ports, job)
