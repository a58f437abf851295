"""Files that come in by pieces, until each is whole and a delivery like any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.identity import DeliveryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that comes in by pieces: how long it will be, what is wanted with it, and the delivery it became."""

    id: DeliveryId
    sender: str
    length: int
    options: Mapping[str, str]
    expires_at: datetime
    delivery: DeliveryId | None = None


class Uploads(Protocol):
    """Files that come in by pieces, within one transaction."""

    async def add(self, upload: Upload) -> None:
        """Keep a new one."""

    async def get(self, id: DeliveryId, sender: str) -> Upload:
        """Give one of a sender; UnknownUpload where there is none, or it has expired."""

    async def became(self, id: DeliveryId, delivery: DeliveryId) -> None:
        """Note which delivery it became."""

    async def drop(self, id: DeliveryId) -> None:
        """Forget one."""

    async def expired(self, at: datetime) -> Sequence[DeliveryId]:
        """Forget those that were not completed in time, and name them."""

    async def coming(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Say which of these are uploads that are not complete yet."""
