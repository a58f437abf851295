"""`/v1/file-reviews/consequences`: what follows from rounds, tracked to done."""

from datetime import date
from typing import Annotated
from uuid import UUID

from chassis.auth import Identified
from chassis.clock import NewId
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from chassis.wire import Prose, Sent, Told
from domain.consequence import Action, Consequence, ConsequenceKind
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from indicators.api.given import Given
from indicators.api.reviews.given import HeldVersion, Key, Units
from indicators.ports.documents import Filed
from indicators.usecases.reviews import consequences

router = APIRouter(tags=["internal control"], route_class=KeyedRoute)
Kinds = Annotated[list[ConsequenceKind] | None, Query(alias="kind", description="only of these kinds")]
Overdue = Annotated[bool | None, Query(description="only those overdue today, or only the others")]
PATH = "/v1/file-reviews/{id}/consequences"


class ConsequenceIn(Sent):
    """What is done by when about a round, or about one checkpoint in it; name no person."""

    checkpoint: int | None = Field(None, ge=1, le=10_000)
    kind: ConsequenceKind
    text: Prose
    due_on: date
    done_on: date | None = None

    def value(self) -> Action:
        """Give the action."""
        return Action(**self.model_dump())


class ConsequenceOut(Told):
    """What follows from a round; `overdue` as of today."""

    id: UUID
    version: int
    review: UUID
    unit: str
    checkpoint: int | None
    kind: ConsequenceKind
    text: str
    due_on: date
    done_on: date | None
    overdue: bool


class ConsequencePage(Told):
    """Consequences, the one due first at the top."""

    items: list[ConsequenceOut]
    next: str | None


@router.get("/v1/file-reviews/consequences")
async def list_consequences(
    ports: Given, caller: Identified, asked: Asked, unit: Units = None, kind: Kinds = None, overdue: Overdue = None
) -> ConsequencePage:
    """List what follows from rounds of units within your reach, such as all that is overdue."""
    wanted = consequences.Wanted(units=unit or (), kinds=kind or (), overdue=overdue)
    found = await consequences.matching(ports, caller, wanted)
    return asked.page(ConsequencePage, [_told(filed, ports.today()) for filed in found])


@router.get(PATH)
async def list_consequences_of_review(id: Key, ports: Given, caller: Identified, asked: Asked) -> ConsequencePage:
    """List what follows from one round."""
    found = await consequences.matching(ports, caller, consequences.Wanted(reviews=[id]))
    return asked.page(ConsequencePage, [_told(filed, ports.today()) for filed in found])


@router.post(PATH, status_code=201, response_model=ConsequenceOut)
async def draw_consequence(
    request: Request, id: Key, sent: ConsequenceIn, ports: Given, caller: Identified, new_id: NewId
) -> Response:
    """Set what follows from a round or from one checkpoint of it, and by when."""
    filed = await consequences.draw(ports, caller, new_id, id, sent.value())
    return tagged(request, _told(filed, ports.today()), filed.version, status=201)


@router.put(f"{PATH}/{{key}}", response_model=ConsequenceOut)
async def change_consequence(
    request: Request, id: Key, key: Key, sent: ConsequenceIn, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Change what follows, such as to say on which day it was done."""
    filed = await consequences.change(ports, caller, id, key, held, sent.value())
    return tagged(request, _told(filed, ports.today()), filed.version)


def _told(filed: Filed[Consequence], today: date) -> ConsequenceOut:
    consequence, action = filed.value, filed.value.action
    return ConsequenceOut(
        id=filed.id,
        version=filed.version,
        review=consequence.review,
        unit=consequence.unit,
        checkpoint=action.checkpoint,
        kind=action.kind,
        text=action.text,
        due_on=action.due_on,
        done_on=action.done_on,
        overdue=action.overdue(today),
    )
