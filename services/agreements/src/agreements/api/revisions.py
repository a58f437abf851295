"""`/v1/agreements/{id}/revisions`: what was agreed when, how revisions differ, who saw them."""

from typing import Annotated, Any

from chassis.auth import Identified
from chassis.clock import Now
from chassis.conditional import etag, tagged
from chassis.idempotency import KeyedRoute
from chassis.paging import Asked
from chassis.problems import language_of
from domain.identity import AgreementId
from fastapi import APIRouter, Path, Request, Response

from agreements.api.agreement_schemas import RevisionOut, RevisionPage, revision_out
from agreements.api.given import AgreementKey, Given
from agreements.api.view_schemas import DifferencePage, SightingPage, difference_out, sighting_out
from agreements.usecases import viewing
from agreements.usecases.keeping import signed_bytes

router = APIRouter(tags=["revisions"], route_class=KeyedRoute)
Number = Annotated[int, Path(description="the revision's number", ge=1, le=1_000_000)]
CANONICAL: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {}}, "description": "the exact bytes every party signs"}
}


@router.get("/v1/agreements/{id}/revisions")
async def list_revisions(id: AgreementKey, ports: Given, caller: Identified, asked: Asked) -> RevisionPage:
    """List all revisions, oldest first."""
    kept = await viewing.revisions(ports, caller, AgreementId(id))
    return asked.page(RevisionPage, [revision_out(revision) for revision in kept])


@router.get("/v1/agreements/{id}/revisions/{number}", response_model=RevisionOut)
async def get_revision(
    request: Request, id: AgreementKey, number: Number, ports: Given, caller: Identified, now: Now
) -> Response:
    """Give one revision; a party's first sight of it is noted."""
    kept = await viewing.revision(ports, caller, AgreementId(id), number, now)
    return tagged(request, revision_out(kept), kept.digest)


@router.get("/v1/agreements/{id}/revisions/{number}/canonical", response_class=Response, responses=CANONICAL)
async def get_canonical(id: AgreementKey, number: Number, ports: Given, caller: Identified, now: Now) -> Response:
    """Give the exact bytes that are signed (RFC 8785); their SHA-256 is the digest."""
    kept = await viewing.revision(ports, caller, AgreementId(id), number, now)
    content = signed_bytes(AgreementId(id), kept)
    return Response(content, media_type="application/json", headers={"ETag": etag(kept.digest)})


@router.get("/v1/agreements/{id}/revisions/{number}/diff/{other}")
async def compare_revisions(
    request: Request, id: AgreementKey, number: Number, other: Number, ports: Given, caller: Identified, asked: Asked
) -> DifferencePage:
    """Compare a revision with another: field by field, goal by goal, in words."""
    found = await viewing.differences(ports, caller, AgreementId(id), number, other)
    return asked.page(DifferencePage, [difference_out(each, language_of(request)) for each in found])


@router.get("/v1/agreements/{id}/sightings")
async def list_sightings(id: AgreementKey, ports: Given, caller: Identified, asked: Asked) -> SightingPage:
    """List who saw which revision for which party, and when first."""
    found = await viewing.sightings(ports, caller, AgreementId(id))
    return asked.page(SightingPage, [sighting_out(sighting) for sighting in found])
