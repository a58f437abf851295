"""The port of collection rounds, remembered instead of stored."""

from collections.abc import Sequence
from uuid import UUID

from indicators.ports import FiledRound
from indicators.usecases.errors import CollectionRoundChanged, UnknownCollectionRound


class RememberedCollectionRounds:
    """Twin of `CollectionRounds`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[UUID, FiledRound] = {}

    async def get(self, id: UUID) -> FiledRound:
        """Give one."""
        if id not in self._kept:
            raise UnknownCollectionRound(id)
        return self._kept[id]

    async def add(self, filed: FiledRound) -> None:
        """Keep a new one."""
        self._kept[filed.id] = filed

    async def update(self, filed: FiledRound) -> None:
        """Keep a changed one."""
        if filed.id not in self._kept or self._kept[filed.id].version != filed.version - 1:
            raise CollectionRoundChanged(filed.id)
        self._kept[filed.id] = filed

    async def matching(self, quarters: Sequence[str], after: UUID | None, limit: int) -> Sequence[FiledRound]:
        """List in the order of ids."""
        return [
            filed
            for id, filed in sorted(self._kept.items())
            if (not quarters or str(filed.round.quarter) in quarters) and (after is None or id > after)
        ][:limit]
