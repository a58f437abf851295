"""Values of internal control that are kept whole, and the grids they are held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from domain.period import Month
from domain.review_grid import ReviewGrid
from domain.review_results import Closed

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Generic[T]):
    """A value as it is kept: under an id, its versions counted from 1."""

    id: UUID
    version: int
    value: T

    def changed_to(self, value: T) -> "Filed[T]":
        """Give the next version."""
        return Filed(id=self.id, version=self.version + 1, value=value)


class Register(Protocol[T]):
    """Values of one kind within reach, each kept whole, within one transaction."""

    async def get(self, id: UUID) -> Filed[T]:
        """Give one; NotOnFile where there is none within reach."""

    async def held(self, id: UUID) -> Filed[T]:
        """Give one that nobody changes, though others may hold it too, until the transaction ends."""

    async def locked(self, id: UUID) -> Filed[T]:
        """Give one that is this transaction's alone until it ends."""

    async def add(self, *filed: Filed[T]) -> None:
        """Keep new ones; OnFileAlready where what is unique is taken."""

    async def update(self, filed: Filed[T]) -> None:
        """Keep a changed one; ChangedOnFile where its version is not one more than the kept one."""

    async def matching(
        self, keys: Mapping[str, Sequence[Any]], after: UUID | None = None, limit: int | None = None
    ) -> list[Filed[T]]:
        """List those whose fields are among the wanted ones, in the order of their ids; no wish is any."""


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
