"""`/v1/planning-rounds/{id}/offers` and `/simulate`: what units offer, and what it would mean."""

from typing import Annotated
from uuid import UUID

from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Cursor, Limit, cursor_of, uuid_of
from domain.codec import encode
from domain.offer import Offer, OfferAnswered, OfferMade, OfferStatus
from domain.simulation import Simulation
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from agreements.api.forms import FILED, Form, page_form, told, told_form
from agreements.api.given import Given, HeldVersion, Key
from agreements.usecases import offering
from agreements.usecases.offering import InRound, ValueTried

router = APIRouter(tags=["planning"], route_class=KeyedRoute)
traceless = APIRouter(tags=["planning"])
SentOffer = Annotated[OfferMade, Form()]
SentAnswer = Annotated[OfferAnswered, Form()]
SentValue = Annotated[ValueTried, Form()]
OfferKey = Annotated[UUID, Path(description="the offer's id")]
Units = Annotated[list[str] | None, Query(description="only of these units")]
Indicators = Annotated[list[str] | None, Query(description="only of these indicators")]
Statuses = Annotated[list[OfferStatus] | None, Query(description="only in these states")]
Scheme = Annotated[str | None, Query(max_length=200, description="compare within the unit's group of this scheme")]
OFFER = told_form(Offer, *FILED, ("trial", bool))
PATH = "/v1/planning-rounds/{id}/offers"


@router.get(PATH, response_model=page_form(OFFER))
async def list_offers(
    id: Key,
    ports: Given,
    caller: Identified,
    unit: Units = None,
    indicator: Indicators = None,
    status: Statuses = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> BaseModel:
    """List a round's offers within your reach, with their position against the corridor."""
    keys = {"unit": unit or [], "indicator": indicator or [], "status": [str(one) for one in status or []]}
    found = await offering.matching(ports, caller, id, keys, uuid_of(cursor), limit + 1)
    following = cursor_of(str(found[limit - 1].offer.id)) if len(found) > limit else None
    return page_form(OFFER).model_construct(items=[_form(offer) for offer in found[:limit]], next=following)


@router.post(PATH, status_code=201, response_model=OFFER)
async def make_offer(
    request: Request, id: Key, sent: SentOffer, ports: Given, caller: Identified, new: NewId, now: Now
) -> Response:
    """Offer a value for your unit; a new offer for the same indicator keeps the earlier ones with their answers."""
    return _told(request, await offering.offer(ports, caller, id, new, sent, now), status=201)


@router.get(PATH + "/{offer}", response_model=OFFER)
async def get_offer(request: Request, id: Key, offer: OfferKey, ports: Given, caller: Identified) -> Response:
    """Give one offer with its earlier versions."""
    return _told(request, await offering.one(ports, caller, id, offer))


@router.post(PATH + "/{offer}/answer", response_model=OFFER)
async def answer_offer(
    request: Request,
    id: Key,
    offer: OfferKey,
    sent: SentAnswer,
    ports: Given,
    caller: Identified,
    held: HeldVersion,
    now: Now,
) -> Response:
    """Accept an offer, or decline it with a reason, for the unit that leads the round."""
    return _told(request, await offering.reply(ports, caller, id, offer, held, sent, now))


@router.post(PATH + "/{offer}/withdrawal", response_model=OFFER)
async def withdraw_offer(
    request: Request, id: Key, offer: OfferKey, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Take an offer back before it is answered."""
    return _told(request, await offering.take_back(ports, caller, id, offer, held))


@traceless.post("/v1/planning-rounds/{id}/simulate", response_model=told_form(Simulation))
async def simulate_offer(
    id: Key, sent: SentValue, ports: Given, caller: Identified, scheme: Scheme = None
) -> BaseModel:
    """Say what a value would mean before it is offered: position, rank, quartile, change of the sum; keep nothing."""
    return told(Simulation, await offering.try_out(ports, caller, id, sent, scheme))


def _form(found: InRound) -> BaseModel:
    filed, body = found.offer, encode(found.offer.value)
    more = {"id": str(filed.id), "version": filed.version, "trial": found.round.trial}
    return OFFER.model_validate({**(body if isinstance(body, dict) else {}), **more})


def _told(request: Request, found: InRound, *, status: int = 200) -> Response:
    location = f"/v1/planning-rounds/{found.offer.value.round}/offers/{found.offer.id}"
    return tagged(request, _form(found), f"{found.offer.version}", status=status, Location=location)


router.include_router(traceless)
