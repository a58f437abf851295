"""The ports of internal control, remembered instead of stored."""

import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Any

from domain.file_review import FileReview, ReviewedFile, ReviewStatus
from domain.period import Month
from domain.review_grid import ReviewGrid
from domain.review_results import Closed
from indicators.ports.reviewed import LetGo
from indicators.usecases.reviews.errors import NotOnFile, OnFileAlready

from support.filed_twins import RememberedDocuments


def remembered_register(kind: str, *unique: str, void: tuple[str, object] | None = None) -> RememberedDocuments[Any]:
    """Give a twin whose business key is made of some fields; what has the void value is outside it."""

    def place(value: object) -> object:
        outside = void is not None and getattr(value, void[0]) == void[1]
        return None if outside or not unique else tuple(getattr(value, name) for name in unique)

    return RememberedDocuments(kind, place, partial(NotOnFile, kind), lambda _: OnFileAlready(kind))


class RememberedGrids:
    """Twin of `ReviewGrids`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[tuple[str, int], ReviewGrid] = {}

    async def versions(self, code: str, *, alone: bool = False) -> Sequence[ReviewGrid]:
        """Give all versions, oldest first; a twin is always alone."""
        return await self.listed([code]) if code or alone else []

    async def listed(self, codes: Sequence[str] = ()) -> Sequence[ReviewGrid]:
        """List in the order of code and version."""
        return [grid for (code, _), grid in sorted(self._kept.items()) if not codes or code in codes]

    async def add(self, grid: ReviewGrid) -> None:
        """Keep a new version."""
        self._kept[grid.code, grid.version] = grid


class RememberedSums:
    """Twin of `ClosedRounds` over a register of rounds."""

    def __init__(self, reviews: RememberedDocuments[FileReview]) -> None:
        """Look into this register."""
        self._reviews = reviews

    async def between(
        self, first: Month, last: Month, units: Sequence[str] = (), grids: Sequence[str] = ()
    ) -> Sequence[Closed]:
        """Give the rounds of some months."""
        found = [one for one in await self._closed(units, grids) if first <= one.month <= last]
        return sorted(found, key=lambda one: (one.month, one.unit, one.grid))

    async def before(self, month: Month, units: Sequence[str] = (), grids: Sequence[str] = ()) -> Sequence[Closed]:
        """Give the last round of each unit and grid before a month."""
        found = sorted(await self._closed(units, grids), key=lambda one: one.month)
        last = {(one.unit, one.grid): one for one in found if one.month < month}
        return [last[key] for key in sorted(last)]

    async def _closed(self, units: Sequence[str], grids: Sequence[str]) -> list[Closed]:
        return [
            Closed(unit=one.value.unit, month=one.value.month, grid=one.value.grid, results=one.value.results)
            for one in await self._reviews.matching({"unit": units, "grid": grids})
            if one.value.results is not None
        ]


class RememberedSamples:
    """Twin of `Samples` over registers of rounds and files."""

    def __init__(self, reviews: RememberedDocuments[FileReview], files: RememberedDocuments[ReviewedFile]) -> None:
        """Look into these registers."""
        self._reviews, self._files = reviews, files

    async def let_go(self, before: Month) -> Sequence[LetGo]:
        """Forget the files of rounds that are over."""
        over = {"status": [ReviewStatus.CLOSED, ReviewStatus.WITHDRAWN]}
        rounds = await self._reviews.matching(over, below={"month": before})
        gone = []
        for one in sorted(rounds, key=lambda one: (one.value.month, one.value.unit, one.id)):
            files = self._files.forget(one.id)
            if files:
                told = "".join(f"{file.reference}\n" for file in sorted(files, key=lambda file: file.rank))
                digest = hashlib.sha256(told.encode()).hexdigest()
                unit, month = one.value.unit, one.value.month
                gone.append(LetGo(review=one.id, unit=unit, month=month, files=len(files), digest=digest))
        return gone
