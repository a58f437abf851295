"""While the database is away a service says so, and goes on as soon as it is back."""

import asyncio
import importlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator

import asyncpg
import httpx
import pytest
from chassis.database import Database
from fastapi import FastAPI
from support import databases
from support.apps import SERVICES, settings_of
from support.stalling import Sent, behind
from support.tokens import bearer

NOBODY_LISTENS = "postgresql://postgres@127.0.0.1:1/zielwerk"
ROUNDS, AT_ONCE = 15, 8
LONG = 30


def client_of(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://service", headers=bearer("auditor"))


def app_of(service: str, url: str) -> FastAPI:
    app: FastAPI = importlib.import_module(f"{service}.app").create_app(settings_of(service, url))
    return app


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_without_its_database_says_when_to_come_again(service: str) -> None:
    async with client_of(app_of(service, NOBODY_LISTENS)) as http:
        answer = await http.get("/v1/events", headers=bearer("service") | {"accept-language": "de"})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        problem = answer.json()
        assert problem["type"].endswith("database-away")
        assert problem["title"] == "Die Datenbank antwortet nicht; von der Anfrage wurde nichts gespeichert."
        assert (await http.get("/readyz")).json()["status"] == "waiting"
        assert (await http.get("/healthz")).status_code == 200


@pytest.fixture(scope="module")
def template() -> str:
    return databases.template("agreements")


@pytest.fixture
async def url(template: str) -> AsyncIterator[str]:
    made = await databases.fresh(template)
    yield made
    await databases.drop(made)


async def test_requests_whose_connection_is_cut_are_told_so_and_the_next_ones_are_served(url: str) -> None:
    app, seen = app_of("agreements", url), Counter[int]()
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> $1"
    operator = await asyncpg.connect(url)
    async with client_of(app) as http:
        for _ in range(ROUNDS):
            asking = [asyncio.create_task(http.get("/v1/units")) for _ in range(AT_ONCE)]
            await asyncio.sleep(0)
            await operator.execute(cut, operator.get_server_pid())
            seen.update([(await one).status_code for one in asking])
        assert (await http.get("/v1/units")).status_code == 200
    assert set(seen) <= {200, 503}
    await operator.close()
    await app.state.database.close()


def rows(sent: Sent) -> Iterator[tuple[int]]:
    while True:
        sent.pieces += 1
        yield (sent.pieces,)


async def test_who_sends_more_rows_than_the_database_takes_is_told_when_the_connection_is_cut(url: str) -> None:
    database, other, sent = Database(url), await asyncpg.connect(url), Sent()
    await other.execute("CREATE TABLE numbers (number int PRIMARY KEY)")
    async with database.engine.connect() as connection, other.transaction():
        driver = (await connection.get_raw_connection()).driver_connection
        assert isinstance(driver, asyncpg.Connection)
        await other.execute("INSERT INTO numbers VALUES (1)")
        sending = asyncio.create_task(driver.executemany("INSERT INTO numbers VALUES ($1)", rows(sent)))
        await asyncio.wait_for(behind(other, driver.get_server_pid(), sent), LONG)
        await other.execute("SELECT pg_terminate_backend($1)", driver.get_server_pid())
        assert await asyncio.wait([sending], timeout=LONG) == ({sending}, set())
        with pytest.raises(asyncpg.ConnectionDoesNotExistError):
            await sending
    await other.close()
    await database.close()
