"""`/v1/agreements/{id}/consultations` and `/mandates`: which bodies consult and decide, and what they grant."""

from typing import Annotated

from chassis.auth import Identified
from chassis.clock import NewId
from chassis.conditional import tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked, Cursor, Limit, uuid_of
from domain.consultation import Consultation, ConsultationPlanned
from domain.identity import AgreementId
from domain.mandate import Mandate, MandateGranted, MandateReported, MandateStatus, MandateUsed
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from agreements.api.forms import Form, filed_form, page_form, told_filed, told_page, whole_page
from agreements.api.given import AgreementKey, Given, HeldVersion, Key
from agreements.usecases import consulting
from agreements.usecases.belonging import belonging

router = APIRouter(tags=["committees"], route_class=KeyedRoute)
Planned = Annotated[ConsultationPlanned, Form()]
Granted = Annotated[MandateGranted, Form()]
Used = Annotated[MandateUsed, Form()]
Reported = Annotated[MandateReported, Form()]
Statuses = Annotated[list[MandateStatus] | None, Query(description="only in these states; `used` ones owe a report")]
STEP, MANDATE = filed_form(Consultation), filed_form(Mandate)


@router.get("/v1/agreements/{id}/consultations", response_model=page_form(STEP))
async def list_consultations(id: AgreementKey, ports: Given, caller: Identified, asked: Asked) -> BaseModel:
    """List the steps of the consultation sequence."""
    found = await belonging(ports, caller, AgreementId(id), lambda work: work.consultations)
    ordered = sorted(found, key=lambda filed: filed.value.position)
    return whole_page(STEP, [told_filed(filed) for filed in ordered], asked)


@router.post("/v1/agreements/{id}/consultations", status_code=201, response_model=STEP)
async def plan_consultation(
    request: Request, id: AgreementKey, sent: Planned, ports: Given, caller: Identified, new_id: NewId
) -> Response:
    """Add a step: body, day, kind of decision, paper."""
    filed = await consulting.plan_step(ports, caller, AgreementId(id), sent, new_id)
    return tagged(request, told_filed(filed), filed.version, status=201)


@router.put("/v1/agreements/{id}/consultations/{key}", response_model=STEP)
async def change_consultation(
    request: Request, id: AgreementKey, key: Key, sent: Planned, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Change a step, or record resolution and outcome."""
    filed = await consulting.change_step(ports, caller, AgreementId(id), key, held, sent)
    return tagged(request, told_filed(filed), filed.version)


@router.get("/v1/agreements/{id}/mandates", response_model=page_form(MANDATE))
async def list_agreement_mandates(id: AgreementKey, ports: Given, caller: Identified, asked: Asked) -> BaseModel:
    """List the mandates granted in this agreement."""
    found = await belonging(ports, caller, AgreementId(id), lambda work: work.mandates)
    return whole_page(MANDATE, [told_filed(filed) for filed in found], asked)


@router.post("/v1/agreements/{id}/mandates", status_code=201, response_model=MANDATE)
async def grant_mandate(
    request: Request, id: AgreementKey, sent: Granted, ports: Given, caller: Identified, new_id: NewId
) -> Response:
    """Grant a mandate by a step that decided: who may sign which modified values, and to whom they report."""
    filed = await consulting.grant(ports, caller, AgreementId(id), sent, new_id)
    return tagged(request, told_filed(filed), filed.version, status=201)


@router.post("/v1/agreements/{id}/mandates/{key}/use", response_model=MANDATE)
async def use_mandate(
    request: Request, id: AgreementKey, key: Key, sent: Used, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Use a mandate as its holder; the duty to report begins."""
    filed = await consulting.use(ports, caller, AgreementId(id), key, held, sent)
    return tagged(request, told_filed(filed), filed.version)


@router.post("/v1/agreements/{id}/mandates/{key}/report", response_model=MANDATE)
async def report_mandate(
    request: Request, id: AgreementKey, key: Key, sent: Reported, ports: Given, caller: Identified, held: HeldVersion
) -> Response:
    """Record with which paper the body was told of the use."""
    filed = await consulting.report(ports, caller, AgreementId(id), key, held, sent)
    return tagged(request, told_filed(filed), filed.version)


@router.get("/v1/mandates", response_model=page_form(MANDATE))
async def list_mandates(
    ports: Given, caller: Identified, status: Statuses = None, limit: Limit = 100, cursor: Cursor = None
) -> BaseModel:
    """List mandates within your reach, such as those whose use is still to be reported."""
    found = await consulting.duties(ports, caller, status or [], uuid_of(cursor), limit + 1)
    return told_page(Mandate, found, limit)
