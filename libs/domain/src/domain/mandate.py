"""Mandates (Ermächtigung): who may sign modified values, granted by which decision, and the duty to report."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.consultation import Consultation, ConsultationKind, Outcome
from domain.errors import Conflict, Text
from domain.identity import IndicatorCode, UnitCode


class MandateStatus(StrEnum):
    """What became of a mandate."""

    GRANTED = "granted"
    USED = "used"
    REPORTED = "reported"


@dataclass(eq=False)
class NotDecided(Conflict):
    """A mandate follows from a decision."""

    title_de = "Eine Ermächtigung folgt aus einer Entscheidung."
    says = Text(
        "'{body}' has not decided with approval; name the step that did",
        "„{body}“ hat nicht zustimmend entschieden; nennen Sie den Schritt, der entschieden hat",
    )

    body: str


@dataclass(eq=False)
class MandateNotOpen(Conflict):
    """A mandate is used once, and reported on once it was used."""

    title_de = "Eine Ermächtigung wird einmal genutzt, und danach wird über sie berichtet."
    says = Text("the mandate is {status}", "die Ermächtigung ist {status}")

    status: MandateStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateGranted:
    """What a decision grants: to whom, for which indicators, within which limits, and to whom they report."""

    consultation: UUID
    holder: UnitCode
    text: str
    report_to: str
    indicators: tuple[IndicatorCode, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateUsed:
    """The use of a mandate, and the day by which the body wants to hear of it."""

    on: date
    report_due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateReported:
    """The paper with which the body was told."""

    on: date
    paper_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """A mandate within an agreement."""

    agreement: UUID
    holder: UnitCode
    status: MandateStatus
    granted: MandateGranted
    used: MandateUsed | None = None
    reported: MandateReported | None = None

    def covers(self, indicator: IndicatorCode, value: Decimal) -> bool:
        """Say whether it was used and lets its holder sign a value; unused it owes nobody a report."""
        low, high = self.granted.low, self.granted.high
        within = (low is None or low <= value) and (high is None or value <= high)
        return self.status is not MandateStatus.GRANTED and indicator in self.granted.indicators and within

    def overdue(self, on: date) -> bool:
        """Say whether the duty to report is overdue on a day."""
        return self.status is MandateStatus.USED and self.used is not None and self.used.report_due < on


def grant(agreement: UUID, granted: MandateGranted, decision: Consultation) -> Mandate:
    """Grant a mandate by a step that decided with approval."""
    approved = decision.outcome in (Outcome.APPROVED, Outcome.AMENDED)
    if decision.agreement != agreement or decision.kind is not ConsultationKind.DECISION or not approved:
        raise NotDecided(decision.body)
    return Mandate(agreement=agreement, holder=granted.holder, status=MandateStatus.GRANTED, granted=granted)


def use(mandate: Mandate, used: MandateUsed) -> Mandate:
    """Use a mandate; the duty to report begins."""
    if mandate.status is not MandateStatus.GRANTED:
        raise MandateNotOpen(mandate.status)
    return replace(mandate, status=MandateStatus.USED, used=used)


def report(mandate: Mandate, reported: MandateReported) -> Mandate:
    """Discharge the duty to report."""
    if mandate.status is not MandateStatus.USED:
        raise MandateNotOpen(mandate.status)
    return replace(mandate, status=MandateStatus.REPORTED, reported=reported)
