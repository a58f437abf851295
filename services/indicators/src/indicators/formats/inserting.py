"""A file as it is, with something put into some of its places."""

from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

BLOCK = 1_000_000


class Change(NamedTuple):
    """Bytes that stand in place of those from `start` to before `end`; of none, where both are the same."""

    start: int
    end: int
    content: bytes


def changed(file: IO[bytes], changes: Iterable[Change]) -> Iterator[bytes]:
    """Give a file's bytes with changes made, which are in order."""
    at = 0
    for change in changes:
        yield from _some(file, change.start - at)
        yield change.content
        for _ in _some(file, change.end - change.start):
            pass
        at = change.end
    while piece := file.read(BLOCK):
        yield piece


def _some(file: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0:
        piece = file.read(min(BLOCK, size))
        size -= len(piece)
        yield piece
