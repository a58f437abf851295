"""The grids that file reviews are held against, and what closed rounds came to."""

from collections.abc import Sequence
from typing import Protocol

from domain.period import Month
from domain.review_grid import ReviewGrid
from domain.review_results import Closed


class ReviewGrids(Protocol):
    """Review grids by version, within one transaction."""

    async def versions(self, code: str, *, alone: bool = False) -> Sequence[ReviewGrid]:
        """Give all versions of a grid, oldest first; `alone` makes others who ask alike wait."""

    async def listed(self, codes: Sequence[str] = ()) -> Sequence[ReviewGrid]:
        """List the versions of all grids, or of some, in the order of code and version."""

    async def add(self, grid: ReviewGrid) -> None:
        """Keep a new version."""


class ClosedRounds(Protocol):
    """What closed file reviews of units within reach came to, within one transaction; no unit or grid is any."""

    async def between(
        self, first: Month, last: Month, units: Sequence[str] = (), grids: Sequence[str] = ()
    ) -> Sequence[Closed]:
        """Give the rounds of some months, inclusive, in the order of month, unit and grid."""

    async def before(self, month: Month, units: Sequence[str] = (), grids: Sequence[str] = ()) -> Sequence[Closed]:
        """Give the last round of each unit and grid before a month, in the order of unit and grid."""
