"""Files on disk: on their way in, whole or by pieces, and kept to be returned."""

import asyncio
import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from indicators.persistence.aside import Aside
from indicators.ports.delivered import Arrived
from indicators.usecases.errors import FileGone
from indicators.usecases.upload_errors import BeingWritten, OffsetDiffers, TooMuchSent

NAMED = re.compile("[0-9a-f]{32}")
PIECE = 4_000_000


class Folder:
    """Implements `Spool` in a folder."""

    def __init__(self, folder: Path) -> None:
        """Keep files here; services on several machines share the folder."""
        self._folder = folder

    async def keep(self, id: UUID, chunks: AsyncIterator[bytes]) -> Arrived:
        """Write a file down and hash it as it comes in."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path, hashed, size = self._file(id), hashlib.sha256(), 0

        def put(pieces: list[bytes]) -> None:
            piece = b"".join(pieces)
            hashed.update(piece)
            file.write(piece)

        try:
            with path.open("wb", buffering=0) as file:
                writing = asyncio.create_task(asyncio.to_thread(put, []))
                try:
                    async for pieces in _gathered(chunks):
                        size += sum(map(len, pieces))
                        await writing
                        writing = asyncio.create_task(asyncio.to_thread(put, pieces))
                finally:
                    await writing
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Arrived(digest=hashed.hexdigest(), size=size)

    async def extend(self, id: UUID, offset: int, chunks: AsyncIterator[bytes], most: int) -> int:
        """Write a piece behind what is there; one at a time."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._file(id).open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BeingWritten from error
            there = file.tell()
            if there != offset:
                raise OffsetDiffers(sent=offset, there=there)
            async for chunk in chunks:
                there += len(chunk)
                if there > most:
                    raise TooMuchSent(most=most)
                file.write(chunk)
            file.flush()
            await asyncio.to_thread(os.fsync, file.fileno())
        return there

    async def written(self, id: UUID) -> int:
        """Say how many bytes are there."""
        path = self._file(id)
        return path.stat().st_size if path.exists() else 0

    async def whole(self, id: UUID) -> Arrived:
        """Hash a file that has come in by pieces."""
        path = self.path(id)
        with path.open("rb") as file:
            digest = await asyncio.to_thread(hashlib.file_digest, file, "sha256")
        return Arrived(digest=digest.hexdigest(), size=path.stat().st_size)

    async def secure(self, id: UUID) -> None:
        """Wait until a file and its name are on the disk; nothing to do where it is gone already."""
        for path in (self._file(id), self._folder):
            if path.exists():
                await asyncio.to_thread(_on_disk, path)

    def path(self, id: UUID) -> Path:
        """Say where a file is."""
        path = self._file(id)
        if not path.exists():
            raise FileGone
        return path

    async def drop(self, id: UUID) -> None:
        """Forget a file, its copy in another encoding, and its rows put aside."""
        path = self._file(id)
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}.utf8").unlink(missing_ok=True)
        await asyncio.to_thread(shutil.rmtree, self._aside(id), ignore_errors=True)

    async def tidy(self, before: datetime) -> int:
        """Forget files that were last written before an instant."""
        old = [path for path, at in self._written() if at < before.timestamp() and path.is_file()]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    async def resting(self, before: datetime) -> Sequence[UUID]:
        """Name what was last written before an instant; a file, its copy and its rows are one."""
        newest: dict[str, float] = {}
        for path, at in self._written():
            newest[path.stem] = max(at, newest.get(path.stem, 0))
        return [UUID(name) for name, at in newest.items() if at < before.timestamp()]

    def buckets(self, id: UUID) -> Aside:
        """Give room for rows of a file."""
        return Aside(self._aside(id))

    def _written(self) -> Iterator[tuple[Path, float]]:
        """Give what is named by an id and when it was last written; what goes meanwhile is not there."""
        for path in self._folder.glob("*"):
            if NAMED.fullmatch(path.stem):
                with suppress(FileNotFoundError):
                    yield path, path.stat().st_mtime

    def _file(self, id: UUID) -> Path:
        return self._folder / id.hex

    def _aside(self, id: UUID) -> Path:
        return self._folder / f"{id.hex}.rows"


async def _gathered(chunks: AsyncIterator[bytes]) -> AsyncIterator[list[bytes]]:
    """Put small pieces together, so that hashing and writing are worth a thread."""
    pieces: list[bytes] = []
    size = 0
    async for chunk in chunks:
        pieces.append(chunk)
        size += len(chunk)
        if size >= PIECE:
            yield pieces
            pieces, size = [], 0
    if pieces:
        yield pieces


def _on_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
