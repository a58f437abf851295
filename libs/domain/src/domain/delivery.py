"""A delivery: one file from one sender, known by its digest where all rows were kept, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.case_record import LtrVariant
from domain.errors import Conflict, Text
from domain.identity import DeliveryId, UnitCode
from domain.period import Month


class DeliveryKind(StrEnum):
    """What the rows of a delivery are."""

    OBSERVATIONS = "observations"
    CASE_RECORDS = "case_records"
    FOLLOW_UP = "follow_up"
    RETRACTION = "retraction"


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


OPEN = frozenset({DeliveryStatus.RECEIVED, DeliveryStatus.PROCESSING})
"""The states in which a delivery still waits for its outcome."""
WANTING = frozenset(
    {DeliveryStatus.PARTIALLY_ACCEPTED, DeliveryStatus.REJECTED, DeliveryStatus.CANCELLED, DeliveryStatus.FAILED}
)
"""The states in which not every row was kept: the same bytes are tried again, what kept rows out may be gone."""


class Scrutiny(StrEnum):
    """
    Whether quality rules have been held against what a delivery changed; a delivery that kept nothing has none.

    Cut off: so much is doubted that not all units were judged any more.
    """

    NONE = "none"
    PENDING = "pending"
    DONE = "done"
    CUT_OFF = "cut_off"
    FAILED = "failed"


@dataclass(eq=False)
class DeliveryDone(Conflict):
    """The delivery is done."""

    title_de = "Die Lieferung ist abgeschlossen."
    says = Text(
        "its state is '{status}', which cannot be cancelled; deliver a correction or retract it",
        "ihr Stand ist „{status}“, der lässt sich nicht abbrechen; liefern Sie eine Berichtigung oder nehmen Sie sie"
        " zurück",
    )

    status: DeliveryStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a delivery is: rows read and judged, rows compared with the history."""

    read: int = 0
    compared: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFault:
    """Why a whole file could not be taken, in both languages; `problem` names the problem."""

    problem: str
    title: Text
    detail: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryCounts:
    """
    Rows by their fate; accepted = new + unchanged + corrected + withdrawn or withheld by their source.

    Withdrawn are values that went out of force: the file takes them back, keeps them back or no longer has them.
    """

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
    """
    One file and its outcome; `ltr_variant`: by which rule its persons count as long-term recipients.

    A retraction names what it `retracts`, what was taken back names `retracted_by`; both give the `reason`.
    """

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
    counts: DeliveryCounts = DeliveryCounts()
    progress: Progress = Progress()
    fault: FileFault | None = None
    profile: str | None = None
    scrutiny: Scrutiny = Scrutiny.NONE
    ltr_variant: LtrVariant | None = None
    retracts: DeliveryId | None = None
    retracted_by: DeliveryId | None = None
    reason: str | None = None

    @property
    def terms(self) -> str:
        """Write what beside sender and bytes makes two deliveries the same."""
        return f"{self.kind} {self.mode} {self.on_error} {self.profile or ''}".rstrip()
