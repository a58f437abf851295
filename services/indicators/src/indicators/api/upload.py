"""Taking a file from the wire: hashed while it comes in, checked against what was announced."""

import base64
import hashlib
import re
from dataclasses import dataclass

from chassis.problems import Refused
from domain.errors import Text
from fastapi import Request

from indicators.usecases.errors import DigestDiffers, FileEmpty

TAKEN = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/json",
)
ANNOUNCED = re.compile(r"sha-256=:([A-Za-z0-9+/=]{44}):")


@dataclass(eq=False)
class NotThisFormat(Refused):
    """The file has a format that deliveries do not take."""

    title_de = "Die Datei hat ein Format, das Lieferungen nicht annehmen."
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


async def arrival(request: Request) -> Arrived:
    """Take the body in; how large it may be is limited before it gets here."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in TAKEN:
        raise NotThisFormat(given=media_type, taken=", ".join(TAKEN))
    hashed, chunks = hashlib.sha256(), []
    async for chunk in request.stream():
        hashed.update(chunk)
        chunks.append(chunk)
    if not any(chunks):
        raise FileEmpty
    _must_be_announced(request, hashed.digest())
    return Arrived(chunks=chunks, digest=hashed.hexdigest(), media_type=media_type)


def _must_be_announced(request: Request, digest: bytes) -> None:
    announced = ANNOUNCED.search(request.headers.get("content-digest", ""))
    if announced and announced[1] != base64.b64encode(digest).decode():
        raise DigestDiffers(digest.hex())
