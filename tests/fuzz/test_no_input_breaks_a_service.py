"""Schema-driven fuzzing: whatever a client sends, no service answers with a failure of its own."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from support import databases
from support.apps import SERVICES, settings_of
from support.tokens import bearer

ROLES = ("operator", "unit_lead", "supervisor", "controller", "uploader")
UPSTREAM_MISSING = 503
"""One service alone is tried here; where it needs another it says so, and that is no failure of its own."""
SHORT = settings(
    max_examples=6,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


@schemathesis.serializer("application/pdf", "text/csv")
def as_it_is(_: schemathesis.SerializationContext, value: object) -> bytes:
    """Send a body of bytes or text as it was made up."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


@pytest.fixture(scope="module", params=SERVICES)
def app(request: pytest.FixtureRequest, template_of: Callable[[str], str]) -> Iterator[FastAPI]:
    service = str(request.param)
    url = asyncio.run(databases.fresh(template_of(service)))
    create = __import__(f"{service}.app", fromlist=["create_app"]).create_app
    yield create(settings_of(service, url))
    asyncio.run(databases.drop(url))


def test_no_input_makes_a_failure_of_the_services_own(app: FastAPI) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    headers = bearer(*ROLES, units=("05158",))
    statuses: list[int] = []
    for found in schema.get_all_operations():
        operation = found.ok() if isinstance(found, Ok) else None
        assert operation is not None

        @SHORT
        @given(case=operation.as_strategy())
        def try_one(case: schemathesis.Case[Any]) -> None:
            answer = case.call(headers=headers)
            assert answer.status_code < 500 or answer.status_code == UPSTREAM_MISSING, answer.text
            statuses.append(answer.status_code)

        try_one()
    assert {200, 404, 422} <= set(statuses)
