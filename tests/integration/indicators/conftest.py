"""Fixtures of the tests of the indicators service."""

from collections.abc import AsyncIterator

import httpx
import pytest
from support.apps import Stack
from support.explaining import grouped


@pytest.fixture(scope="module")
async def http(stack: Stack, http: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:  # noqa: ARG001  units are there
    """Give a client to indicators, beside agreements that know the units of the demonstration."""
    async with stack.client("indicators") as client:
        yield client


@pytest.fixture(scope="module")
async def groups(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client to indicators that knows comparison groups and nearest neighbours."""
    async with grouped(stack) as client:
        yield client
