"""What routes are given."""

from typing import Annotated

from fastapi import Depends, Request

from reporting.ports import Ports


async def _ports(request: Request) -> Ports:
    ports: Ports = request.app.state.ports
    return ports


def held(request: Request, tag: str) -> bool:
    """Say whether the client holds this version already (`If-None-Match`)."""
    seen = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    return bool(seen & {tag, "*"})


Given = Annotated[Ports, Depends(_ports)]
