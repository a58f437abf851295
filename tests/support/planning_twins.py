"""The planning round's ports, remembered instead of stored."""

from collections.abc import Hashable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from agreements.ports import Counts
from domain.comparison_group import Membership, on_day
from domain.corridor import ReferenceValue
from domain.nearest_neighbour import NearestNeighbour

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class RememberedReferenceValues:
    """Twin of `ReferenceValues`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[tuple[str, str, UUID], ReferenceValue] = {}

    async def put(self, round: UUID, values: Sequence[ReferenceValue]) -> Counts:
        """Create or change values."""
        sent: dict[tuple[str, str, UUID], ReferenceValue] = {(v.unit, v.indicator, round): v for v in values}
        return _put(self._kept, sent)

    async def of(
        self,
        rounds: Sequence[UUID],
        units: Sequence[str] = (),
        indicators: Sequence[str] = (),
        after: tuple[str, str, UUID] | None = None,
        limit: int | None = None,
    ) -> list[ReferenceValue]:
        """List in the order of unit, indicator and round."""
        return [
            value
            for key, value in sorted(self._kept.items())
            if key[2] in rounds
            and (not units or key[0] in units)
            and (not indicators or key[1] in indicators)
            and (after is None or key > after)
        ][:limit]


class RememberedComparisonGroups:
    """Twin of `ComparisonGroups`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[tuple[str, str, date | None], Membership] = {}

    async def put(self, memberships: Sequence[Membership]) -> Counts:
        """Create or change memberships."""
        sent: dict[tuple[str, str, date | None], Membership] = {(m.scheme, m.unit, m.since): m for m in memberships}
        return _put(self._kept, sent)

    async def all(self) -> list[Membership]:
        """List every membership."""
        return sorted(self._kept.values(), key=lambda known: (known.scheme, known.unit, known.since or date.min))

    async def on(self, day: date, schemes: Sequence[str] = ()) -> list[Membership]:
        """List who is in which group on a day."""
        return list(on_day((m for m in self._kept.values() if not schemes or m.scheme in schemes), day))


class RememberedNearestNeighbours:
    """Twin of `NearestNeighbours`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[tuple[str, str, date], NearestNeighbour] = {}

    async def put(self, sent: Sequence[NearestNeighbour]) -> Counts:
        """Create or change neighbours."""
        named: dict[tuple[str, str, date], NearestNeighbour] = {one.key: one for one in sent}
        return _put(self._kept, named)

    async def remove(self, gone: Sequence[NearestNeighbour]) -> None:
        """Take neighbours out."""
        for one in gone:
            self._kept.pop(one.key, None)

    async def of(self, units: Sequence[str] = ()) -> list[NearestNeighbour]:
        """List those of units in the order of unit, beginning and rank."""
        found = [one for one in self._kept.values() if not units or one.unit in units]
        return sorted(found, key=lambda one: (one.unit, one.begins, one.rank))


def _put(kept: dict[K, V], sent: dict[K, V]) -> Counts:
    created = sum(key not in kept for key in sent)
    changed = sum(key in kept and kept[key] != value for key, value in sent.items())
    kept.update(sent)
    return Counts(created=created, changed=changed, unchanged=len(sent) - created - changed)
