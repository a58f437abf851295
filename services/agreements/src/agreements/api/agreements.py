"""`/v1/agreements`: drafting, changing, moving through their life."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked, Cursor, Limit, cursor_of, uuid_of
from chassis.problems import language_of
from domain.agreement import Agreement, Status
from domain.identity import AgreementId, UnitCode
from domain.refusal import Act
from fastapi import APIRouter, Query, Request, Response

from agreements.api.act_schemas import FindingPage, TransitionIn, finding_out
from agreements.api.agreement_schemas import AgreementIn, AgreementOut, AgreementPage, agreement_out, listed
from agreements.api.given import AgreementKey, Given, HeldVersion
from agreements.ports import Wanted
from agreements.usecases import drafting, negotiating, signing, surroundings, viewing

router = APIRouter(tags=["agreements"], route_class=KeyedRoute)
Units = Annotated[list[str] | None, Query(description="only with one of these units as a party")]
Years = Annotated[list[Annotated[int, Query(ge=1990, le=2200)]] | None, Query(description="only for these years")]
Statuses = Annotated[list[Status] | None, Query(description="only in these states")]


@router.post("/v1/agreements", status_code=201, response_model=AgreementOut)
async def draft_agreement(request: Request, sent: AgreementIn, ports: Given, caller: Identified, id: NewId) -> Response:
    """Begin an agreement on behalf of one of its parties."""
    return _told(request, await drafting.draft(ports, caller, AgreementId(id), sent.value()), status=201)


@router.get("/v1/agreements")
async def list_agreements(
    ports: Given,
    caller: Identified,
    unit: Units = None,
    year: Years = None,
    status: Statuses = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> AgreementPage:
    """List agreements with a party within your reach."""
    after = uuid_of(cursor)
    wanted = Wanted(
        units=unit or (),
        years=year or (),
        statuses=status or (),
        after=AgreementId(after) if after else None,
        limit=limit + 1,
    )
    found = await drafting.matching(ports, caller, wanted)
    shown = [listed(agreement) for agreement in found[:limit]]
    return AgreementPage(items=shown, next=cursor_of(str(shown[-1].id)) if len(found) > limit else None)


@router.get("/v1/agreements/{id}", response_model=AgreementOut)
async def get_agreement(request: Request, id: AgreementKey, ports: Given, caller: Identified, now: Now) -> Response:
    """Give one agreement with its present revision; a party's first sight of a revision is noted."""
    return _told(request, await viewing.one(ports, caller, AgreementId(id), now))


@router.put("/v1/agreements/{id}", response_model=AgreementOut)
async def replace_agreement(
    request: Request, id: AgreementKey, sent: AgreementIn, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Put a new revision of a draft in place; once it is proposed, changes come as proposals."""
    edit = drafting.with_content(sent.value())
    return _told(request, await drafting.change(ports, caller, AgreementId(id), held, edit))


@router.get("/v1/agreements/{id}/findings")
async def list_findings(
    request: Request, id: AgreementKey, ports: Given, caller: Identified, asked: Asked
) -> FindingPage:
    """Check the present revision by every rule, with what you may see around it."""
    found = await surroundings.findings(ports, caller, AgreementId(id))
    return asked.page(FindingPage, [finding_out(finding, language_of(request)) for finding in found])


@router.post("/v1/agreements/{id}/transitions", response_model=AgreementOut)
async def move_agreement(
    request: Request,
    id: AgreementKey,
    sent: TransitionIn,
    ports: Given,
    caller: Identified,
    held: HeldVersion,
    now: Now,
    new_id: NewId,
) -> Response:
    """Propose, agree, decline, withdraw, sign, activate, amend or close; what is signed is named by its digest."""
    if sent.transition is Act.AMEND:
        amendment = AgreementId(new_id)
        return _told(request, await negotiating.amend(ports, caller, AgreementId(id), held, amendment), status=201)
    if sent.transition is Act.SIGN:
        await signing.sign(ports, caller, AgreementId(id), sent.signature(), now)
        return _told(request, await viewing.one(ports, caller, AgreementId(id), now))
    moved = await negotiating.transit(
        ports,
        caller,
        AgreementId(id),
        held,
        sent.transition,
        party=UnitCode(sent.party) if sent.party else None,
        revision=sent.revision,
        reason=sent.reason,
        now=now,
    )
    return _told(request, moved)


def _told(request: Request, agreement: Agreement, *, status: int = 200) -> Response:
    location = f"/v1/agreements/{agreement.id}"
    return tagged(request, agreement_out(agreement), agreement.version, status=status, Location=location)
