"""The grids that file reviews are held against, what closed rounds came to, and the samples they drew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.identity import UnitCode
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo:
    """A round whose files are no longer kept; the SHA-256 is over their references by rank, each with a line feed."""

    review: UUID
    unit: UnitCode
    month: Month
    files: int
    digest: str


class Samples(Protocol):
    """The files that rounds have drawn, within one transaction."""

    async def let_go(self, before: Month) -> Sequence[LetGo]:
        """Delete those of rounds that are closed or withdrawn, of months before; their rounds and sums stay."""
