"""The three services, joined in process."""

from collections.abc import AsyncIterator, Callable

import pytest
from support import databases
from support.apps import SERVICES, Stack, joined


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
