"""Versions as `ETag`, `If-Match` and `If-None-Match` (RFC 9110): nobody overwrites what they have not seen."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from domain.errors import Stale, Text
from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel

from chassis.problems import Refused

PLAIN = "/:?&=,;%"
"""What stands in an address as it is; everything else that is not ASCII is written in percent."""


@dataclass(eq=False)
class VersionNotNamed(Refused):
    """A change must name the version it changes."""

    title_de = "Eine Änderung muss die Fassung nennen, die sie ändert."
    says = Text(
        "read the resource and send its ETag as If-Match",
        "lesen Sie die Ressource und senden Sie ihr ETag als If-Match",
    )
    status = 428


@dataclass(eq=False)
class VersionStale(Stale):
    """Somebody else changed this in the meantime."""

    title_de = "Jemand anderes hat dies inzwischen geändert."
    says = Text(
        "you hold {held}, the newest is {newest}: read it again and repeat your change on it",
        "Sie haben {held}, die neueste ist {newest}: lesen Sie neu und wiederholen Sie Ihre Änderung darauf",
    )

    held: str
    newest: str


def etag(version: int | str) -> str:
    """Write a version as a strong entity tag."""
    return f'"{version}"'


async def _if_match(header: Annotated[str | None, Header(alias="If-Match")] = None) -> str:
    if header is None:
        raise VersionNotNamed
    return header


IfMatch = Annotated[str, Depends(_if_match)]


def must_match(held: str, newest: int | str) -> None:
    """Refuse a change whose sender holds another version than the newest."""
    tags = {tag.strip() for tag in held.split(",")}
    if etag(newest) not in tags and "*" not in tags:
        raise VersionStale(held=held, newest=etag(newest))


def tagged(request: Request, body: BaseModel, version: int | str, *, status: int = 200, **headers: str) -> Response:
    """Answer with a resource and its tag; 304 without a body where the client holds it already."""
    tag = etag(version)
    seen = {seen.strip().removeprefix("W/") for seen in request.headers.get("if-none-match", "").split(",")}
    if request.method == "GET" and seen & {tag, "*"}:
        return Response(status_code=304, headers={"ETag": tag})
    named = {name.replace("_", "-"): quote(value, safe=PLAIN) for name, value in headers.items()}
    content = body.model_dump_json().encode()
    return Response(content, status, media_type="application/json", headers={"ETag": tag, **named})
