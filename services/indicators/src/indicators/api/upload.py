"""Taking a file from the wire: hashed while it comes in, kept aside, checked against what was announced."""

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

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

    path: Path
    digest: str
    size: int
    media_type: str


@asynccontextmanager
async def arrival(request: Request) -> AsyncIterator[Arrived]:
    """Take the body into a file that is gone afterwards."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in TAKEN:
        raise NotThisFormat(given=media_type, taken=", ".join(TAKEN))
    with NamedTemporaryFile(prefix="delivery-") as file:
        hashed, size = hashlib.sha256(), 0
        async for chunk in request.stream():
            hashed.update(chunk)
            size += file.write(chunk)
        file.flush()
        if not size:
            raise FileEmpty
        _must_be_announced(request, hashed.digest())
        yield Arrived(path=Path(file.name), digest=hashed.hexdigest(), size=size, media_type=media_type)


def _must_be_announced(request: Request, digest: bytes) -> None:
    announced = ANNOUNCED.search(request.headers.get("content-digest", ""))
    if announced and announced[1] != base64.b64encode(digest).decode():
        raise DigestDiffers(digest.hex())
