"""`/v1/agreements/{id}/revisions` and `/signatures`: what is signed, and by whom."""

from typing import Annotated, Any

from chassis.auth import Identified
from chassis.clock import Now
from chassis.conditional import etag, tagged
from chassis.idempotency import KeyedRoute
from domain.identity import AgreementId, UnitCode
from fastapi import APIRouter, Path, Request, Response

from agreements.api.act_schemas import SignatureIn, SignatureOut, SignaturePage, signature_out
from agreements.api.agreement_schemas import RevisionOut, RevisionPage, revision_out
from agreements.api.given import AgreementKey, Given
from agreements.usecases import drafting, signing

router = APIRouter(tags=["signatures"], route_class=KeyedRoute)
Number = Annotated[int, Path(description="the revision's number", ge=1, le=1_000_000)]
CANONICAL: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {}}, "description": "the exact bytes every party signs"}
}


@router.get("/v1/agreements/{id}/revisions")
async def list_revisions(id: AgreementKey, ports: Given, caller: Identified) -> RevisionPage:
    """List all revisions, oldest first."""
    kept = await drafting.revisions(ports, caller, AgreementId(id))
    return RevisionPage(items=[revision_out(revision) for revision in kept], next=None)


@router.get("/v1/agreements/{id}/revisions/{number}", response_model=RevisionOut)
async def get_revision(
    request: Request, id: AgreementKey, number: Number, ports: Given, caller: Identified
) -> Response:
    """Give one revision."""
    kept = await drafting.revision(ports, caller, AgreementId(id), number)
    return tagged(request, revision_out(kept), kept.digest)


@router.get("/v1/agreements/{id}/revisions/{number}/canonical", response_class=Response, responses=CANONICAL)
async def get_canonical(id: AgreementKey, number: Number, ports: Given, caller: Identified) -> Response:
    """Give the exact bytes that are signed (RFC 8785); their SHA-256 is the digest."""
    kept = await drafting.revision(ports, caller, AgreementId(id), number)
    content = drafting.signed_bytes(AgreementId(id), kept.revision)
    return Response(content, media_type="application/json", headers={"ETag": etag(kept.digest)})


@router.post("/v1/agreements/{id}/signatures", status_code=201)
async def sign_agreement(
    id: AgreementKey, sent: SignatureIn, ports: Given, caller: Identified, now: Now
) -> SignatureOut:
    """Sign the present revision on behalf of a party; the digest says what you have read."""
    signature = await signing.sign(
        ports,
        caller,
        AgreementId(id),
        party=UnitCode(sent.party),
        revision=sent.revision,
        digest=sent.digest,
        jws=sent.jws,
        jwk=sent.jwk,
        now=now,
    )
    return signature_out(signature)


@router.get("/v1/agreements/{id}/signatures")
async def list_signatures(id: AgreementKey, ports: Given, caller: Identified) -> SignaturePage:
    """List the signatures under an agreement."""
    agreement = await drafting.one(ports, caller, AgreementId(id))
    return SignaturePage(items=[signature_out(signature) for signature in agreement.signatures], next=None)
