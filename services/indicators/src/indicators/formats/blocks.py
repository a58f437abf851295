"""A CSV file in blocks of whole rows, so that memory does not grow with it."""

from collections.abc import Iterator
from pathlib import Path

from indicators.usecases.errors import FileBroken

BLOCK, MOST_IN_QUOTES = 2_000_000, 24_000_000


def blocks(path: Path) -> Iterator[bytes]:
    """Cut the rows into blocks at the ends of lines that stand outside quotes."""
    with path.open("rb") as file:
        file.readline()
        rest = b""
        while block := file.read(BLOCK):
            rest += block
            cut = _end_of_row(rest)
            if cut:
                yield rest[:cut]
                rest = rest[cut:]
            elif len(rest) > MOST_IN_QUOTES:
                raise FileBroken(expected="CSV", why="a quoted cell does not end")
        if rest.count(b'"') % 2:
            raise FileBroken(expected="CSV", why="a quoted cell does not end")
        if rest.strip():
            yield rest


def _end_of_row(block: bytes) -> int:
    """Find where the last whole row ends: behind a line feed with as many quotes opened as closed before it."""
    cut = block.rfind(b"\n") + 1
    quotes = block.count(b'"', 0, cut)
    while cut and quotes % 2:
        before = block.rfind(b"\n", 0, cut - 1) + 1
        quotes -= block.count(b'"', before, cut)
        cut = before
    return cut
