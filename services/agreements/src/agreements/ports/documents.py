"""Values that are kept whole, and what a bulk load did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a bulk load did."""

    created: int
    changed: int
    unchanged: int


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
        """Keep a new one; AlreadyFiled where its business key is taken."""

    async def update(self, filed: Filed[T]) -> None:
        """Keep a changed one; StaleDocument where somebody was faster."""

    async def matching(
        self, keys: Mapping[str, Sequence[Any]], after: UUID | None = None, limit: int | None = None
    ) -> list[Filed[T]]:
        """List those whose fields are among the wanted ones, in the order of their ids."""
