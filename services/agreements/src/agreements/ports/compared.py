"""Who is compared with whom, within one transaction."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from domain.comparison_group import Membership
from domain.nearest_neighbour import NearestNeighbour

from agreements.ports.documents import Counts


class ComparisonGroups(Protocol):
    """Which units are in one group."""

    async def put(self, memberships: Sequence[Membership]) -> Counts:
        """Create or change memberships, all at once."""

    async def all(self) -> list[Membership]:
        """List every membership in the order of scheme, unit and beginning."""

    async def on(self, day: date, schemes: Sequence[str] = ()) -> list[Membership]:
        """List who is in which group on a day in the order of scheme and unit; an empty selection is any."""


class NearestNeighbours(Protocol):
    """Which units are most like one, by rank."""

    async def put(self, sent: Sequence[NearestNeighbour]) -> Counts:
        """Create or change neighbours, all at once; each unit, neighbour and beginning is named once."""

    async def remove(self, gone: Sequence[NearestNeighbour]) -> None:
        """Take neighbours out, all at once."""

    async def of(self, units: Sequence[str] = ()) -> list[NearestNeighbour]:
        """List those of units, whenever they hold, in the order of unit, beginning and rank; none named is any."""
