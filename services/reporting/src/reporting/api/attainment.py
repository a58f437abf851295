"""`/v1/attainment`: how far every goal has come."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from chassis.auth import Identified
from chassis.canonical import sha256
from chassis.clock import Now
from chassis.conditional import etag, tagged
from chassis.paging import BadCursor, Cursor, Limit, cursor_of, integer_of, key_of
from chassis.wire import Instant
from domain.attestation import must_not_be_ahead
from domain.period import Period
from domain.undertaking import Light
from fastapi import APIRouter, Depends, Path, Query, Request, Response

from reporting.api.given import Given, held
from reporting.api.schemas import AttainmentOut, AttainmentPage, AttainmentWhy, ChangePage
from reporting.ports import Wanted
from reporting.usecases import pulling

router = APIRouter(tags=["attainment"])
Units = Annotated[list[str] | None, Query(alias="unit", description="only these units")]
Supervisor = Annotated[str | None, Query(description="only what this unit has authority over")]
PeriodText = Annotated[str | None, Query(description="the newest judged month inside, e.g. 2014-11 or 2014-Q4")]
Lights = Annotated[list[Light] | None, Query(alias="light", description="only these lights")]
Agreements = Annotated[list[UUID] | None, Query(alias="agreement", description="only these agreements")]
AsOf = Annotated[Instant | None, Query(description="as it was known at this instant")]
Key = Annotated[UUID, Path(description="the attainment's id")]


async def _known_at(now: Now, as_of: AsOf = None) -> datetime | None:
    if as_of is not None:
        must_not_be_ahead(as_of, now)
    return as_of


KnownAt = Annotated[datetime | None, Depends(_known_at)]


@router.get("/v1/attainment", response_model=AttainmentPage)
async def list_attainment(
    request: Request,
    ports: Given,
    caller: Identified,
    as_of: KnownAt,
    units: Units = None,
    supervisor: Supervisor = None,
    period: PeriodText = None,
    lights: Lights = None,
    agreements: Agreements = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """List attainment within your reach, each goal in its newest month or in the newest of a period."""
    wanted = Wanted(
        units=units,
        agreements=agreements or (),
        lights=lights or (),
        period=Period.parse(period) if period else None,
        as_of=as_of,
        after=place_of(cursor),
        limit=limit,
    )
    pulled = await pulling.attainment(ports, caller, wanted, supervisor)
    following = cursor_of(*pulled.last) if pulled.more and pulled.last else None
    return _bytes(request, pulled.items, following, pulled.version)


@router.get("/v1/attainment/changes", response_model=ChangePage)
async def list_changes(
    request: Request, ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> Response:
    """List only what changed since a cursor; go on with `next`, also when nothing is new."""
    position = integer_of(cursor)
    pulled = await pulling.changes(ports, caller, position, limit)
    return _bytes(request, pulled.items, str(max(pulled.position, position)), pulled.version)


@router.get("/v1/attainment/{id}", response_model=AttainmentOut)
async def get_attainment(request: Request, id: Key, ports: Given, caller: Identified) -> Response:
    """Give one attainment as it is now."""
    judgement = await pulling.one(ports, caller, id)
    return tagged(request, AttainmentOut.model_validate_json(judgement.body), judgement.digest)


@router.get("/v1/attainment/{id}/why")
async def explain_attainment(id: Key, ports: Given, caller: Identified, now: Now) -> AttainmentWhy:
    """Trace one attainment: signed goal, judgement, readings, observations, deliveries."""
    judgement, lineage = await pulling.why(ports, caller, id, now)
    told = {"attainment": AttainmentOut.model_validate_json(judgement.body), **judgement.why, "lineage": lineage}
    return AttainmentWhy.model_validate(told)


def place_of(cursor: str | None) -> tuple[str, str, str] | None:
    """Read a cursor over unit, agreement and goal; None at the beginning."""
    key = key_of(cursor, 3)
    if key is None:
        return None
    unit, agreement, goal = key
    try:
        place = unit, str(UUID(agreement)), goal
    except ValueError as error:
        raise BadCursor(str(cursor)) from error
    if any("\0" in part for part in place):
        raise BadCursor(str(cursor))
    return place


def _bytes(request: Request, items: str, following: str | None, version: str) -> Response:
    """Send kept bytes as they are; 304 where the client holds them."""
    tag = etag(sha256(f"{request.url.query} {following} {version}".encode())[:32])
    if held(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    quoted = f'"{following}"' if following else "null"
    return Response(f'{{"items":[{items}],"next":{quoted}}}', media_type="application/json", headers={"ETag": tag})
