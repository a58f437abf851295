"""What routes are given."""

from typing import Annotated

from fastapi import Depends, Request

from reporting.ports import Ports


async def _ports(request: Request) -> Ports:
    ports: Ports = request.app.state.ports
    return ports


Given = Annotated[Ports, Depends(_ports)]
