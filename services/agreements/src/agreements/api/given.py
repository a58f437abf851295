"""What routes are given."""

from typing import Annotated
from uuid import UUID

from chassis.conditional import IfMatch, must_match
from domain.agreement import Agreement
from fastapi import Depends, Path, Request

from agreements.ports import Ports


async def _ports(request: Request) -> Ports:
    ports: Ports = request.app.state.ports
    return ports


Given = Annotated[Ports, Depends(_ports)]
AgreementKey = Annotated[UUID, Path(description="the agreement's id")]


class Held:
    """The version a client says it changes."""

    def __init__(self, tag: str) -> None:
        """Take the client's If-Match."""
        self._tag = tag

    def __call__(self, agreement: Agreement) -> None:
        """Refuse where the agreement has moved on."""
        must_match(self._tag, agreement.version)


async def _held(tag: IfMatch) -> Held:
    return Held(tag)


HeldVersion = Annotated[Held, Depends(_held)]
