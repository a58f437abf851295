"""Merkle trees (RFC 9162, section 2): roots, inclusion and consistency proofs, and how they are verified."""

import hashlib
from collections.abc import Callable, Sequence

Node = Callable[[int, int], bytes]
"""Gives the hash of the complete subtree of 2^level leaves with this index on its level."""

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """Hash a leaf."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees together."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(node: Node, size: int) -> bytes:
    """Give the root of the tree of the first `size` leaves."""
    return _range(node, 0, size) if size else EMPTY


def inclusion(node: Node, position: int, size: int) -> list[bytes]:
    """Prove that a leaf is in the tree of the first `size` leaves."""
    return _path(node, position, 0, size)


def consistency(node: Node, first: int, second: int) -> list[bytes]:
    """Prove that the tree of the first leaves is a beginning of the tree of the second."""
    return _subproof(node, first, 0, second, whole=True) if 0 < first < second else []


def appended(node: Node, size: int, leaves: Sequence[bytes]) -> dict[tuple[int, int], bytes]:
    """Give the nodes that come into being where leaves are put behind the first `size`, by level and index."""
    made: dict[tuple[int, int], bytes] = {}
    for number, leaf in enumerate(leaves):
        level, index, value = 0, size + number, leaf
        made[level, index] = value
        while index % 2:
            left = made.get((level, index - 1))
            value = node_hash(node(level, index - 1) if left is None else left, value)
            level, index = level + 1, index // 2
            made[level, index] = value
    return made


def frontier(size: int) -> list[tuple[int, int]]:
    """Name the complete subtrees a tree of this size consists of, largest first."""
    levels = [level for level in range(size.bit_length()) if size >> level & 1]
    return [(level, (size >> level) - 1) for level in reversed(levels)]


def includes(leaf: bytes, position: int, size: int, path: Sequence[bytes], tree_root: bytes) -> bool:
    """Verify an inclusion proof (RFC 9162, 2.1.3.2)."""
    if not 0 <= position < size:
        return False
    index, last, value = position, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if index % 2 or index == last:
            value = node_hash(step, value)
            while not index % 2 and index:
                index, last = index // 2, last // 2
        else:
            value = node_hash(value, step)
        index, last = index // 2, last // 2
    return last == 0 and value == tree_root


def extends(first: int, second: int, old: bytes, new: bytes, path: Sequence[bytes]) -> bool:
    """Verify a consistency proof (RFC 9162, 2.1.4.2)."""
    if first in (0, second):
        return not path and old == (new if first else EMPTY)
    steps = list(path) if first & (first - 1) else [old, *path]
    if not 0 < first < second or not steps:
        return False
    index, last = first - 1, second - 1
    while index % 2:
        index, last = index // 2, last // 2
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if index % 2 or index == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not index % 2 and index:
                index, last = index // 2, last // 2
        else:
            after = node_hash(after, step)
        index, last = index // 2, last // 2
    return last == 0 and before == old and after == new


def _split(size: int) -> int:
    """Give the largest power of two below a size."""
    return int(1 << (size - 1).bit_length() - 1)


def _range(node: Node, low: int, high: int) -> bytes:
    size = high - low
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, low >> level)
    middle = low + _split(size)
    return node_hash(_range(node, low, middle), _range(node, middle, high))


def _path(node: Node, position: int, low: int, high: int) -> list[bytes]:
    if high - low == 1:
        return []
    middle = low + _split(high - low)
    if position < middle:
        return [*_path(node, position, low, middle), _range(node, middle, high)]
    return [*_path(node, position, middle, high), _range(node, low, middle)]


def _subproof(node: Node, first: int, low: int, high: int, *, whole: bool) -> list[bytes]:
    if first == high:
        return [] if whole else [_range(node, low, high)]
    middle = low + _split(high - low)
    if first <= middle:
        return [*_subproof(node, first, low, middle, whole=whole), _range(node, middle, high)]
    return [*_subproof(node, first, middle, high, whole=False), _range(node, low, middle)]
