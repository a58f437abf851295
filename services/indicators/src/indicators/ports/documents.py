"""Values that are kept whole: attestations, objections, file reviews and what follows from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

T = TypeVar("T")
NO_BOUND: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Generic[T]):
    """A value as it is kept: under an id, its versions counted from 1."""

    id: UUID
    version: int
    value: T

    def changed_to(self, value: T) -> "Filed[T]":
        """Give the next version."""
        return Filed(id=self.id, version=self.version + 1, value=value)


class Documents(Protocol[T]):
    """Values of one kind within reach, each kept whole, within one transaction."""

    async def get(self, id: UUID) -> Filed[T]:
        """Give one; an Unknown of its kind where there is none within reach."""

    async def held(self, id: UUID) -> Filed[T]:
        """Give one that nobody changes, though others may hold it too, until the transaction ends."""

    async def locked(self, id: UUID) -> Filed[T]:
        """Give one that nobody else changes until the transaction ends."""

    async def add(self, *filed: Filed[T]) -> None:
        """Keep new ones, all or none; a Conflict where another one stands in the place of one."""

    async def update(self, filed: Filed[T]) -> None:
        """Keep a changed one; ChangedOnFile where its version is not one more than the kept one."""

    async def matching(
        self,
        keys: Mapping[str, Sequence[Any]],
        after: UUID | None = None,
        limit: int | None = None,
        below: Mapping[str, Any] = NO_BOUND,
    ) -> list[Filed[T]]:
        """List those whose fields are among the wanted ones, and below a bound, by id; an empty selection is any."""
