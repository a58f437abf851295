"""`/v1/goals`: goals of all agreements, found by the indicators they are judged by."""

from typing import Annotated
from uuid import UUID

from chassis.auth import Identified
from chassis.paging import Asked
from chassis.wire import Told
from domain.agreement import Status
from domain.congruence import GoalRef
from domain.terms import GoalKind
from fastapi import APIRouter, Query

from agreements.api.given import Given
from agreements.usecases import viewing

router = APIRouter(tags=["goals"])
MOST_NAMED = 500
CodeText = Annotated[str, Query(max_length=300)]
YearNumber = Annotated[int, Query(ge=1990, le=2200)]
Indicators = Annotated[
    list[CodeText], Query(min_length=1, max_length=MOST_NAMED, description="judged by one of these indicators")
]
Years = Annotated[list[YearNumber], Query(min_length=1, max_length=50, description="of agreements for these years")]


class AgreedGoalOut(Told):
    """A goal over an indicator, and the agreement it stands in."""

    agreement: UUID
    agreement_title: str
    year: int
    status: Status
    goal: str
    title: str
    kind: GoalKind
    unit: str | None
    indicator: str


class AgreedGoalPage(Told):
    """Goals in the order of year, agreement and code."""

    items: list[AgreedGoalOut]
    next: str | None


@router.get("/v1/goals")
async def list_agreed_goals(
    ports: Given, caller: Identified, asked: Asked, indicator: Indicators, year: Years
) -> AgreedGoalPage:
    """List the goals of live agreements over some indicators in some years."""
    found = await viewing.goals_over(ports, caller, indicator, year)
    return asked.page(AgreedGoalPage, [_told(ref) for ref in found])


def _told(ref: GoalRef) -> AgreedGoalOut:
    return AgreedGoalOut(
        agreement=ref.agreement,
        agreement_title=ref.title,
        year=ref.year,
        status=ref.status,
        goal=ref.goal.code,
        title=ref.goal.title,
        kind=ref.goal.kind,
        unit=ref.goal.obligated,
        indicator=getattr(ref.goal.terms, "indicator", ""),
    )
