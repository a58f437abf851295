"""Bytes on their way in: hashed as they were sent, unpacked within bounds."""

import zlib
from collections.abc import AsyncIterator

from chassis.digests.announced import Announced

from indicators.usecases.errors import EncodingUnknown, FileBroken

STEEPEST = 100
"""How many times its size a packed file may unpack to."""
SMALLEST = 10_000_000
MOST_MEMBERS = 100_000
PIECE = 1_000_000
GZIP = 31
"""What zlib calls a gzip file with the widest window."""


async def arriving(chunks: AsyncIterator[bytes], encoding: str, announced: Announced) -> AsyncIterator[bytes]:
    """Pass a file on as it comes in, unpacked; at its end what was sent must be what was announced."""
    if encoding not in ("", "identity", "gzip"):
        raise EncodingUnknown(encoding)
    sent = _hashed(chunks, announced) if announced.digests else chunks
    async for chunk in _unpacked(sent) if encoding == "gzip" else sent:
        yield chunk
    announced.must_hold()


async def _hashed(chunks: AsyncIterator[bytes], announced: Announced) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        announced.update(chunk)
        yield chunk


async def _unpacked(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Unpack all members of a gzip file (RFC 1952), one behind the other; bounds hold for all of them together."""
    unpacker, members, packed, unpacked = zlib.decompressobj(GZIP), 1, 0, 0
    try:
        async for chunk in chunks:
            packed += len(chunk)
            rest = chunk
            while rest:
                if unpacker.eof:
                    unpacker, members = zlib.decompressobj(GZIP), members + 1
                some = unpacker.decompress(rest, PIECE)
                unpacked += len(some)
                if unpacked > max(STEEPEST * packed, SMALLEST) or members > MOST_MEMBERS:
                    raise FileBroken(expected="gzip", why="it would unpack to far more than it is")
                yield some
                rest = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error as error:
        raise FileBroken(expected="gzip", why=str(error)) from error
    if not unpacker.eof:
        raise FileBroken(expected="gzip", why="it is cut off")


async def once(content: bytes) -> AsyncIterator[bytes]:
    """Give what is there already as if it came in."""
    yield content
