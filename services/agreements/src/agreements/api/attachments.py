"""`/v1/agreements/{id}/attachments`: files beside an agreement, or part of what is signed."""

from typing import Annotated, Any
from urllib.parse import quote

from chassis.arrival import arrival, binary_body
from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.conditional import etag, tagged
from chassis.paging import Asked
from domain.attachment import Attachment, AttachmentKind
from domain.identity import AgreementId, UnitCode
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from agreements.api.forms import filed_form, page_form, told_filed, whole_page
from agreements.api.given import AgreementKey, Given, Key
from agreements.usecases import attaching
from agreements.usecases.attaching import TAKEN

router = APIRouter(tags=["attachments"])
Name = Annotated[str, Query(description="the file's name", min_length=1, max_length=200)]
Kind = Annotated[AttachmentKind, Query(description="what the file is")]
Signed = Annotated[bool, Query(description="part of what is signed: makes a new revision of the draft")]
Unit = Annotated[str, Query(description="the unit you attach it for", min_length=1, max_length=40)]
CONTENT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "the file as it came in"}
}


@router.post(
    "/v1/agreements/{id}/attachments",
    status_code=201,
    response_model=filed_form(Attachment),
    openapi_extra=binary_body(TAKEN),
)
async def attach_file(
    request: Request,
    id: AgreementKey,
    ports: Given,
    caller: Identified,
    new_id: NewId,
    now: Now,
    name: Name,
    kind: Kind,
    unit: Unit,
    signed: Signed = False,
) -> Response:
    """Attach a file, sent as the body with its media type; `Content-Digest` is checked where it is given."""
    file = await arrival(request, TAKEN)
    sent = attaching.File(
        name=name, kind=kind, media_type=file.media_type, content=file.content, signed=signed, unit=UnitCode(unit)
    )
    filed = await attaching.attach(ports, caller, AgreementId(id), sent, new_id, now)
    return tagged(request, told_filed(filed), filed.version, status=201)


@router.get("/v1/agreements/{id}/attachments", response_model=page_form(filed_form(Attachment)))
async def list_attachments(id: AgreementKey, ports: Given, caller: Identified, asked: Asked) -> BaseModel:
    """List an agreement's attachments, oldest first."""
    found = await attaching.attachments(ports, caller, AgreementId(id))
    return whole_page(filed_form(Attachment), [told_filed(filed) for filed in found], asked)


@router.get("/v1/agreements/{id}/attachments/{key}/content", response_class=Response, responses=CONTENT)
async def get_content(id: AgreementKey, key: Key, ports: Given, caller: Identified) -> Response:
    """Give an attachment's bytes, to be saved and never shown in the browser's own window."""
    value, content = await attaching.content(ports, caller, AgreementId(id), key)
    headers = {
        "ETag": etag(value.sha256),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(value.name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(content, media_type=value.media_type, headers=headers)
