"""Files on their way in: unpacked, checked against what was announced, waited for."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Annotated, Any

from chassis.arrival import announced_by
from chassis.caller import Caller
from chassis.wire import Told
from domain.delivery import OPEN, Delivery
from domain.errors import Language
from fastapi import Depends, Header, Request
from fastapi.responses import StreamingResponse

from indicators.api.delivery_schemas import delivery_out
from indicators.ports import Ports
from indicators.ports.delivered import Job
from indicators.ports.media_types import MediaType
from indicators.usecases import delivering
from indicators.usecases.arriving import arriving

TAKEN = tuple(MediaType)
"""The media types of files that are delivered."""
USUAL_WAIT, LONGEST_WAIT = 10, 30
PREFERRED = re.compile(r"\bwait=([0-9]{1,4})\b")


async def _wait(
    prefer: Annotated[str, Header(description="`wait=N`: seconds to wait for the outcome, at most 30")] = "",
) -> int:
    given = PREFERRED.search(prefer)
    return min(int(given[1]), LONGEST_WAIT) if given else USUAL_WAIT


Wait = Annotated[int, Depends(_wait)]


FOLLOWED: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
        "description": "its states, one after another",
    }
}


class EventStream(StreamingResponse):
    """Server-sent events."""

    media_type = "text/event-stream"


def announced(request: Request) -> str | None:
    """Give the SHA-256 that a client names and waits with (`Expect: 100-continue`) before it sends the bytes."""
    waits = request.headers.get("expect", "").lower() == "100-continue"
    digest = announced_by(request).digests.get("sha-256") if waits else None
    return digest.hex() if digest else None


def file_of(request: Request) -> AsyncIterator[bytes]:
    """Pass a body on as it comes in, unpacked; at its end it must be what was announced."""
    encoding = request.headers.get("content-encoding", "").strip().lower()
    return arriving(request.stream(), encoding, announced_by(request))


def table_of(request: Request) -> AsyncIterator[bytes]:
    """Pass an official table on as it comes in; at its end it must be what was announced."""
    return arriving(request.stream(), "", announced_by(request))


async def waited_for(task: "asyncio.Task[Exception | None]", seconds: int) -> None:
    """Wait for work in line, so long at the most; a fault of the whole file is the answer."""
    await asyncio.wait([task], timeout=seconds)
    fault = task.result() if task.done() else None
    if fault is not None:
        raise fault


async def awaited(ports: Ports, caller: Caller, job: Job, seconds: int) -> Delivery:
    """Put a delivery in line and wait for its outcome."""
    await waited_for(ports.line.submit(job), seconds)
    delivery = await delivering.one(ports, caller, job.id)
    if delivery.status in OPEN:
        await ports.spool.secure(job.id)
    return delivery


def event_of(delivery: Delivery, language: Language) -> str:
    """Write a delivery as a server-sent event."""
    return state_event(delivery.status, delivery_out(delivery, language))


def state_event(status: str, told: Told) -> str:
    """Write a state as a server-sent event."""
    return f"event: {status}\ndata: {told.model_dump_json()}\n\n"
