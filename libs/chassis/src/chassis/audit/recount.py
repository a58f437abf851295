"""Recounting the log: every entry, every node, every sealed head computed anew and compared."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.audit.checkpoints import CHECKPOINTS, head
from chassis.audit.log import all_entries, with_nodes
from chassis.audit.merkle import EMPTY, node_hash, root
from chassis.audit.seal import BadSignature, KeySeal


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One thing that was recounted, and what was found."""

    name: str
    sound: bool
    detail: str


Check = Callable[[AsyncConnection], Awaitable[Checked]]
"""A service's own recount of something beside the log."""


async def recounted(connection: AsyncConnection, service: str, seal: KeySeal, more: Sequence[Check]) -> list[Checked]:
    """Recount the log and what a service checks besides."""
    heads = {row.tree_size: row for row in (await connection.execute(sa.select(CHECKPOINTS))).all()}
    peaks: list[tuple[int, bytes]] = []
    expected, wrong, roots = 0, "", {0: EMPTY}
    async for entry, leaf in all_entries(connection):
        if entry.position != expected and not wrong:
            wrong = f"position {expected} is missing"
        if (leaf is None or bytes(leaf) != entry.leaf) and not wrong:
            wrong = f"entry {entry.position} is not what was recorded"
        _grow(peaks, entry.leaf)
        expected += 1
        if expected in heads:
            roots[expected] = _root(peaks)
    if not wrong and peaks and await with_nodes(connection, lambda node: root(node, expected)) != _root(peaks):
        wrong = "the tree's nodes are not those of its entries"
    log = Checked(name="log", sound=not wrong, detail=wrong or f"{expected} entries")
    false = [row for size, row in heads.items() if not _holds(service, seal, row, roots.get(size))]
    detail = f"the head of {false[0].tree_size} entries does not hold" if false else f"{len(heads)} sealed heads"
    return [
        log,
        Checked(name="checkpoints", sound=not false, detail=detail),
        *[await check(connection) for check in more],
    ]


def _holds(service: str, seal: KeySeal, row: sa.Row[tuple[object, ...]], tree_root: bytes | None) -> bool:
    try:
        seal.verify_own(row.jws, head(service, row.tree_size, row.root, row.at))
    except BadSignature:
        return False
    return tree_root is not None and tree_root.hex() == row.root


def _grow(peaks: list[tuple[int, bytes]], leaf: bytes) -> None:
    """Put a leaf behind the complete subtrees of a tree, joining those of one size."""
    level, value = 0, leaf
    while peaks and peaks[-1][0] == level:
        _, left = peaks.pop()
        level, value = level + 1, node_hash(left, value)
    peaks.append((level, value))


def _root(peaks: Sequence[tuple[int, bytes]]) -> bytes:
    value = peaks[-1][1]
    for _, left in reversed(peaks[:-1]):
        value = node_hash(left, value)
    return value
