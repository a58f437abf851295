"""Laws of the log's tree: proofs verify for every size, and nothing false verifies."""

import hashlib
from itertools import pairwise

from chassis.audit import merkle
from hypothesis import given
from hypothesis import strategies as st

LEAVES = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


def naive(leaves: list[bytes]) -> bytes:
    """Compute the root as RFC 9162 writes it down."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return hashlib.sha256(b"\x01" + naive(leaves[:middle]) + naive(leaves[middle:])).digest()


def grown(leaves: list[bytes], cuts: list[int]) -> dict[tuple[int, int], bytes]:
    """Append leaves in several steps, as transactions do."""
    nodes: dict[tuple[int, int], bytes] = {}
    edges = [0, *sorted({cut % len(leaves) for cut in cuts} - {0}), len(leaves)]
    for low, high in pairwise(edges):
        hashed = [merkle.leaf_hash(leaf) for leaf in leaves[low:high]]
        known = {place: nodes[place] for place in merkle.frontier(low)}
        nodes |= merkle.appended(lambda level, index, known=known: known[level, index], low, hashed)  # type: ignore[misc]
    return nodes


@given(leaves=LEAVES, cuts=st.lists(st.integers(0, 100), max_size=5))
def test_the_tree_is_that_of_the_standard_however_it_grew(leaves: list[bytes], cuts: list[int]) -> None:
    nodes = grown(leaves, cuts)
    for size in range(len(leaves) + 1):
        assert merkle.root(lambda level, index: nodes[level, index], size) == naive(leaves[:size])


@given(leaves=LEAVES, data=st.data())
def test_every_entry_is_proved_in_every_tree_and_no_other_content_is(leaves: list[bytes], data: st.DataObject) -> None:
    nodes = grown(leaves, [])
    size = data.draw(st.integers(1, len(leaves)))
    position = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion(lambda level, index: nodes[level, index], position, size)
    root, leaf = naive(leaves[:size]), merkle.leaf_hash(leaves[position])
    assert merkle.includes(leaf, position, size, path, root)
    assert not merkle.includes(merkle.leaf_hash(leaves[position] + b"x"), position, size, path, root)
    assert not merkle.includes(leaf, position, size, [*path, root], root)
    assert not merkle.includes(leaf, size, size, path, root)
    if path:
        assert not merkle.includes(leaf, position, size, path[:-1], root)


@given(leaves=LEAVES, data=st.data())
def test_every_tree_is_proved_to_go_on_in_every_later_one_and_no_other_is(
    leaves: list[bytes], data: st.DataObject
) -> None:
    nodes = grown(leaves, [])
    second = data.draw(st.integers(1, len(leaves)))
    first = data.draw(st.integers(0, second))
    path = merkle.consistency(lambda level, index: nodes[level, index], first, second)
    old, new = naive(leaves[:first]), naive(leaves[:second])
    assert merkle.extends(first, second, old, new, path)
    assert not merkle.extends(first, second, naive([b"other", *leaves[:first]]), new, path)
    if first and first < second:
        assert not merkle.extends(first, second, old, naive([*leaves[: second - 1], b"rewritten"]) + b"", path) or (
            naive([*leaves[: second - 1], b"rewritten"]) == new
        )
