"""`/v1/releases`: named states of the data (Datenstand), and what changed between two."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import Now
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked, Cursor, Limit
from fastapi import APIRouter, Path, Query, Request, Response

from indicators.api.figure_cursors import after_figure
from indicators.api.given import Given
from indicators.api.release_schemas import ReleaseIn, ReleaseOut, ReleasePage, ValueChangePage, changes_out, release_out
from indicators.usecases import releasing
from indicators.usecases.releasing import Issued

router = APIRouter(tags=["releases"], route_class=KeyedRoute)
Code = Annotated[str, Path(description="the release's code", max_length=60)]
Since = Annotated[str, Query(description="code of the earlier release", max_length=60)]
UnitFilter = Annotated[list[str] | None, Query(alias="unit", description="only of these units and of all below them")]
VariableFilter = Annotated[list[str] | None, Query(alias="variable", description="only of these variables")]


@router.post("/v1/releases", status_code=201, response_model=ReleaseOut)
async def publish_release(request: Request, sent: ReleaseIn, ports: Given, caller: Identified, now: Now) -> Response:
    """Publish a state of the data under a name; it stays as it is for ever."""
    return _told(request, await releasing.publish(ports, caller, sent.value(), now), status=201)


@router.get("/v1/releases")
async def list_releases(ports: Given, caller: Identified, asked: Asked) -> ReleasePage:
    """List all releases in the order they were published."""
    found = await releasing.issued(ports, caller)
    shown, following = asked.cut([release_out(issued) for issued in found], [i.release.code for i in found])
    return ReleasePage(items=list(shown), next=following)


@router.get("/v1/releases/{code}", response_model=ReleaseOut)
async def get_release(request: Request, code: Code, ports: Given, caller: Identified) -> Response:
    """Give one release."""
    return _told(request, await releasing.one(ports, caller, code))


@router.get("/v1/releases/{code}/changes")
async def list_release_changes(
    code: Code,
    since: Since,
    ports: Given,
    caller: Identified,
    units: UnitFilter = None,
    variables: VariableFilter = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> ValueChangePage:
    """List what differs from an earlier release, in the months of this one, within your reach."""
    codes, after = (since, code), after_figure(cursor)
    found = await releasing.changes(ports, caller, codes, units or (), variables or (), after, limit + 1)
    return changes_out(found, limit)


def _told(request: Request, issued: Issued, *, status: int = 200) -> Response:
    body, code = release_out(issued), issued.release.code
    tag = "1" if issued.replaced_by is None else "2"
    return tagged(request, body, tag, status=status, Location=f"/v1/releases/{code}")
