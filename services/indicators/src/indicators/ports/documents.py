"""Values that are kept whole: attestations and objections."""

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
        """Give one; UnknownDocument where there is none within reach."""

    async def locked(self, id: UUID) -> Filed[T]:
        """Give one that nobody else changes until the transaction ends."""

    async def add(self, filed: Filed[T]) -> None:
        """Keep a new one; AlreadyThere where another one stands in its place."""

    async def update(self, filed: Filed[T]) -> None:
        """Keep a changed one, whose row is locked."""

    async def matching(
        self,
        keys: Mapping[str, Sequence[Any]],
        after: UUID | None = None,
        limit: int | None = None,
        below: Mapping[str, Any] = NO_BOUND,
    ) -> list[Filed[T]]:
        """List those whose fields are among the wanted ones, and below a bound, by id; an empty selection is any."""
