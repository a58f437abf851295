"""The ports of internal control, remembered instead of stored."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from domain.file_review import FileReview
from domain.period import Month
from domain.review_grid import ReviewGrid
from domain.review_results import Closed
from indicators.ports.filed import Filed
from indicators.usecases.reviews.errors import ChangedOnFile, NotOnFile, OnFileAlready

T = TypeVar("T")


class RememberedRegister(Generic[T]):
    """Twin of `Register`; `unique` names the fields of the business key, `void` the value that is outside it."""

    def __init__(self, kind: str, *unique: str, void: tuple[str, object] | None = None) -> None:
        """Begin with nothing."""
        self._kind, self._unique, self._void = kind, unique, void
        self._kept: dict[UUID, Filed[T]] = {}

    async def get(self, id: UUID) -> Filed[T]:
        """Give one."""
        if id not in self._kept:
            raise NotOnFile(kind=self._kind, id=id)
        return self._kept[id]

    async def held(self, id: UUID) -> Filed[T]:
        """Give one; nobody else is here."""
        return await self.get(id)

    async def locked(self, id: UUID) -> Filed[T]:
        """Give one; nobody else is here."""
        return await self.get(id)

    async def add(self, *filed: Filed[T]) -> None:
        """Keep all of them, or none where one is taken."""
        taken = {key for one in self._kept.values() for key in self._keys(one)}
        sent = [key for one in filed for key in self._keys(one)]
        if taken.intersection(sent) or len(set(sent)) < len(sent):
            raise OnFileAlready(self._kind)
        self._kept.update((one.id, one) for one in filed)

    async def update(self, filed: Filed[T]) -> None:
        """Keep a changed one."""
        if filed.id not in self._kept or self._kept[filed.id].version != filed.version - 1:
            raise ChangedOnFile(kind=self._kind, id=filed.id)
        self._kept[filed.id] = filed

    async def matching(
        self, keys: Mapping[str, Sequence[Any]], after: UUID | None = None, limit: int | None = None
    ) -> list[Filed[T]]:
        """List in the order of ids."""
        return [
            filed
            for id, filed in sorted(self._kept.items())
            if (after is None or id > after)
            and all(not wanted or getattr(filed.value, name) in wanted for name, wanted in keys.items())
        ][:limit]

    def _keys(self, filed: Filed[T]) -> list[tuple[Any, ...]]:
        outside = self._void is not None and getattr(filed.value, self._void[0]) == self._void[1]
        own = [tuple(getattr(filed.value, name) for name in self._unique)] if self._unique and not outside else []
        return [(filed.id,), *own]


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

    def __init__(self, reviews: RememberedRegister[FileReview]) -> None:
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
