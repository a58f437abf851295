"""`/v1/collection-rounds`: what is collected each quarter, from whom, by when, and what has come."""

from typing import Annotated
from uuid import UUID

from chassis.auth import Identified
from chassis.clock import NewId
from chassis.conditional import IfMatch, must_match, tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked, Cursor, Limit, cursor_of, uuid_of
from domain.collection import CollectionState
from fastapi import APIRouter, Path, Query, Request, Response

from indicators.api.collecting_schemas import (
    CollectedPage,
    CollectionRoundIn,
    CollectionRoundOut,
    CollectionRoundPage,
    collected_out,
    round_out,
)
from indicators.api.given import Given
from indicators.usecases import collecting

router = APIRouter(tags=["collection rounds"], route_class=KeyedRoute)
RoundKey = Annotated[UUID, Path(description="the collection round's id")]
QuarterText = Annotated[str, Query(pattern=r"^[0-9]{4}-Q[1-4]$")]
Quarters = Annotated[list[QuarterText] | None, Query(alias="quarter", description="only of these quarters")]
States = Annotated[list[CollectionState] | None, Query(alias="state", description="only units in these states")]


@router.get("/v1/collection-rounds")
async def list_collection_rounds(
    ports: Given, caller: Identified, quarters: Quarters = None, limit: Limit = 100, cursor: Cursor = None
) -> CollectionRoundPage:
    """List collection rounds with units within your reach, oldest first."""
    found = await collecting.matching(ports, caller, quarters or (), uuid_of(cursor), limit + 1)
    following = cursor_of(str(found[limit - 1].id)) if len(found) > limit else None
    return CollectionRoundPage(items=[round_out(filed) for filed in found[:limit]], next=following)


@router.post("/v1/collection-rounds", status_code=201, response_model=CollectionRoundOut)
async def hold_collection_round(
    request: Request, sent: CollectionRoundIn, ports: Given, caller: Identified, new_id: NewId
) -> Response:
    """Open a collection round for a quarter over units within your reach."""
    filed = await collecting.hold(ports, caller, sent.value(), new_id)
    location = f"/v1/collection-rounds/{filed.id}"
    return tagged(request, round_out(filed), filed.version, status=201, Location=location)


@router.get("/v1/collection-rounds/{id}", response_model=CollectionRoundOut)
async def get_collection_round(request: Request, id: RoundKey, ports: Given, caller: Identified) -> Response:
    """Give a collection round with those of its units that are within your reach."""
    filed = await collecting.one(ports, caller, id)
    return tagged(request, round_out(filed), filed.version)


@router.put("/v1/collection-rounds/{id}", response_model=CollectionRoundOut)
async def change_collection_round(
    request: Request, id: RoundKey, sent: CollectionRoundIn, ports: Given, caller: Identified, held: IfMatch
) -> Response:
    """Change a collection round; all its units, before and after, must be within your reach."""
    filed = await collecting.change(ports, caller, id, lambda newest: must_match(held, newest), sent.value())
    return tagged(request, round_out(filed), filed.version)


@router.get("/v1/collection-rounds/{id}/states")
async def list_collection_states(
    id: RoundKey, ports: Given, caller: Identified, asked: Asked, states: States = None
) -> CollectedPage:
    """List what has come from each unit: delivered, partly or missing, by its observations of today."""
    found, units = await collecting.states(ports, caller, id, states or ())
    return asked.page(CollectedPage, [collected_out(entry, units.get(entry.unit).name) for entry in found])
