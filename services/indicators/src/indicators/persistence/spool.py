"""Files on disk: on their way in, kept to be returned, and rows put aside while a large one is read."""

import asyncio
import hashlib
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import polars as pl
from domain.identity import DeliveryId

from indicators.ports.delivered import Arrived
from indicators.usecases.errors import FileGone

IN_MEMORY = 1_500_000
"""How many rows are held before they are put aside on disk."""
PARTS = 32
WIDE = 20


class Folder:
    """Implements `Spool` in a folder."""

    def __init__(self, folder: Path) -> None:
        """Keep files here; services on several machines share the folder."""
        self._folder = folder

    async def keep(self, id: DeliveryId, chunks: AsyncIterator[bytes]) -> Arrived:
        """Write a file down and hash it as it comes in."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path, hashed, size = self._file(id), hashlib.sha256(), 0
        try:
            with path.open("wb") as file:
                async for chunk in chunks:
                    hashed.update(chunk)
                    size += file.write(chunk)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Arrived(digest=hashed.hexdigest(), size=size)

    async def secure(self, id: DeliveryId) -> None:
        """Wait until a file and its name are on the disk; nothing to do where it is gone already."""
        for path in (self._file(id), self._folder):
            if path.exists():
                await asyncio.to_thread(_on_disk, path)

    def path(self, id: DeliveryId) -> Path:
        """Say where a file is."""
        path = self._file(id)
        if not path.exists():
            raise FileGone
        return path

    async def drop(self, id: DeliveryId) -> None:
        """Forget a file, its copy in another encoding, and its rows put aside."""
        path = self._file(id)
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}.utf8").unlink(missing_ok=True)
        await asyncio.to_thread(shutil.rmtree, self._aside(id), ignore_errors=True)

    def buckets(self, id: DeliveryId) -> "Aside":
        """Give room for rows of a file."""
        return Aside(self._aside(id))

    def _file(self, id: DeliveryId) -> Path:
        return self._folder / id.hex

    def _aside(self, id: DeliveryId) -> Path:
        return self._folder / f"{id.hex}.rows"


def _on_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Aside:
    """Implements `Buckets`: in memory up to a limit, then in files by unit and month."""

    def __init__(self, folder: Path) -> None:
        """Use this folder where memory does not do."""
        self._folder = folder
        self._held: list[pl.DataFrame] = []
        self._rows, self._spilled = 0, 0

    def add(self, rows: pl.DataFrame) -> None:
        """Put rows aside."""
        self._held.append(rows)
        self._rows += rows.height
        if self._rows > IN_MEMORY:
            self._spill()

    def drain(self) -> Iterator[pl.DataFrame]:
        """Give all rows back, those of one unit and month together."""
        if not self._spilled:
            if self._held:
                yield pl.concat(self._held)
            return
        self._spill()
        for part in sorted(self._folder.iterdir()):
            yield pl.concat([pl.read_ipc(file) for file in sorted(part.iterdir())])

    def close(self) -> None:
        """Forget everything."""
        self._held, self._rows = [], 0
        shutil.rmtree(self._folder, ignore_errors=True)

    def _spill(self) -> None:
        if not self._held:
            return
        part = (pl.col("unit") * WIDE + pl.col("month")) % PARTS
        rows = pl.concat(self._held).with_columns(part=part)
        for (number,), some in rows.partition_by("part", as_dict=True, include_key=False).items():
            folder = self._folder / f"{number:02}"
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            some.write_ipc(folder / f"{self._spilled:06}.arrow")
        self._held, self._rows = [], 0
        self._spilled += 1
