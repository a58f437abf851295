"""Consultation sequences (Beratungsfolge): which body treats a paper when, to what end, with what outcome."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from domain.errors import Place, Text


class ConsultationKind(StrEnum):
    """What a body does with a paper: Vorberatung, Entscheidung, Kenntnisnahme."""

    PRELIMINARY = "preliminary"
    DECISION = "decision"
    FOR_INFORMATION = "for_information"


class Outcome(StrEnum):
    """What came of a consultation."""

    APPROVED = "approved"
    AMENDED = "amended"
    REJECTED = "rejected"
    POSTPONED = "postponed"
    NOTED = "noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationPlanned:
    """A step as it is planned, and its outcome once there is one."""

    position: int
    body: str
    meeting_on: date
    kind: ConsultationKind
    paper_number: str | None = None
    resolution: str | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A step of an agreement's consultation sequence."""

    agreement: UUID
    position: int
    body: str
    meeting_on: date
    kind: ConsultationKind
    paper_number: str | None = None
    resolution: str | None = None
    outcome: Outcome | None = None


def misordered(steps: Sequence[Consultation], on: date) -> Iterator[Place]:
    """
    Check a consultation sequence on a day: days do not go back, preliminary steps come before the decision.

    A sequence has one decision, unless all its steps are for information; what has met has an outcome.
    """
    ordered = sorted(steps, key=lambda step: step.position)
    for number, (earlier, later) in enumerate(pairwise(ordered), start=1):
        if later.meeting_on < earlier.meeting_on:
            yield _place(
                number,
                "consultation_order",
                f"'{later.body}' meets before '{earlier.body}'",
                f"„{later.body}“ tagt vor „{earlier.body}“",
            )
        if later.kind is ConsultationKind.PRELIMINARY and earlier.kind is ConsultationKind.DECISION:
            yield _place(
                number,
                "consultation_order",
                f"'{later.body}' prepares what is decided already",
                f"„{later.body}“ berät vor, was schon entschieden ist",
            )
    decisions = [step for step in ordered if step.kind is ConsultationKind.DECISION]
    if ordered and not decisions and any(step.kind is ConsultationKind.PRELIMINARY for step in ordered):
        yield _place(len(ordered) - 1, "decision_missing", "nobody decides", "niemand entscheidet")
    if len(decisions) > 1:
        yield _place(
            ordered.index(decisions[1]),
            "consultation_order",
            f"{len(decisions)} bodies decide",
            f"{len(decisions)} Gremien entscheiden",
        )
    for number, step in enumerate(ordered):
        if step.outcome is None and step.meeting_on < on:
            yield _place(
                number,
                "outcome_missing",
                f"'{step.body}' met on {step.meeting_on}",
                f"„{step.body}“ hat am {step.meeting_on:%d.%m.%Y} getagt",
            )


def _place(number: int, code: str, en: str, de: str) -> Place:
    return Place(pointer=f"/consultations/{number}", code=code, detail=Text(en, de))
