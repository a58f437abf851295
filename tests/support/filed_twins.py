"""Values that are kept whole, remembered instead of stored."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from domain.errors import Conflict, Unknown
from indicators.ports.documents import NO_BOUND, Filed
from indicators.usecases.filing_errors import ChangedOnFile

T = TypeVar("T")


class RememberedDocuments(Generic[T]):
    """Twin of `Documents`; `place` is what only one value may stand in, if it stands in one at all."""

    def __init__(
        self,
        kind: str,
        place: Callable[[T], object],
        unknown: Callable[[UUID], Unknown],
        taken: Callable[[T], Conflict],
    ) -> None:
        """Begin with nothing."""
        self._kind, self._place, self._unknown, self._taken = kind, place, unknown, taken
        self._kept: dict[UUID, Filed[T]] = {}

    async def get(self, id: UUID) -> Filed[T]:
        """Give one value."""
        if id not in self._kept:
            raise self._unknown(id)
        return self._kept[id]

    async def held(self, id: UUID) -> Filed[T]:
        """Give one value; nobody else is there."""
        return await self.get(id)

    async def locked(self, id: UUID) -> Filed[T]:
        """Give one value; nobody else is there."""
        return await self.get(id)

    async def add(self, *filed: Filed[T]) -> None:
        """Keep all of them, or none where one is taken."""
        taken = [key for one in self._kept.values() for key in self._keys(one)]
        for one in filed:
            if any(key in taken for key in self._keys(one)):
                raise self._taken(one.value)
            taken += self._keys(one)
        self._kept.update((one.id, one) for one in filed)

    async def update(self, filed: Filed[T]) -> None:
        """Keep a changed value."""
        if filed.id not in self._kept or self._kept[filed.id].version != filed.version - 1:
            raise ChangedOnFile(kind=self._kind, id=filed.id)
        self._kept[filed.id] = filed

    async def matching(
        self,
        keys: Mapping[str, Sequence[Any]],
        after: UUID | None = None,
        limit: int | None = None,
        below: Mapping[str, Any] = NO_BOUND,
    ) -> list[Filed[T]]:
        """List values in the order of their ids."""
        return [
            filed
            for id, filed in sorted(self._kept.items())
            if (after is None or id > after)
            and all(not wanted or getattr(filed.value, name) in wanted for name, wanted in keys.items())
            and all(getattr(filed.value, name) < bound for name, bound in below.items())
        ][:limit]

    def forget(self, review: UUID) -> list[T]:
        """Forget what belongs to a review, and give it."""
        going = [filed for filed in self._kept.values() if getattr(filed.value, "review", None) == review]
        for filed in going:
            del self._kept[filed.id]
        return [filed.value for filed in going]

    def _keys(self, filed: Filed[T]) -> list[object]:
        place = self._place(filed.value)
        return [filed.id] if place is None else [filed.id, place]
