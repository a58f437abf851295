"""Files on their way in: unpacked, checked against what was announced, waited for."""

import asyncio
import hashlib
import re
import zlib
from collections.abc import AsyncIterator
from typing import Annotated

from chassis.arrival import must_be_announced
from chassis.caller import Caller
from domain.delivery import OPEN, Delivery
from domain.errors import Language
from fastapi import Depends, Header, Request
from fastapi.responses import StreamingResponse

from indicators.api.delivery_schemas import delivery_out
from indicators.ports import Ports
from indicators.ports.delivered import Job
from indicators.usecases import delivering
from indicators.usecases.errors import EncodingUnknown, FileBroken

TAKEN = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/json",
    "application/x-ndjson",
    "application/vnd.apache.parquet",
    "application/vnd.sdmx.data+csv",
    "application/xml",
)
USUAL_WAIT, LONGEST_WAIT = 10, 30
PREFERRED = re.compile(r"\bwait=([0-9]{1,4})\b")
STEEPEST = 100
"""How many times its size a compressed body may unpack to."""
SMALLEST = 10_000_000
PAUSE, LONGEST_FOLLOWED = 0.5, 3600


async def _wait(
    prefer: Annotated[str, Header(description="`wait=N`: seconds to wait for the outcome, at most 30")] = "",
) -> int:
    given = PREFERRED.search(prefer)
    return min(int(given[1]), LONGEST_WAIT) if given else USUAL_WAIT


Wait = Annotated[int, Depends(_wait)]


class EventStream(StreamingResponse):
    """Server-sent events."""

    media_type = "text/event-stream"


async def file_of(request: Request) -> AsyncIterator[bytes]:
    """Pass a body on as it comes in, unpacked; at its end it must be what was announced."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip"):
        raise EncodingUnknown(encoding)
    hashed = hashlib.sha256()

    async def raw() -> AsyncIterator[bytes]:
        async for chunk in request.stream():
            hashed.update(chunk)
            yield chunk

    async for chunk in _unpacked(raw()) if encoding == "gzip" else raw():
        yield chunk
    must_be_announced(request, hashed.digest())


async def _unpacked(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    unpacker, packed, unpacked = zlib.decompressobj(31), 0, 0
    try:
        async for chunk in chunks:
            packed += len(chunk)
            rest = chunk
            while rest:
                some = unpacker.decompress(rest, 1_000_000)
                unpacked += len(some)
                if unpacked > max(STEEPEST * packed, SMALLEST):
                    raise FileBroken(expected="gzip", why="it would unpack to far more than it is")
                yield some
                rest = unpacker.unconsumed_tail
    except zlib.error as error:
        raise FileBroken(expected="gzip", why=str(error)) from error
    if not unpacker.eof:
        raise FileBroken(expected="gzip", why="it is cut off")


async def awaited(ports: Ports, caller: Caller, job: Job, seconds: int) -> Delivery:
    """Put a job in line and wait for its outcome; a fault of the whole file is the answer."""
    task = ports.line.submit(job)
    await asyncio.wait([task], timeout=seconds)
    if not task.done():
        await ports.spool.secure(job.id)
    fault = task.result() if task.done() else None
    if fault is not None:
        raise fault
    return await delivering.one(ports, caller, job.id)


async def progress_of(ports: Ports, caller: Caller, first: Delivery, language: Language) -> AsyncIterator[str]:
    """Tell a delivery whenever it has moved on, until it has its outcome."""
    told, delivery = "", first
    for _ in range(int(LONGEST_FOLLOWED / PAUSE)):
        now = delivery_out(delivery, language).model_dump_json()
        if now != told:
            told = now
            yield f"event: {delivery.status}\ndata: {now}\n\n"
        if delivery.status not in OPEN:
            return
        await asyncio.sleep(PAUSE)
        delivery = await delivering.one(ports, caller, first.id)
