"""Why an act on an agreement is refused; each names what is missing."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.agreement import Status
from domain.errors import Conflict, Forbidden, Invalid, Place, Text
from domain.finding import Finding
from domain.identity import UnitCode


class Act(StrEnum):
    """What can be done with an agreement."""

    REVISE = "revise"
    TAKE_OVER = "take_over"
    PROPOSE = "propose"
    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    SIGN = "sign"
    SEAL = "seal"
    ACTIVATE = "activate"
    AMEND = "amend"
    SUPERSEDE = "supersede"
    CLOSE = "close"


@dataclass(eq=False)
class NotAllowedNow(Conflict):
    """The agreement's state does not allow this."""

    title_de = "Der Stand der Vereinbarung lässt dies nicht zu."
    says = Text(
        "'{act}' is not possible while the agreement is {status}; possible now: {allowed}",
        "„{act}“ ist im Stand {status} nicht möglich; jetzt möglich: {allowed}",
    )

    act: Act
    status: Status
    allowed: str


@dataclass(eq=False)
class NotAParty(Forbidden):
    """Only a party that binds itself may do that."""

    title_de = "Das darf nur eine Partei, die sich bindet."
    says = Text("unit {needed} is no binding party of this agreement", "die Einheit {needed} ist keine bindende Partei")


@dataclass(eq=False)
class AlreadySigned(Conflict):
    """A party signs a revision once."""

    title_de = "Eine Partei unterzeichnet eine Fassung einmal."
    says = Text(
        "unit {party} signed on {signed_at:%Y-%m-%d}", "die Einheit {party} hat am {signed_at:%d.%m.%Y} unterzeichnet"
    )

    party: UnitCode
    signed_at: datetime


@dataclass(eq=False)
class AlreadyAccepted(Conflict):
    """A party accepts a revision once."""

    title_de = "Eine Partei stimmt einer Fassung einmal zu."
    says = Text("unit {party} accepted revision {revision}", "die Einheit {party} hat Fassung {revision} zugestimmt")

    party: UnitCode
    revision: int


@dataclass(eq=False)
class OtherRevision(Conflict):
    """What is accepted or signed is not the present revision."""

    title_de = "Was zugestimmt oder unterzeichnet wird, ist nicht die jetzige Fassung."
    says = Text(
        "you name revision {named}, the present one is {present}",
        "genannt ist Fassung {named}, die jetzige ist {present}",
    )

    named: int
    present: int


@dataclass(eq=False)
class OtherDigest(Conflict):
    """The digest that is signed is not that of the present revision."""

    title_de = "Der unterzeichnete Hashwert ist nicht der der jetzigen Fassung."
    says = Text(
        "read the revision's canonical form again and sign {present}",
        "lesen Sie die kanonische Form neu und unterzeichnen Sie {present}",
    )

    present: str


@dataclass(eq=False)
class StartNotReached(Conflict):
    """An agreement comes into force when its term begins."""

    title_de = "Eine Vereinbarung tritt mit Beginn ihrer Laufzeit in Kraft."
    says = Text("the term begins on {start}", "die Laufzeit beginnt am {start}")

    start: date


@dataclass(eq=False)
class ReasonNeeded(Invalid):
    """A refusal names its reason, and so do a proposal and a reallocation."""

    title_de = "Eine Ablehnung nennt ihren Grund, ein Vorschlag und eine Umschichtung auch."
    says = Text("give `reason`", "geben Sie `reason` an")


@dataclass(eq=False)
class FindingsBlock(Conflict):
    """Blocking findings stop the agreement."""

    title_de = "Feststellungen halten die Vereinbarung auf."
    says = Text("{count} findings must be settled first", "{count} Feststellungen müssen zuerst erledigt sein")

    count: int
    blocking: tuple[Finding, ...]

    def places(self) -> tuple[Place, ...]:
        """Name each finding's place."""
        return tuple(finding.place for finding in self.blocking)
