"""A packed file is unpacked whole, however many members it has and however it is broken into chunks, or not at all."""

import gzip
from collections.abc import AsyncIterator

import pytest
from chassis.digests.announced import Announced
from hypothesis import given
from hypothesis import strategies as st
from indicators.usecases.arriving import MOST_MEMBERS, arriving
from indicators.usecases.errors import FileBroken

WHOLE = gzip.compress(b"unit,variable\n", mtime=0)


async def broken_into(content: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def unpacked(content: bytes, size: int = 64_000) -> bytes:
    return b"".join([chunk async for chunk in arriving(broken_into(content, size), "gzip", Announced({}))])


@given(members=st.lists(st.binary(max_size=200), min_size=1, max_size=8), size=st.integers(1, 300))
async def test_all_members_of_a_packed_file_are_read(members: list[bytes], size: int) -> None:
    packed = b"".join(gzip.compress(one) for one in members)
    assert await unpacked(packed, size) == b"".join(members)


@pytest.mark.parametrize("size", [1, 7, 64_000])
@pytest.mark.parametrize("behind", [b"x", b"\0" * 512, b"unit,variable\n", WHOLE[:-1], WHOLE[:5]])
async def test_what_stands_behind_a_packed_file_and_is_none_refuses_it(behind: bytes, size: int) -> None:
    with pytest.raises(FileBroken):
        await unpacked(WHOLE + behind, size)


async def test_a_damaged_member_is_noticed_wherever_it_stands() -> None:
    damaged = bytearray(WHOLE * 3)
    damaged[len(WHOLE) * 2 - 8] ^= 1
    with pytest.raises(FileBroken, match="incorrect data check"):
        await unpacked(bytes(damaged))


async def test_many_members_that_burst_together_are_refused() -> None:
    steep = gzip.compress(b"0" * 900_000)
    with pytest.raises(FileBroken, match="far more than it is"):
        await unpacked(steep * 20)


async def test_members_of_nothing_without_end_are_refused() -> None:
    with pytest.raises(FileBroken, match="far more than it is"):
        await unpacked(gzip.compress(b"") * (MOST_MEMBERS + 1))
