"""Fixtures every test may ask for."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
from hypothesis import settings
from support import databases
from support.apps import SERVICES, Stack, joined
from support.tokens import bearer
from support.units import tree

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")  # no test asserts a time


@pytest.fixture(scope="session")
def template_of() -> Callable[[str], str]:
    """Give the migrated template database of a service."""
    return databases.template


@pytest.fixture(scope="module")
async def database_url() -> AsyncIterator[Callable[[str], Awaitable[str]]]:
    """Give a fresh database of a service, cloned from its template and dropped behind the module."""
    made: list[str] = []

    async def clone(template: str) -> str:
        made.append(await databases.fresh(template))
        return made[-1]

    yield clone
    for url in made:
        await databases.drop(url)


@pytest.fixture(scope="session")
def templates(template_of: Callable[[str], str]) -> dict[str, str]:
    return {service: template_of(service) for service in SERVICES}


@pytest.fixture(scope="module")
async def stack(templates: dict[str, str]) -> AsyncIterator[Stack]:
    made, urls = await joined(templates)
    yield made
    await made.close()
    for url in urls:
        await databases.drop(url)


@pytest.fixture(scope="module")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client to agreements, which knows the units of the demonstration."""
    async with stack.client("agreements") as client:
        sent = tree()
        assert (await client.post("/v1/units", json=sent, headers=bearer("operator"))).status_code == 200
        yield client
