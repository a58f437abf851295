"""`/v1/planning-rounds/{id}/reference-values` and `/corridor-memory`: a table in, corridors out."""

import asyncio
from typing import Annotated, Any

from chassis.auth import Identified
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, cursor_of, key_of
from chassis.problems import language_of
from chassis.tables.writing import AS_TABLE, TableAsked, table
from domain.corridor import Recollection
from domain.delivery import OnError
from domain.reference_row import COLUMNS
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from agreements.api.forms import told
from agreements.api.given import Given, Key
from agreements.api.reference_schemas import MEMORY_PAGE, VALUE_PAGE, UploadOut, uploaded_out, value_out
from agreements.api.table import TAKEN, after_value, arrival
from agreements.usecases import referencing
from agreements.usecases.referencing import Table

router = APIRouter(tags=["planning"], route_class=KeyedRoute)
Units = Annotated[list[str] | None, Query(description="only of these units")]
Indicators = Annotated[list[str] | None, Query(description="only of these indicators")]
OnErrors = Annotated[OnError, Query(description="`accept_valid` keeps the good rows beside bad ones")]
BODY = {
    "requestBody": {
        "required": True,
        "content": {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in TAKEN},
    }
}
PATH = "/v1/planning-rounds/{id}/reference-values"


@router.post(PATH, openapi_extra=BODY)
async def upload_reference_values(
    request: Request, id: Key, ports: Given, caller: Identified, on_error: OnErrors = OnError.REJECT
) -> UploadOut:
    """Upload reference values for units and indicators as CSV, XLSX or JSON; bad rows are told row by row."""
    content, media_type = await arrival(request)
    table = Table(content=content, media_type=media_type, on_error=on_error)
    return uploaded_out(await referencing.upload(ports, caller, id, table), language_of(request))


@router.get(PATH, response_model=VALUE_PAGE, responses=AS_TABLE)
async def list_reference_values(
    id: Key,
    ports: Given,
    caller: Identified,
    form: TableAsked,
    unit: Units = None,
    indicator: Indicators = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Any:
    """List reference values within your reach; as a table all of them."""
    if form:
        _, values = await referencing.listed(ports, caller, id, unit or [], indicator or [])
        return await asyncio.to_thread(table, form, COLUMNS, values)
    after = after_value(key_of(cursor, 3), cursor)
    return await _page(ports, caller, id, unit or [], indicator or [], after, limit)


@router.get("/v1/planning-rounds/{id}/corridor-memory", response_model=MEMORY_PAGE)
async def list_corridor_memory(
    id: Key,
    ports: Given,
    caller: Identified,
    unit: Units = None,
    indicator: Indicators = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> BaseModel:
    """List the corridors and offers of earlier rounds of the same lead, and how far what happened lay from them."""
    after = after_value(key_of(cursor, 3), cursor)
    found = await referencing.memory(ports, caller, id, unit or [], indicator or [], after, limit + 1)
    items = [told(Recollection, recollection) for recollection in found[:limit]]
    return MEMORY_PAGE.model_construct(items=items, next=_next(found, limit))


async def _page(
    ports: Given, caller: Identified, id: Key, units: list[str], indicators: list[str], after: Any, limit: int
) -> BaseModel:
    round, found = await referencing.listed(ports, caller, id, units, indicators, after, limit + 1)
    return VALUE_PAGE.model_construct(
        items=[value_out(round, value) for value in found[:limit]], next=_next(found, limit)
    )


def _next(found: list[Any], limit: int) -> str | None:
    last = found[limit - 1] if len(found) > limit else None
    return cursor_of(last.unit, last.indicator, str(last.round)) if last else None
