"""Builders for what committees do: they show only what matters, the rest is boring."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.consultation import Consultation, ConsultationKind, Outcome
from domain.identity import IndicatorCode, UnitCode
from domain.mandate import Mandate, MandateGranted, MandateReported, MandateStatus, MandateUsed

AGREEMENT, STEP = UUID(int=1), UUID(int=2)
USED = MandateUsed(on=date(2013, 1, 15), report_due=date(2013, 3, 31))
REPORTED = MandateReported(on=date(2013, 3, 1), paper_number="V/0100/2013")


def a_step(
    position: int = 1,
    *,
    body: str = "rat",
    on: date = date(2012, 12, 12),
    kind: ConsultationKind = ConsultationKind.DECISION,
    outcome: Outcome | None = Outcome.APPROVED,
) -> Consultation:
    """Build a step that decided."""
    return Consultation(agreement=AGREEMENT, position=position, body=body, meeting_on=on, kind=kind, outcome=outcome)


def a_grant(*indicators: str, low: str | None = None, high: str | None = None) -> MandateGranted:
    """Build what a decision grants."""
    return MandateGranted(
        consultation=STEP,
        holder=UnitCode("05515"),
        text="modifizierte Zielwerte",
        report_to="soziales",
        indicators=tuple(IndicatorCode(code) for code in indicators),
        low=None if low is None else Decimal(low),
        high=None if high is None else Decimal(high),
    )


def a_mandate(
    *indicators: str, status: MandateStatus = MandateStatus.USED, low: str | None = None, high: str | None = None
) -> Mandate:
    """Build a mandate that was used."""
    granted = a_grant(*indicators, low=low, high=high)
    return Mandate(
        agreement=AGREEMENT,
        holder=granted.holder,
        status=status,
        granted=granted,
        used=None if status is MandateStatus.GRANTED else USED,
        reported=REPORTED if status is MandateStatus.REPORTED else None,
    )
