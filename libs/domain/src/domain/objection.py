"""Objection: a unit contests a reading with value, reason and source; its supervisor answers by a day."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.attestation import Withdrawal
from domain.errors import Conflict, Invalid, Place, Text
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


@dataclass(eq=False)
class NoFigureToContest(Invalid):
    """A figure that has no value cannot be contested."""

    title_de = "Eine Zahl, die keinen Wert hat, kann nicht bestritten werden."
    says = Text(
        "it has no value ({reason}): GET /v1/readings/{unit}/{indicator}/{month}/why says what lacks; deliver that",
        "sie hat keinen Wert ({reason}): GET /v1/readings/{unit}/{indicator}/{month}/why sagt, was fehlt; "
        "liefern Sie das",
    )

    unit: str
    indicator: str
    month: str
    reason: str

    def places(self) -> tuple[Place, ...]:
        """Name the month."""
        detail = Text("give a month in which it has a value", "nennen Sie einen Monat, für den es die Zahl gibt")
        return (Place(pointer="/month", code="no_figure", detail=detail),)


@dataclass(eq=False)
class AnotherFigure(Invalid):
    """What is contested is the figure as it stands."""

    title_de = "Bestritten wird die Zahl, wie sie steht."
    says = Text(
        "it stands at {figure}, not at {said}: read it again, and contest {figure} if it is still doubted",
        "sie steht bei {figure}, nicht bei {said}: lesen Sie sie neu und bestreiten Sie {figure}, "
        "wenn Sie weiter zweifeln",
    )

    said: str
    figure: str

    def places(self) -> tuple[Place, ...]:
        """Name what was given as the figure."""
        detail = Text(f"give '{self.figure}', or leave it out", f"geben Sie „{self.figure}“ an oder lassen Sie es weg")
        return (Place(pointer="/contested", code="another_figure", detail=detail),)


def must_be_the_figure(said: Decimal | None, figure: Decimal) -> None:
    """Refuse another number than the figure, however it is written; who says none means the figure as it stands."""
    if said not in (None, figure):
        raise AnotherFigure(said=f"{said:f}", figure=f"{figure:f}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the supervisor answered."""

    accepted: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A unit's doubt about one reading; `contested` is what that was when it was raised, unknown of early ones."""

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
