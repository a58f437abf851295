"""Real PostgreSQL for tests: TEST_POSTGRES_URL, else the embedded wheel, else a container."""

import asyncio
import os
import tempfile
from functools import cache
from pathlib import Path

import asyncpg
from chassis.clock import new_id
from chassis.database import Database
from chassis.development.embedded import ensure_database
from chassis.migrations import migrate


@cache
def server() -> str:
    """Give the URL of a running server, ending in /postgres."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        return given
    if os.environ.get("TEST_CONTAINERS"):
        return _container()
    from chassis.development.embedded import start  # noqa: PLC0415  the wheel is not needed where a server is given

    return start(Path(tempfile.gettempdir()) / f"zielwerk-tests-{os.getuid()}")


@cache
def _container() -> str:
    from testcontainers.postgres import PostgresContainer  # noqa: PLC0415  needs a Docker engine

    container = PostgresContainer("postgres:18", driver=None).start()
    return str(container.get_connection_url()).rsplit("/", 1)[0] + "/postgres"


@cache
def template(service: str) -> str:
    """Migrate an empty database once per process and service; others are cloned from it."""
    name = f"template_{service}_{os.getpid()}"

    async def build() -> None:
        await _drop(name)
        database = Database(await ensure_database(server(), name))
        await migrate(database, service)
        await database.close()

    asyncio.run(build())
    return name


async def fresh(service_template: str) -> str:
    """Clone a template; give the clone's URL."""
    return await ensure_database(server(), f"{service_template}_{new_id().hex[-12:]}", template=service_template)


async def drop(url: str) -> None:
    """Drop a clone."""
    await _drop(url.partition("?")[0].rsplit("/", 1)[1])


async def _drop(name: str) -> None:
    connection = await asyncpg.connect(server())
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        await connection.close()
