"""Taking a file from the wire: hashed while it comes in, checked against what was announced."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from domain.errors import Text
from fastapi import Request

from chassis.digests.announced import Announced
from chassis.problems import Refused


@dataclass(eq=False)
class NotThisFormat(Refused):
    """The file has a format that is not taken here."""

    title_de = "Die Datei hat ein Format, das hier nicht angenommen wird."
    says = Text("'{given}' is not taken; send {taken}", "„{given}“ wird nicht angenommen; senden Sie {taken}")
    status = 415

    given: str
    taken: str


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
    announced, hashed, chunks = announced_by(request), hashlib.sha256(), []
    async for chunk in request.stream():
        announced.update(chunk)
        hashed.update(chunk)
        chunks.append(chunk)
    announced.must_hold()
    return Arrived(chunks=chunks, digest=hashed.hexdigest(), media_type=media_type)


def announced_by(request: Request) -> Announced:
    """Give what the Content-Digest of a request announces; DigestUnreadable where that cannot be checked."""
    given = request.headers.getlist("content-digest")
    return Announced.by(", ".join(given) if given else None)
