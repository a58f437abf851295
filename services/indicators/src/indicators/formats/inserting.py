"""A file as it is, with something put in at some of its places."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

BLOCK = 1_000_000


def with_inserted(file: BinaryIO, inserted: Iterable[tuple[int, bytes]]) -> Iterator[bytes]:
    """Give a file's bytes with what is inserted before the bytes it names, which are in order."""
    at = 0
    for place, content in inserted:
        while at < place:
            piece = file.read(min(BLOCK, place - at))
            at += len(piece)
            yield piece
        yield content
    while piece := file.read(BLOCK):
        yield piece
