"""A delivery: one file from one sender, known by its digest, and what became of its rows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.identity import DeliveryId, UnitCode
from domain.period import Month


class DeliveryKind(StrEnum):
    """What the rows of a delivery are."""

    OBSERVATIONS = "observations"


class DeliveryMode(StrEnum):
    """Complete replaces what was known for its units, variables and months; partial touches its own rows only."""

    COMPLETE = "complete"
    PARTIAL = "partial"


class OnError(StrEnum):
    """What a rejected row does to the rest."""

    ACCEPT_VALID = "accept_valid"
    REJECT = "reject"


class DeliveryStatus(StrEnum):
    """What became of a delivery."""

    RECEIVED = "received"
    PROCESSING = "processing"
    ACCEPTED = "accepted"
    PARTIALLY_ACCEPTED = "partially_accepted"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryCounts:
    """Rows by their fate; accepted = new + unchanged + corrected, withdrawn are rows that the file no longer has."""

    read: int = 0
    accepted: int = 0
    unchanged: int = 0
    corrected: int = 0
    withdrawn: int = 0
    rejected: int = 0

    def status(self) -> DeliveryStatus:
        """Name the outcome of counting."""
        if not self.rejected:
            return DeliveryStatus.ACCEPTED
        return DeliveryStatus.PARTIALLY_ACCEPTED if self.accepted else DeliveryStatus.REJECTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What a delivery brought for a unit: how many rows, for how many months, from which to which."""

    unit: UnitCode
    first: Month
    last: Month
    months: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One file and its outcome."""

    id: DeliveryId
    kind: DeliveryKind
    mode: DeliveryMode
    on_error: OnError
    dry_run: bool
    sender: str
    digest: str
    media_type: str
    size: int
    received_at: datetime
    status: DeliveryStatus
    counts: DeliveryCounts
