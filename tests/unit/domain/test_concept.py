"""Unresolved points, their decision, and what it binds."""

from datetime import date
from uuid import UUID

import pytest
from domain.concept import (
    Conference,
    ConferenceHeld,
    ConferenceKind,
    ConferenceOutcome,
    DecidedAlready,
    Decision,
    Escalation,
    EscalationStatus,
    OnePositionOnly,
    PointRaised,
    Position,
    decide,
    unsettled,
)
from domain.identity import GoalCode
from support.agreeing import AGENCY, JOBCENTER, a_goal, a_revision, a_target

SIDES = (Position(unit=JOBCENTER, text="17500"), Position(unit=AGENCY, text="17000"))
DECISION = Decision(text="die Mitte", decided_on=date(2014, 1, 5), binds={"target": "17250"})
OTHER = a_goal(code="other")


def a_point(goal: str | None = "goal") -> Escalation:
    raised = PointRaised(subject="Bestand", body="rat", positions=SIDES, goal=GoalCode(goal) if goal else None)
    return Escalation(agreement=UUID(int=1), status=EscalationStatus.OPEN, raised=raised)


def places(point: Escalation, target: str = "17283") -> list[tuple[str, str]]:
    revision = a_revision(OTHER, a_goal(a_target(target)))
    return [(place.pointer, place.code) for place in unsettled(revision, [point])]


def test_a_point_gives_the_positions_of_both_sides() -> None:
    for positions in (SIDES[:1], (SIDES[0], SIDES[0])):
        with pytest.raises(OnePositionOnly):
            PointRaised(subject="Bestand", body="rat", positions=positions)


def test_an_open_point_is_named_at_its_goal_or_at_all_of_them() -> None:
    assert places(a_point()) == [("/goals/1", "escalation_open")]
    assert places(a_point(None)) == [("/goals", "escalation_open")]


def test_a_point_is_decided_once() -> None:
    decided = decide(a_point(), DECISION)
    assert (decided.status, decided.decision) == (EscalationStatus.DECIDED, DECISION)
    with pytest.raises(DecidedAlready, match="2014-01-05"):
        decide(decided, DECISION)


def test_a_decision_binds_what_is_written() -> None:
    decided = decide(a_point(), DECISION)
    assert places(decided) == [("/goals/1/target", "decision_not_followed")]
    assert places(decided, "17250") == []


def test_a_conference_hands_on_what_it_did_not_settle() -> None:
    outcomes = [ConferenceOutcome(subject=name, agreed=agreed, text="") for name, agreed in (("a", True), ("b", False))]
    held = ConferenceHeld(
        kind=ConferenceKind.STEERING, held_on=date(2012, 5, 15), title="Steuerung", outcomes=tuple(outcomes)
    )
    assert Conference(round=UUID(int=1), held=held).unresolved == ("b",)
