"""What routes are given."""

from typing import Annotated

from chassis.wire import Instant
from fastapi import Depends, Query, Request

from indicators.ports import Ports


async def _ports(request: Request) -> Ports:
    ports: Ports = request.app.state.ports
    return ports


Given = Annotated[Ports, Depends(_ports)]
AsOf = Annotated[Instant | None, Query(description="as it was known at this instant")]
Units = Annotated[list[str], Query(alias="unit", description="unit codes", min_length=1, max_length=1000)]
