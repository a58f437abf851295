"""`/v1/comparison-groups`: who is compared with whom."""

from datetime import date
from typing import Annotated

from chassis.auth import Identified
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, cursor_of, key_of
from domain.codec import encode
from domain.comparison_group import Memberships
from fastapi import APIRouter, Query
from pydantic import BaseModel

from agreements.api.forms import Form, page_form
from agreements.api.given import Given
from agreements.api.unit_schemas import CountsOut, MembershipOut
from agreements.usecases import comparing

router = APIRouter(tags=["planning"], route_class=KeyedRoute)
SentMemberships = Annotated[Memberships, Form()]
PAGE = page_form(MembershipOut)
Schemes = Annotated[list[str] | None, Query(description="only of these schemes")]
On = Annotated[date | None, Query(description="who is in which group on this day (default today)")]


@router.post("/v1/comparison-groups")
async def load_comparison_groups(sent: SentMemberships, ports: Given, caller: Identified) -> CountsOut:
    """Create or change memberships in comparison groups in one go."""
    return CountsOut.model_validate(encode(await comparing.load(ports, caller, sent.memberships)))


@router.get("/v1/comparison-groups", response_model=PAGE)
async def list_comparison_groups(
    ports: Given,
    caller: Identified,
    scheme: Schemes = None,
    on: On = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> BaseModel:
    """List who is in which comparison group on a day, in the order of scheme and unit."""
    after = key_of(cursor, 2) or ("", "")
    found = [m for m in await comparing.on(ports, caller, on, scheme or []) if (m.scheme, m.unit) > after]
    last = found[limit - 1] if len(found) > limit else None
    items = [MembershipOut.model_validate(encode(membership)) for membership in found[:limit]]
    return PAGE.model_construct(items=items, next=cursor_of(last.scheme, last.unit) if last else None)
