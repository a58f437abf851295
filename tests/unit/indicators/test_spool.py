"""The spool behaves alike, remembered in tests and in a folder: files come in, are asked back, and go."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import polars as pl
import pytest
from chassis.clock import new_id, now
from indicators.persistence.spool import PIECE, Folder
from indicators.ports import Spool
from indicators.ports.delivered import Arrived
from indicators.usecases.arriving import once
from indicators.usecases.errors import FileBroken, FileGone
from indicators.usecases.upload_errors import OffsetDiffers, TooMuchSent
from support.spool_twins import RememberedSpool

CONTENT = b"unit,variable,month,value\n"
HOUR = timedelta(hours=1)


@pytest.fixture(params=["remembered", "in a folder"])
def spool(request: pytest.FixtureRequest, tmp_path: Path) -> Spool:
    return RememberedSpool(tmp_path, now) if request.param == "remembered" else Folder(tmp_path / "spool")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def id() -> UUID:
    return new_id()


async def broken_off() -> AsyncIterator[bytes]:
    yield CONTENT
    raise FileBroken(expected="gzip", why="it is cut off")


async def test_a_file_is_kept_as_it_comes_in_and_hashed(spool: Spool, id: UUID) -> None:
    arrived = Arrived(digest=sha256(CONTENT).hexdigest(), size=len(CONTENT))
    assert await spool.keep(id, once(CONTENT)) == arrived
    await spool.secure(id)
    assert (await spool.whole(id), await spool.written(id)) == (arrived, len(CONTENT))
    assert spool.path(id).read_bytes() == CONTENT


async def test_of_a_file_that_breaks_off_nothing_is_left(spool: Spool, id: UUID) -> None:
    with pytest.raises(FileBroken):
        await spool.keep(id, broken_off())
    assert await spool.written(id) == 0
    with pytest.raises(FileGone):
        spool.path(id)


async def test_a_file_that_breaks_off_while_it_is_written_leaves_nothing_behind(spool: Spool, id: UUID) -> None:
    before = asyncio.all_tasks()

    async def large() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield bytes(PIECE)
        raise FileBroken(expected="gzip", why="it is cut off")

    with pytest.raises(FileBroken):
        await spool.keep(id, large())
    assert asyncio.all_tasks() == before
    assert await spool.written(id) == 0


async def test_pieces_come_one_behind_the_other(spool: Spool, id: UUID) -> None:
    assert await spool.written(id) == 0
    assert await spool.extend(id, 0, once(CONTENT[:9]), 26) == 9
    with pytest.raises(OffsetDiffers):
        await spool.extend(id, 5, once(CONTENT[5:]), 26)
    with pytest.raises(TooMuchSent):
        await spool.extend(id, 9, once(CONTENT), 26)
    assert await spool.extend(id, 9, once(CONTENT[9:]), 26) == await spool.written(id) == len(CONTENT)
    assert (await spool.whole(id)).digest == sha256(CONTENT).hexdigest()


async def test_a_file_that_is_dropped_is_gone_also_where_it_never_was(spool: Spool, id: UUID) -> None:
    await spool.keep(id, once(CONTENT))
    for _ in range(2):
        await spool.drop(id)
        await spool.secure(id)
        with pytest.raises(FileGone):
            spool.path(id)


async def test_only_files_that_were_written_before_are_forgotten(spool: Spool, id: UUID) -> None:
    assert await spool.tidy(now() + HOUR) == 0
    await spool.keep(id, once(CONTENT))
    assert await spool.tidy(now() - HOUR) == 0
    assert (list(await spool.resting(now() - HOUR)), list(await spool.resting(now() + HOUR))) == ([], [id])
    assert spool.path(id).read_bytes() == CONTENT
    assert await spool.tidy(now() + HOUR) == 1
    with pytest.raises(FileGone):
        spool.path(id)


async def test_rows_put_aside_come_back_once_and_those_of_another_file_stay_apart(spool: Spool, id: UUID) -> None:
    rows = [pl.DataFrame({"unit": [unit], "month": [24168], "row": [unit]}) for unit in (1, 2)]
    mine, other = spool.buckets(id), spool.buckets(new_id())
    for some in rows:
        mine.add(some)
    assert list(other.drain()) == []
    assert pl.concat(mine.drain()).sort("row").rows() == [(1, 24168, 1), (2, 24168, 2)]
    mine.close()
    assert list(mine.drain()) == []


async def test_what_others_keep_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    folder, id = Folder(tmp_path), new_id()
    (tmp_path / "lost+found").mkdir()
    (tmp_path / "LIESMICH.txt").write_text("von der Betriebsstelle")
    await folder.keep(id, once(CONTENT))
    assert list(await folder.resting(now() + HOUR)) == [id]
    assert await folder.tidy(now() + HOUR) == 1
    assert names(tmp_path) == ["LIESMICH.txt", "lost+found"]
