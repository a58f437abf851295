"""What routes are given."""

from typing import Annotated
from uuid import UUID

from chassis.conditional import IfMatch, must_match
from fastapi import Depends, Path, Request

from agreements.ports import Ports


async def _ports(request: Request) -> Ports:
    ports: Ports = request.app.state.ports
    return ports


Given = Annotated[Ports, Depends(_ports)]
AgreementKey = Annotated[UUID, Path(description="the agreement's id")]


Key = Annotated[UUID, Path(description="the id")]
Code = Annotated[str, Path(description="the code", max_length=60)]


class Held:
    """The version a client says it changes."""

    def __init__(self, tag: str) -> None:
        """Take the client's If-Match."""
        self._tag = tag

    def __call__(self, newest: int) -> None:
        """Refuse where there is a newer version."""
        must_match(self._tag, newest)


async def _held(tag: IfMatch) -> Held:
    return Held(tag)


HeldVersion = Annotated[Held, Depends(_held)]
