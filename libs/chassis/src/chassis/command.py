"""What a service can be told on the command line: serve, migrate, contract."""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable
from typing import TypeVar

import uvicorn
from fastapi import FastAPI

from chassis.database import Database
from chassis.migrations import migrate
from chassis.observe import configure_logs
from chassis.settings import ServiceSettings

S = TypeVar("S", bound=ServiceSettings)


def main(name: str, settings_of: Callable[..., S], create_app: Callable[[S], FastAPI]) -> None:
    """Do what the arguments ask; `contract` needs no environment and no database."""
    parser = argparse.ArgumentParser(prog=name)
    parser.add_argument("act", choices=["serve", "migrate", "contract"])
    act = parser.parse_args().act
    if act == "contract":
        contract = create_app(settings_of(environment="development", database_url="postgresql:///contract")).openapi()
        sys.stdout.write(json.dumps(contract, indent=2, ensure_ascii=False, sort_keys=True) + "\n")
        return
    configure_logs()
    settings = with_database(name, settings_of())
    if act == "migrate":
        asyncio.run(_migrate(name, settings))
    else:
        uvicorn.run(create_app(settings), host=settings.host, port=settings.port, log_config=None, access_log=False)


def with_database(name: str, settings: S) -> S:
    """Fall back to the embedded PostgreSQL where no database is named (development only)."""
    if settings.database_url is not None:
        return settings
    from chassis.development.embedded import ensure_database, start  # noqa: PLC0415  an optional extra, absent in production

    url = asyncio.run(ensure_database(start(settings.home), f"zielwerk_{name}"))
    return settings.model_copy(update={"database_url": url})


async def _migrate(name: str, settings: ServiceSettings) -> None:
    database = Database(str(settings.database_url))
    await migrate(database, name)
    await database.close()
