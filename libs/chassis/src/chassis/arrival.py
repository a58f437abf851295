"""Taking a file from the wire: hashed while it comes in, checked against what was announced."""

import base64
import binascii
import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass

from domain.errors import Invalid, Text
from fastapi import Request

from chassis.problems import Refused

ANNOUNCED = re.compile(r"sha-256=:([^:]*):")


@dataclass(eq=False)
class NotThisFormat(Refused):
    """The file has a format that is not taken here."""

    title_de = "Die Datei hat ein Format, das hier nicht angenommen wird."
    says = Text("'{given}' is not taken; send {taken}", "„{given}“ wird nicht angenommen; senden Sie {taken}")
    status = 415

    given: str
    taken: str


@dataclass(eq=False)
class DigestDiffers(Invalid):
    """The bytes that arrived are not those the sender announced."""

    title_de = "Angekommen sind andere Bytes, als der Absender angekündigt hat."
    says = Text("the file's SHA-256 is {found}; send it again", "SHA-256 der Datei ist {found}; senden Sie sie erneut")

    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A file that has come in whole."""

    chunks: list[bytes]
    digest: str
    media_type: str

    @property
    def content(self) -> bytes:
        """Give it in one piece."""
        return b"".join(self.chunks)


def binary_body(taken: Collection[str]) -> dict[str, object]:
    """Describe such a body in the contract."""
    content = {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in taken}
    return {"requestBody": {"required": True, "content": content}}


def media_type_of(request: Request, taken: Collection[str]) -> str:
    """Give a body's media type; NotThisFormat where it is none of these."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in taken:
        raise NotThisFormat(given=media_type, taken=", ".join(taken))
    return media_type


async def arrival(request: Request, taken: Collection[str]) -> Arrived:
    """Take a body of one of these media types in; how large it may be is limited before it gets here."""
    media_type = media_type_of(request, taken)
    hashed, chunks = hashlib.sha256(), []
    async for chunk in request.stream():
        hashed.update(chunk)
        chunks.append(chunk)
    must_be_announced(request, hashed.digest())
    return Arrived(chunks=chunks, digest=hashed.hexdigest(), media_type=media_type)


def announced_digest(request: Request) -> bytes | None:
    """Give the SHA-256 that the Content-Digest (RFC 9530) of a request announces, if it does; empty if unreadable."""
    named = ANNOUNCED.search(request.headers.get("content-digest", ""))
    try:
        return base64.b64decode(named[1], validate=True) if named else None
    except binascii.Error:
        return b""


def must_be_announced(request: Request, digest: bytes) -> None:
    """Refuse bytes that are not those of the Content-Digest, where one was sent."""
    announced = announced_digest(request)
    if announced not in {None, digest}:
        raise DigestDiffers(digest.hex())
