"""`/v1/uploads`: large files by pieces, after tus 1.0 (creation, checksum, expiration, termination)."""

import base64
import hashlib
from collections.abc import AsyncIterator, Mapping
from email.utils import format_datetime
from typing import Annotated, ClassVar
from uuid import UUID

from chassis.arrival import media_type_of
from chassis.auth import Identified
from chassis.clock import NewId, Now
from chassis.problems import Refused
from domain.errors import Text
from domain.identity import DeliveryId
from fastapi import APIRouter, Depends, Header, HTTPException, Path, Request, Response

from indicators.api.arriving import TAKEN
from indicators.api.given import Given
from indicators.ports import Ports
from indicators.ports.uploaded import Upload
from indicators.usecases import uploading
from indicators.usecases.arriving import once
from indicators.usecases.upload_errors import UploadUnreadable

router = APIRouter(tags=["uploads"])
VERSION = {"Tus-Resumable": "1.0.0"}
ABILITIES = {"Tus-Version": "1.0.0", "Tus-Extension": "creation,checksum,expiration,termination"}
ABILITIES |= {"Tus-Checksum-Algorithm": "sha256", **VERSION}
PIECE = ("application/offset+octet-stream",)
UploadKey = Annotated[UUID, Path(description="the upload's id")]
Bytes = Annotated[int, Header(alias="Upload-Offset", ge=0)]
Length = Annotated[int, Header(alias="Upload-Length", ge=0)]
Metadata = Annotated[str, Header(alias="Upload-Metadata", max_length=4000, description="names and base64 values")]
Checksum = Annotated[str | None, Header(alias="Upload-Checksum", description="`sha256` and its base64 of the piece")]


class ChecksumDiffers(Refused):
    """The piece is not what its checksum says."""

    title_de = "Das Stück ist nicht, was seine Prüfsumme sagt."
    says = Text("nothing of it was kept; send it again", "nichts davon wurde behalten; senden Sie es erneut")
    status = 460


class NotThisVersion(Refused):
    """Another version of tus is spoken here."""

    title_de = "Hier wird eine andere Fassung von tus gesprochen."
    says = Text("send `Tus-Resumable: 1.0.0`", "senden Sie `Tus-Resumable: 1.0.0`")
    status = 412
    headers: ClassVar[Mapping[str, str]] = {"Tus-Version": ABILITIES["Tus-Version"]}


async def _understood(spoken: Annotated[str, Header(alias="Tus-Resumable")] = VERSION["Tus-Resumable"]) -> None:
    if spoken != VERSION["Tus-Resumable"]:
        raise NotThisVersion


async def _length(ports: Given, length: Length = 0) -> int:
    if length > ports.largest_file:
        raise HTTPException(413, headers=_largest(ports))
    return length


async def _options(metadata: Metadata = "") -> Mapping[str, str]:
    options = {}
    for entry in filter(None, (part.strip() for part in metadata.split(","))):
        name, _, value = entry.partition(" ")
        try:
            options[name] = base64.b64decode(value, validate=True).decode()
        except ValueError as error:
            raise UploadUnreadable(f"{name} is no base64 of UTF-8") from error
    if options.get("media_type", options.get("filetype", TAKEN[0])) not in TAKEN:
        raise UploadUnreadable(f"the media type is none of {', '.join(TAKEN)}")
    return options


Options = Annotated[Mapping[str, str], Depends(_options)]
FileLength = Annotated[int, Depends(_length)]
TUS = [Depends(_understood)]


@router.options("/v1/uploads", status_code=204)
async def describe_uploads(ports: Given) -> Response:
    """Say what of tus is understood, and how large a file may be."""
    return Response(status_code=204, headers={**ABILITIES, **_largest(ports)})


@router.post("/v1/uploads", status_code=201, response_class=Response, dependencies=TUS)
async def begin_upload(
    ports: Given, caller: Identified, id: NewId, now: Now, options: Options, length: FileLength
) -> Response:
    """Begin an upload; its metadata names media type, kind, mode and the rest as a delivery's query does."""
    upload = await uploading.begin(ports, caller, DeliveryId(id), (length, options), now)
    return _told(upload, 0, 201)


@router.head("/v1/uploads/{id}/file", response_class=Response, dependencies=TUS)
async def get_upload(id: UploadKey, ports: Given, caller: Identified) -> Response:
    """Say how many bytes are there, and which delivery the file became."""
    return _told(*await uploading.state(ports, caller, DeliveryId(id)), 200)


@router.patch("/v1/uploads/{id}/file", status_code=204, response_class=Response, dependencies=TUS)
async def continue_upload(
    request: Request,
    id: UploadKey,
    ports: Given,
    caller: Identified,
    now: Now,
    offset: Bytes = 0,
    checksum: Checksum = None,
) -> Response:
    """Send the next piece; with the last one the file becomes a delivery, named by `Upload-Delivery`."""
    piece = (offset, await _piece(request, checksum))
    return _told(*await uploading.go_on(ports, caller, DeliveryId(id), piece, now), 204)


@router.delete("/v1/uploads/{id}/file", status_code=204, response_class=Response, dependencies=TUS)
async def give_up_upload(id: UploadKey, ports: Given, caller: Identified) -> Response:
    """Forget an upload."""
    await uploading.give_up(ports, caller, DeliveryId(id))
    return Response(status_code=204, headers=VERSION)


async def _piece(request: Request, checksum: str | None) -> AsyncIterator[bytes]:
    """Give a piece as it comes in; one with a checksum is taken in whole before any of it is kept."""
    media_type_of(request, PIECE)
    if checksum is None:
        return request.stream()
    content = await request.body()
    algorithm, _, sum_ = checksum.partition(" ")
    if algorithm != "sha256":
        raise UploadUnreadable("the checksum is sha256 and base64")
    if base64.b64encode(hashlib.sha256(content).digest()).decode() != sum_.strip():
        raise ChecksumDiffers
    return once(content)


def _largest(ports: Ports) -> Mapping[str, str]:
    return {"Tus-Max-Size": str(ports.largest_file), **VERSION}


def _told(upload: Upload, there: int, status: int) -> Response:
    headers = {
        **VERSION,
        "Upload-Offset": str(there),
        "Upload-Length": str(upload.length),
        "Upload-Expires": format_datetime(upload.expires_at, usegmt=True),
        "Cache-Control": "no-store",
        "Location": f"/v1/uploads/{upload.id}/file",
    }
    if upload.delivery:
        headers["Upload-Delivery"] = f"/v1/deliveries/{upload.delivery}"
    return Response(status_code=status, headers=headers)
