"""Bytes on their way in: hashed as they were sent, unpacked within bounds."""

import hashlib
import zlib
from collections.abc import AsyncIterator, Callable

from indicators.usecases.errors import EncodingUnknown, FileBroken

STEEPEST = 100
"""How many times its size a packed file may unpack to."""
SMALLEST = 10_000_000
PIECE = 1_000_000


async def arriving(
    chunks: AsyncIterator[bytes], encoding: str, must_be: Callable[[bytes], None] | None
) -> AsyncIterator[bytes]:
    """Pass a file on as it comes in, unpacked; at its end `must_be`, if any, is told the SHA-256 of what was sent."""
    if encoding not in ("", "identity", "gzip"):
        raise EncodingUnknown(encoding)
    hashed = hashlib.sha256()
    sent = _hashed(chunks, hashed.update) if must_be else chunks
    async for chunk in _unpacked(sent) if encoding == "gzip" else sent:
        yield chunk
    if must_be:
        must_be(hashed.digest())


async def _hashed(chunks: AsyncIterator[bytes], update: Callable[[bytes], None]) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        update(chunk)
        yield chunk


async def _unpacked(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    unpacker, packed, unpacked = zlib.decompressobj(31), 0, 0
    try:
        async for chunk in chunks:
            packed += len(chunk)
            rest = chunk
            while rest:
                some = unpacker.decompress(rest, PIECE)
                unpacked += len(some)
                if unpacked > max(STEEPEST * packed, SMALLEST):
                    raise FileBroken(expected="gzip", why="it would unpack to far more than it is")
                yield some
                rest = unpacker.unconsumed_tail
    except zlib.error as error:
        raise FileBroken(expected="gzip", why=str(error)) from error
    if not unpacker.eof:
        raise FileBroken(expected="gzip", why="it is cut off")


async def once(content: bytes) -> AsyncIterator[bytes]:
    """Give what is there already as if it came in."""
    yield content
