"""Every route and role behaves as the matrix says; a route without a row fails."""

import pytest
from support.apps import SERVICES, Stack
from support.authorisation import MATRIX, OPEN
from support.roles import EVERYBODY, Row
from support.tokens import bearer

ROWS = [(service, row) for service in SERVICES for row in MATRIX[service]]
REFUSED = (401, 403)


@pytest.mark.parametrize("service", SERVICES)
async def test_every_route_has_a_row(service: str, stack: Stack) -> None:
    paths = getattr(stack, service).openapi()["paths"]
    routes = {operation["operationId"] for path in paths.values() for operation in path.values()}
    assert routes == {row.operation for row in MATRIX[service]} | set(OPEN)


async def called(stack: Stack, service: str, row: Row, role: str) -> int:
    headers = {"If-Match": '"1"', **({} if role == "public" else bearer(role, units=("05158",)))}
    kind, content = row.content or (None, None)
    async with stack.client(service) as client:
        if kind:
            headers["Content-Type"] = kind
        answer = await client.request(row.method, row.path, json=row.body, content=content, headers=headers)
    assert answer.status_code < 500
    assert answer.is_success or answer.headers["content-type"] == "application/problem+json"
    return answer.status_code


async def test_the_units_are_there(stack: Stack) -> None:
    units = {"units": [{"code": "05158", "name": "Kreis", "kind": "district"}]}
    async with stack.client("agreements") as client:
        answer = await client.post("/v1/units", json=units, headers=bearer("operator"))
    assert answer.status_code == 200


@pytest.mark.parametrize(("service", "row"), ROWS, ids=lambda part: getattr(part, "operation", part))
async def test_a_route_opens_to_its_roles_and_to_no_other(service: str, row: Row, stack: Stack) -> None:
    statuses = {role: await called(stack, service, row, role) for role in EVERYBODY}
    opened = {role for role, status in statuses.items() if status not in REFUSED}
    assert opened == set(row.roles)
    assert "public" in row.roles or statuses["public"] == 401
