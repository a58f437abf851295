"""Objection: a unit contests a reading with value, reason and source; its supervisor answers by a day."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.attestation import Withdrawal
from domain.errors import Conflict, Invalid, Text
from domain.identity import IndicatorCode, UnitCode
from domain.period import Month, View


class ObjectionStatus(StrEnum):
    """How an objection stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"


@dataclass(eq=False)
class ObjectionClosed(Conflict):
    """This objection is not open any more."""

    title_de = "Dieser Einwand ist nicht mehr offen."
    says = Text(
        "it is {status}; raise a new objection where the figure is still doubted",
        "sein Stand ist {status}; erheben Sie einen neuen Einwand, wenn die Zahl weiter bezweifelt wird",
    )

    status: str


@dataclass(eq=False)
class OwnObjection(Conflict):
    """Whoever raised an objection does not answer it."""

    title_de = "Wer einen Einwand erhebt, beantwortet ihn nicht."
    says = Text("'{subject}' raised it; somebody else answers", "„{subject}“ hat ihn erhoben; jemand anderes antwortet")

    subject: str


@dataclass(eq=False)
class NothingContested(Invalid):
    """The value held right is the value contested."""

    title_de = "Der für richtig gehaltene Wert ist der bestrittene."
    says = Text(
        "both are {value}; give the value held right, or leave it out",
        "beide sind {value}; geben Sie den für richtig gehaltenen Wert an oder lassen Sie ihn weg",
    )

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the supervisor answered."""

    accepted: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A unit's doubt about one reading; `contested` is the value shown, none where no value was shown."""

    unit: UnitCode
    indicator: IndicatorCode
    view: View
    month: Month
    contested: Decimal | None
    held_right: Decimal | None
    reason: str
    source: str
    due: date
    by: str
    at: datetime
    status: ObjectionStatus = ObjectionStatus.OPEN
    answer: Answered | None = None
    withdrawal: Withdrawal | None = None

    def __post_init__(self) -> None:
        """Refuse an objection that contests nothing."""
        if self.held_right is not None and self.held_right == self.contested:
            raise NothingContested(f"{self.held_right:f}")

    def answered(self, answer: Answered) -> "Objection":
        """Close it with the supervisor's answer."""
        self._must_be_open()
        if answer.by == self.by:
            raise OwnObjection(self.by)
        status = ObjectionStatus.ACCEPTED if answer.accepted else ObjectionStatus.NOT_ACCEPTED
        return replace(self, status=status, answer=answer)

    def withdrawn(self, withdrawal: Withdrawal) -> "Objection":
        """Take it back before it is answered."""
        self._must_be_open()
        return replace(self, status=ObjectionStatus.WITHDRAWN, withdrawal=withdrawal)

    def overdue(self, today: date) -> bool:
        """Say whether it is still open after its deadline."""
        return self.status is ObjectionStatus.OPEN and self.due < today

    def _must_be_open(self) -> None:
        if self.status is not ObjectionStatus.OPEN:
            raise ObjectionClosed(self.status.value)
