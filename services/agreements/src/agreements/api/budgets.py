"""`/v1/budgets`: titles, instruments, posts of a unit and year; reallocation, remainders, shares, care ratios."""

from datetime import date
from typing import Annotated
from uuid import UUID

from chassis.auth import Identified
from chassis.clock import NewId
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, uuid_of
from chassis.wire import FigureText, Told
from domain.budget import NORMS, AgeGroup, Budget, Funding, Posts, Reallocation, Title, TitleKind
from domain.quantity import half_up
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from agreements.api.forms import Form, filed_form, page_form, told_filed, told_page
from agreements.api.given import Given, HeldVersion, Key
from agreements.usecases import budgeting

router = APIRouter(tags=["budgets"], route_class=KeyedRoute)
SentBudget = Annotated[Budget, Form()]
Moved = Annotated[Reallocation, Form()]
Units = Annotated[list[str] | None, Query(description="only of these units")]
Years = Annotated[list[Annotated[int, Query(ge=1990, le=2200)]] | None, Query(description="only of these years")]
On = Annotated[date | None, Query(description="the day whose cost-sharing rates count (default today)")]
BUDGET = filed_form(Budget)
PLACES = 2


class TitleSummary(Told):
    """A title as it stands: what instruments leave of it, what may still be moved, whose money it is."""

    code: str
    kind: TitleKind
    funding: Funding
    plan: FigureText
    available: FigureText
    remainder: FigureText
    room: FigureText
    federal_part: FigureText | None
    municipal_part: FigureText | None


class RatioOut(Told):
    """Cases for each post of a profile group, beside the norm."""

    profile: str
    age_group: AgeGroup
    ratio: FigureText | None
    norm: FigureText
    within_norm: bool | None


class SummaryOut(Told):
    """A budget summed up; totals by funding, never federal and municipal money together."""

    id: UUID
    on: date
    titles: list[TitleSummary]
    totals: dict[Funding, FigureText]
    ratios: list[RatioOut]


@router.get("/v1/budgets", response_model=page_form(BUDGET))
async def list_budgets(
    ports: Given,
    caller: Identified,
    unit: Units = None,
    year: Years = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> BaseModel:
    """List budgets within your reach."""
    found = await budgeting.budgets(ports, caller, unit or [], year or [], uuid_of(cursor), limit + 1)
    return told_page(Budget, found, limit)


@router.post("/v1/budgets", status_code=201, response_model=BUDGET)
async def set_budget(request: Request, sent: SentBudget, ports: Given, caller: Identified, new_id: NewId) -> Response:
    """Set the budget of your unit for a year."""
    filed = await budgeting.set_budget(ports, caller, sent, new_id)
    return tagged(request, told_filed(filed), filed.version, status=201, Location=f"/v1/budgets/{filed.id}")


@router.get("/v1/budgets/{key}", response_model=BUDGET)
async def get_budget(request: Request, key: Key, ports: Given, caller: Identified) -> Response:
    """Give one budget."""
    filed = await budgeting.budget(ports, caller, key)
    return tagged(request, told_filed(filed), filed.version)


@router.put("/v1/budgets/{key}", response_model=BUDGET)
async def change_budget(
    request: Request, key: Key, sent: SentBudget, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Change titles, instruments, commitments, spending and posts."""
    filed = await budgeting.change_budget(ports, caller, key, held, sent)
    return tagged(request, told_filed(filed), filed.version)


@router.post("/v1/budgets/{key}/reallocations", status_code=201, response_model=BUDGET)
async def reallocate(
    request: Request, key: Key, sent: Moved, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Move an amount between titles; between integration and administration at most a tenth of the giving one."""
    filed = await budgeting.move(ports, caller, key, held, sent)
    return tagged(request, told_filed(filed), filed.version, status=201)


@router.get("/v1/budgets/{key}/summary")
async def sum_budget_up(key: Key, ports: Given, caller: Identified, on: On = None) -> SummaryOut:
    """Sum a budget up: remainders, room for reallocation, shares on a day, care ratios."""
    budget = (await budgeting.budget(ports, caller, key)).value
    day = on or ports.today()
    titles = [_title(budget, title, day) for title in budget.titles]
    totals = {f: sum(t.plan for t in budget.titles if t.funding is f) for f in Funding}
    return SummaryOut(id=key, on=day, titles=titles, totals=totals, ratios=[_ratio(posts) for posts in budget.posts])


def _title(budget: Budget, title: Title, on: date) -> TitleSummary:
    federal = title.federal_part(on)
    return TitleSummary(
        code=title.code,
        kind=title.kind,
        funding=title.funding,
        plan=title.plan,
        available=budget.available(title.code),
        remainder=title.remainder,
        room=budget.room(title.code),
        federal_part=None if federal is None else half_up(federal, PLACES),
        municipal_part=None if federal is None else half_up(title.plan - federal, PLACES),
    )


def _ratio(posts: Posts) -> RatioOut:
    norm, ratio = NORMS[posts.age_group], posts.ratio
    return RatioOut(
        profile=posts.profile,
        age_group=posts.age_group,
        ratio=None if ratio is None else half_up(ratio, PLACES),
        norm=norm,
        within_norm=None if ratio is None else ratio <= norm,
    )
