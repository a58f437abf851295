"""Deliveries of one sender put in line, as a process does that dies before it works them off."""

from datetime import datetime

from chassis.caller import Caller, Role
from chassis.clock import new_id
from domain.delivery import DeliveryKind, DeliveryMode, OnError
from domain.identity import DeliveryId
from indicators.ports import Ports
from indicators.ports.delivered import Job
from indicators.usecases import delivering
from indicators.usecases.arriving import once


def sender_for(unit: str, name: str) -> Caller:
    """Give somebody who delivers for a unit."""
    return Caller(subject=name, name=name, roles=frozenset({Role.UPLOADER}), units=frozenset({unit}))


async def put_in_line(ports: Ports, sender: Caller, content: bytes, now: datetime) -> Job:
    """Put a file in line of which good rows are kept."""
    wanted = delivering.Wanted(
        id=DeliveryId(new_id()),
        media_type="text/csv",
        kind=DeliveryKind.OBSERVATIONS,
        mode=DeliveryMode.PARTIAL,
        on_error=OnError.ACCEPT_VALID,
        dry_run=False,
    )
    _, job = await delivering.receive(ports, sender, wanted, once(content), now)
    assert job is not None
    return job
