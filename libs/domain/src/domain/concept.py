"""The goal concept: statements of offices, conferences, unresolved points escalated, decided, binding."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import cast
from uuid import UUID

from domain.agreement import Revision
from domain.codec import Json, encode
from domain.errors import Conflict, Invalid, Place, Text
from domain.identity import GoalCode, UnitCode

FEWEST_POSITIONS = 2


class EscalationStatus(StrEnum):
    """Whether an unresolved point was decided."""

    OPEN = "open"
    DECIDED = "decided"


class ConferenceKind(StrEnum):
    """What a conference does: Planungskonferenz, Steuerungskonferenz."""

    PLANNING = "planning"
    STEERING = "steering"


@dataclass(eq=False)
class OnePositionOnly(Invalid):
    """An escalation gives the positions of both sides."""

    title_de = "Eine Eskalation nennt die Positionen beider Seiten."
    says = Text(
        "name at least two units with their positions", "nennen Sie mindestens zwei Stellen mit ihren Positionen"
    )


@dataclass(eq=False)
class DecidedAlready(Conflict):
    """A point is decided once."""

    title_de = "Ein Punkt wird einmal entschieden."
    says = Text("it was decided on {decided_on}", "er wurde am {decided_on} entschieden")

    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementMade:
    """An office's written statement on the concept or one of its goals: services, resources, consent."""

    unit: UnitCode
    text: str
    consents: bool
    goal: GoalCode | None = None
    resources: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement as it is kept."""

    agreement: UUID
    unit: UnitCode
    made: StatementMade
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a unit holds in an unresolved point."""

    unit: UnitCode
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRaised:
    """An unresolved point, put to a body with the positions of both sides."""

    subject: str
    body: str
    positions: tuple[Position, ...]
    goal: GoalCode | None = None

    def __post_init__(self) -> None:
        """Refuse a point with one side only."""
        if len({position.unit for position in self.positions}) < FEWEST_POSITIONS:
            raise OnePositionOnly


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the body decided; `binds` names fields of the goal with the value they must have."""

    text: str
    decided_on: date
    binds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """An unresolved point and its decision."""

    agreement: UUID
    status: EscalationStatus
    raised: PointRaised
    decision: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceOutcome:
    """What a conference came to in one point."""

    subject: str
    agreed: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceHeld:
    """A conference: its agenda, who took part, what came of it."""

    kind: ConferenceKind
    held_on: date
    title: str
    agenda: tuple[str, ...] = ()
    participants: tuple[UnitCode, ...] = ()
    outcomes: tuple[ConferenceOutcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """A conference of a planning round."""

    round: UUID
    held: ConferenceHeld

    @property
    def unresolved(self) -> tuple[str, ...]:
        """Name the points to be escalated."""
        return tuple(outcome.subject for outcome in self.held.outcomes if not outcome.agreed)


def decide(escalation: Escalation, decision: Decision) -> Escalation:
    """Decide an open point; from now on the decision binds."""
    if escalation.decision is not None:
        raise DecidedAlready(escalation.decision.decided_on)
    return replace(escalation, status=EscalationStatus.DECIDED, decision=decision)


def unsettled(revision: Revision, escalations: Iterable[Escalation]) -> Iterator[Place]:
    """Name open points, and goals that are not written as decided."""
    numbers = {goal.code: number for number, goal in enumerate(revision.goals)}
    for escalation in escalations:
        number = numbers.get(escalation.raised.goal) if escalation.raised.goal else None
        at = "/goals" if number is None else f"/goals/{number}"
        if escalation.decision is None:
            subject = escalation.raised.subject
            detail = Text(
                f"'{subject}' awaits '{escalation.raised.body}'", f"„{subject}“ wartet auf „{escalation.raised.body}“"
            )
            yield Place(pointer=at, code="escalation_open", detail=detail)
        elif number is not None:
            written = cast("dict[str, Json]", encode(revision.goals[number]))
            for name, value in escalation.decision.binds.items():
                if str(written.get(name)) != value:
                    detail = Text(f"decided was {name} = {value}", f"entschieden ist {name} = {value}")
                    yield Place(pointer=f"{at}/{name}", code="decision_not_followed", detail=detail)
