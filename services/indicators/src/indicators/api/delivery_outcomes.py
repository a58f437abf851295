"""`/v1/deliveries/{id}`: what is wrong with its rows, the file with it, and what it changed."""

from typing import Annotated, Any
from uuid import UUID

from chassis.auth import Identified
from chassis.paging import Cursor, Limit, cursor_of
from chassis.problems import language_of
from domain.identity import DeliveryId
from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import StreamingResponse

from indicators.api.arriving import TAKEN
from indicators.api.delivery_cursors import difference_after, difference_cursor, row_of
from indicators.api.delivery_schemas import (
    DifferencePage,
    FindingPage,
    difference_out,
    finding_out,
)
from indicators.api.given import Given
from indicators.usecases import delivering, returning

router = APIRouter(tags=["deliveries"])
DeliveryKey = Annotated[UUID, Path(description="the delivery's id")]
RETURNED_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in TAKEN}}
}


@router.get("/v1/deliveries/{id}/findings")
async def list_findings(
    request: Request, id: DeliveryKey, ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> FindingPage:
    """List what is wrong with a delivery's rows: row, column, code, value and remedy."""
    found, page = await delivering.findings(ports, caller, DeliveryId(id), row_of(cursor), limit + 1)
    shown = [finding_out(finding, language_of(request)) for finding in page[:limit]]
    following = cursor_of(str(page[limit - 1].row), page[limit - 1].column) if len(page) > limit else None
    return FindingPage(items=shown, found=found, next=following)


@router.get("/v1/deliveries/{id}/returned-file", response_class=Response, responses={**RETURNED_FILE})
async def get_returned_file(request: Request, id: DeliveryKey, ports: Given, caller: Identified) -> Response:
    """Give the sender's own file with findings in added columns, ready to be fixed and sent again."""
    returned = await returning.give_back(ports, caller, DeliveryId(id), language_of(request))
    name = f'attachment; filename="{id}-befunde{returned.media_type.suffix}"'
    kind = f"{returned.media_type}; charset={returned.charset}" if returned.charset else returned.media_type
    return StreamingResponse(returned.content, media_type=kind, headers={"Content-Disposition": name})


@router.get("/v1/deliveries/{id}/differences")
async def list_differences(
    id: DeliveryKey, ports: Given, caller: Identified, limit: Limit = 100, cursor: Cursor = None
) -> DifferencePage:
    """List what a delivery changed, or a dry run would change: new, corrected with old and new value, withdrawn."""
    page = await delivering.differences(ports, caller, DeliveryId(id), difference_after(cursor), limit + 1)
    shown = [difference_out(difference) for difference in page[:limit]]
    following = difference_cursor(page[limit - 1]) if len(page) > limit else None
    return DifferencePage(items=shown, next=following)
