"""Official tables that cannot be compared: what shows at once, what shows on the way, and what is never changed."""

from dataclasses import replace

import httpx
import pytest
from chassis.clock import new_id, now
from domain.reconciliation import ReconciliationStatus
from indicators.ports import Ports
from indicators.usecases.arriving import once
from indicators.usecases.errors import FileGone, GivenUp
from indicators.usecases.forgetting import UNCLAIMED, forget_files
from indicators.usecases.reconciliations import receiving
from indicators.usecases.reconciliations.comparing import compare
from indicators.usecases.reconciliations.errors import TooMuchToCompare
from sqlalchemy.exc import DBAPIError
from support.apps import Stack
from support.comparing import SENDER, STOCK, a_table, table, waiting
from support.standing_scene import CSV, TOWN, deliver, items

MOST = 1000


@pytest.fixture(scope="module")
async def http(http: httpx.AsyncClient) -> httpx.AsyncClient:
    await deliver(http, "2010-01", "5")
    return http


@pytest.fixture(scope="module")
def ports(stack: Stack, http: httpx.AsyncClient) -> Ports:  # noqa: ARG001  the units are there
    found: Ports = stack.indicators.state.ports
    return found


async def test_what_shows_only_while_it_is_compared_is_kept_with_the_run(http: httpx.AsyncClient, ports: Ports) -> None:
    rows = [f"{TOWN},{STOCK},2010-01,month,1"] * 25_000
    cut_off = table(*rows, f'"{TOWN}' + "x" * 140_000)
    for content, most, problem in ((cut_off, 10**6, "file-broken"), (table(*rows), 24_000, "too-much-to-compare")):
        job = await waiting(ports, content)
        fault = await compare(ports, job, most)
        assert fault is not None
        told = (await http.get(f"/v1/reconciliations/{job.id}", headers={**SENDER, "Accept-Language": "de"})).json()
        assert (told["status"], told["problem"]["type"]) == ("failed", f"/problems/{problem}")
        assert told["problem"]["detail"].endswith((".", "senden", "Monat", ")"))
        for part in ("differences", "findings"):
            assert await items(http, f"/v1/reconciliations/{job.id}/{part}", SENDER) == []
        assert await compare(ports, job, most) is None


async def test_a_table_on_which_processes_die_again_and_again_is_given_up(ports: Ports) -> None:
    job = await waiting(ports, a_table(8))
    async with ports.begin() as work:
        for _ in range(3):
            await work.comparisons.attempted(job.id)
    assert isinstance(await compare(ports, job, MOST), GivenUp)
    run = await receiving.sent(ports, job)
    assert (run.status, run.fault is not None) == (ReconciliationStatus.FAILED, True)


async def test_a_table_that_failed_is_compared_when_it_comes_again(ports: Ports) -> None:
    content = table(*(f"{TOWN},{STOCK},2010-{month:02},month,1" for month in range(1, 13)))
    job = await waiting(ports, content)
    assert isinstance(await compare(ports, job, 3), TooMuchToCompare)
    again = await waiting(ports, content)
    assert await compare(ports, again, 12) is None
    assert again.id != job.id


async def test_an_outcome_is_never_changed(ports: Ports) -> None:
    job = await waiting(ports, a_table(9))
    await compare(ports, job, MOST)
    run = await receiving.sent(ports, job)
    for change in (replace(run, equal=7), replace(run, status=ReconciliationStatus.FAILED)):
        with pytest.raises(DBAPIError, match="never changed"):
            async with ports.begin() as work:
                await work.reconciliations.finish(change, frozenset())


async def test_the_file_of_a_run_that_waits_stays_and_an_orphan_goes(ports: Ports) -> None:
    job, orphan = await waiting(ports, a_table(10)), new_id()
    await ports.spool.keep(orphan, once(b"unit,indicator"))
    await forget_files(ports, now() + 2 * UNCLAIMED)
    assert ports.spool.path(job.id).exists()
    with pytest.raises(FileGone):
        ports.spool.path(orphan)
    await compare(ports, job, MOST)


async def test_a_table_larger_than_the_setting_is_not_taken_in(http: httpx.AsyncClient) -> None:
    rows = f"{TOWN},{STOCK},2010-01,month,{'1' * 18}\n".encode()
    answer = await http.post(
        "/v1/reconciliations", content=rows * (64_000_000 // len(rows) + 1), headers={**SENDER, **CSV}
    )
    assert answer.status_code == 413
