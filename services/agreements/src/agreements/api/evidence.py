"""`/v1/agreements/{id}/document`, `/evidence` and signatures under PDFs: what people sign and verifiers check."""

from typing import Annotated, Any

from chassis.arrival import arrival, binary_body
from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import etag
from domain.identity import AgreementId, UnitCode
from fastapi import APIRouter, Query, Request, Response

from agreements.api.act_schemas import SignatureOut, signature_out
from agreements.api.given import AgreementKey, Given
from agreements.usecases import proving, signing

router = APIRouter(tags=["evidence"])
PDF = "application/pdf"
Party = Annotated[str, Query(description="the unit it was signed for", min_length=1, max_length=40)]
Number = Annotated[int, Query(description="the revision it was signed for", ge=1, le=1_000_000)]
DOCUMENT: dict[int | str, dict[str, Any]] = {200: {"content": {PDF: {}}, "description": "PDF/A-3a and PDF/UA-1"}}
ARCHIVE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/zip": {}}, "description": "an archive that verifies offline"}
}


@router.get("/v1/agreements/{id}/document", response_class=Response, responses=DOCUMENT)
async def get_document(id: AgreementKey, ports: Given, caller: Identified) -> Response:
    """Give the present revision as PDF, its canonical form embedded; the same revision gives the same bytes."""
    kept, content = await proving.document(ports, caller, AgreementId(id))
    return Response(content, media_type=PDF, headers={"ETag": etag(kept.digest)})


@router.post(
    "/v1/agreements/{id}/signatures/pdf",
    status_code=201,
    openapi_extra=binary_body([PDF]),
)
async def sign_by_pdf(
    request: Request,
    id: AgreementKey,
    ports: Given,
    caller: Identified,
    new_id: NewId,
    now: Now,
    party: Party,
    revision: Number,
) -> SignatureOut:
    """Sign by the agreement's PDF with a signature put under it outside (PAdES); it is validated and kept."""
    pdf = (await arrival(request, [PDF])).content
    unit = UnitCode(party)
    return signature_out(await signing.sign_by_pdf(ports, caller, AgreementId(id), unit, revision, pdf, new_id, now))


@router.get("/v1/agreements/{id}/evidence", response_class=Response, responses=ARCHIVE)
async def get_evidence(id: AgreementKey, ports: Given, caller: Identified) -> Response:
    """Give all that proves a sealed agreement in one archive; `docs/verify_evidence.py` checks it offline."""
    kept, content = await proving.evidence(ports, caller, AgreementId(id))
    name = f"attachment; filename=nachweis-{id}-{kept.revision.number}.zip"
    return Response(content, media_type="application/zip", headers={"Content-Disposition": name})
