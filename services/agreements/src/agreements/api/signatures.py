"""`/v1/agreements/{id}/signatures` and `/signing`: who signs, for whom, until when."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from domain.identity import AgreementId, UnitCode
from domain.signing import Arrangement, SignatureMade, Signing
from fastapi import APIRouter, Request, Response

from agreements.api.act_schemas import PartyIn, SignatureOut, SignaturePage, signature_out
from agreements.api.forms import Form, filed_form, told_filed
from agreements.api.given import AgreementKey, Given, HeldVersion
from agreements.usecases import signatories, signing, viewing

router = APIRouter(tags=["signatures"], route_class=KeyedRoute)
Made = Annotated[SignatureMade, Form()]
Arranged = Annotated[Arrangement, Form()]


@router.post("/v1/agreements/{id}/signatures", status_code=201)
async def sign_agreement(id: AgreementKey, sent: Made, ports: Given, caller: Identified, now: Now) -> SignatureOut:
    """Sign the present revision on behalf of a party; the digest says what you have read."""
    return signature_out(await signing.sign(ports, caller, AgreementId(id), sent, now))


@router.get("/v1/agreements/{id}/signatures")
async def list_signatures(id: AgreementKey, ports: Given, caller: Identified, asked: Asked, now: Now) -> SignaturePage:
    """List the signatures under an agreement."""
    agreement = await viewing.one(ports, caller, AgreementId(id), now)
    return asked.page(SignaturePage, [signature_out(signature) for signature in agreement.signatures])


@router.get("/v1/agreements/{id}/signing", response_model=filed_form(Signing))
async def get_signing(request: Request, id: AgreementKey, ports: Given, caller: Identified, new_id: NewId) -> Response:
    """Give what is arranged for signing the present revision: last day, deputies, reminders."""
    filed = await signatories.signing_of(ports, caller, AgreementId(id), new_id)
    return tagged(request, told_filed(filed), filed.version)


@router.put("/v1/agreements/{id}/signing", response_model=filed_form(Signing))
async def arrange_signing(
    request: Request,
    id: AgreementKey,
    sent: Arranged,
    ports: Given,
    caller: Identified,
    held: HeldVersion,
    new_id: NewId,
) -> Response:
    """Set the last day and the deputies of the signing; a party names deputies for itself only."""
    filed = await signatories.arrange(ports, caller, AgreementId(id), held, sent, new_id)
    return tagged(request, told_filed(filed), filed.version)


@router.post("/v1/agreements/{id}/signing/reminders", status_code=201, response_model=filed_form(Signing))
async def remind_party(
    request: Request, id: AgreementKey, sent: PartyIn, ports: Given, caller: Identified, new_id: NewId, now: Now
) -> Response:
    """Remind a party that has not signed yet, five times at most."""
    filed = await signatories.remind(ports, caller, AgreementId(id), UnitCode(sent.party), new_id, now)
    return tagged(request, told_filed(filed), filed.version, status=201)
