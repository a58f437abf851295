"""The spool, remembered instead of kept in a folder."""

import hashlib
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

import polars as pl
from indicators.ports.delivered import Arrived
from indicators.usecases.errors import FileGone
from indicators.usecases.upload_errors import OffsetDiffers, TooMuchSent


class RememberedBuckets:
    """Twin of `Buckets`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._rows: list[pl.DataFrame] = []

    def add(self, rows: pl.DataFrame) -> None:
        """Put rows aside."""
        self._rows.append(rows)

    def drain(self) -> Iterator[pl.DataFrame]:
        """Give all rows back at once."""
        if self._rows:
            yield pl.concat(self._rows)

    def close(self) -> None:
        """Forget everything."""
        self._rows = []


class RememberedSpool:
    """Twin of `Spool`: bytes are remembered, and written down only where somebody asks for a path."""

    def __init__(self, shown: Path, now: Callable[[], datetime]) -> None:
        """Write down in this folder what is asked for by its path."""
        self._shown, self._now = shown, now
        self._kept: dict[UUID, tuple[datetime, bytes]] = {}

    async def keep(self, id: UUID, chunks: AsyncIterator[bytes]) -> Arrived:
        """Remember a file as it comes in; one that breaks off is not there."""
        content = b"".join([chunk async for chunk in chunks])
        self._kept[id] = (self._now(), content)
        return await self.whole(id)

    async def extend(self, id: UUID, offset: int, chunks: AsyncIterator[bytes], most: int) -> int:
        """Put a piece behind what is there; nobody else is writing."""
        content = self._content(id)
        if len(content) != offset:
            raise OffsetDiffers(sent=offset, there=len(content))
        async for chunk in chunks:
            content += chunk
            if len(content) > most:
                raise TooMuchSent(most=most)
            self._kept[id] = (self._now(), content)
        return len(content)

    async def written(self, id: UUID) -> int:
        """Say how many bytes are there."""
        return len(self._content(id))

    async def whole(self, id: UUID) -> Arrived:
        """Hash a file."""
        content = self.path(id).read_bytes()
        return Arrived(digest=hashlib.sha256(content).hexdigest(), size=len(content))

    async def secure(self, id: UUID) -> None:
        """Nothing survives anything here."""

    def path(self, id: UUID) -> Path:
        """Write a file down and say where."""
        if id not in self._kept:
            raise FileGone
        path = self._shown / id.hex
        path.write_bytes(self._content(id))
        return path

    async def drop(self, id: UUID) -> None:
        """Forget a file."""
        self._kept.pop(id, None)

    async def tidy(self, before: datetime) -> int:
        """Forget files that were last written before an instant."""
        old = [id for id, (written, _) in self._kept.items() if written < before]
        for id in old:
            del self._kept[id]
        return len(old)

    async def resting(self, before: datetime) -> Sequence[UUID]:
        """Name what was last written before an instant."""
        return [id for id, (written, _) in self._kept.items() if written < before]

    def buckets(self, id: UUID) -> RememberedBuckets:  # noqa: ARG002  each file's rows are remembered apart anyway
        """Give room for rows of a file."""
        return RememberedBuckets()

    def _content(self, id: UUID) -> bytes:
        return self._kept.get(id, (self._now(), b""))[1]
