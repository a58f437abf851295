"""Change proposals and their rounds."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from domain.agreement import Revision
from domain.goal import Goal
from domain.identity import GoalCode, UnitCode
from domain.proposal import (
    Answer,
    Head,
    NotYours,
    Proposal,
    ProposalMade,
    ProposalOutdated,
    ProposalSettled,
    ProposalStatus,
    ProposesNothing,
    answered,
    applied,
    withdrawn,
)
from domain.refusal import ReasonNeeded
from support.agreeing import AGENCY, BINDING, DISTRICT, JOBCENTER, NOON, a_goal, a_revision, a_target

BASE = a_revision(a_goal(code="first"), a_goal(code="second"))
HIGHER = a_goal(a_target("18000"), code="first")


def proposing(
    *put: Goal, remove: tuple[str, ...] = (), head: Head | None = None, reason: str = "besser"
) -> ProposalMade:
    codes = tuple(GoalCode(code) for code in remove)
    return ProposalMade(party=AGENCY, revision=1, reason=reason, put=put, remove=codes, head=head or Head())


def open_one(made: ProposalMade | None = None) -> Proposal:
    return Proposal(
        agreement=UUID(int=1), status=ProposalStatus.OPEN, made=made or proposing(HIGHER), subject="lead", at=NOON
    )


def saying(party: UnitCode, *, yes: bool = True, reason: str | None = None) -> Answer:
    return Answer(party=party, taken_over=yes, reason=reason, subject="lead", at=NOON)


def codes(revision: Revision) -> list[str]:
    return [goal.code for goal in revision.goals]


def test_the_last_yes_of_all_others_takes_it_over() -> None:
    first = answered(open_one(), saying(DISTRICT), BINDING)
    assert first.status is ProposalStatus.OPEN
    assert answered(first, saying(JOBCENTER), BINDING).status is ProposalStatus.TAKEN_OVER


def test_one_no_with_its_reason_declines_it() -> None:
    with pytest.raises(ReasonNeeded):
        answered(open_one(), saying(DISTRICT, yes=False, reason=" "), BINDING)
    declined = answered(open_one(), saying(DISTRICT, yes=False, reason="nicht erreichbar"), BINDING)
    assert declined.status is ProposalStatus.DECLINED
    with pytest.raises(ProposalSettled):
        answered(declined, saying(JOBCENTER), BINDING)


def test_a_party_may_think_again_while_it_is_open() -> None:
    once = answered(open_one(), saying(DISTRICT), BINDING)
    again = answered(once, saying(DISTRICT, reason="mit Bedenken"), BINDING)
    assert [answer.reason for answer in again.answers] == ["mit Bedenken"]


def test_a_party_withdraws_its_own_and_answers_the_others() -> None:
    with pytest.raises(NotYours):
        answered(open_one(), saying(AGENCY), BINDING)
    with pytest.raises(NotYours):
        withdrawn(open_one(), DISTRICT)
    assert withdrawn(open_one(), AGENCY).status is ProposalStatus.WITHDRAWN


def test_a_proposal_without_content_or_reason_is_none() -> None:
    with pytest.raises(ProposesNothing):
        proposing()
    with pytest.raises(ReasonNeeded):
        proposing(HIGHER, reason=" ")


def test_goals_are_changed_in_their_place_added_at_the_end_and_taken_out() -> None:
    changed = applied(proposing(HIGHER, a_goal(code="third"), remove=("second",)), BASE, BASE)
    assert codes(changed) == ["first", "third"]
    assert changed.goals[0] == HIGHER


def test_only_the_named_members_of_the_head_change() -> None:
    head = Head(title="Nachtrag", valid_until=date(2016, 1, 1), trial=True)
    changed = applied(proposing(head=head), BASE, BASE)
    assert changed == replace(BASE, title="Nachtrag", valid_until=date(2016, 1, 1), trial=True)


def test_what_others_changed_meanwhile_is_not_overwritten() -> None:
    meanwhile = replace(BASE, title="Neu", goals=(a_goal(a_target("1"), code="first"), BASE.goals[1]))
    with pytest.raises(ProposalOutdated, match="first, title"):
        applied(proposing(HIGHER, head=Head(title="Nachtrag")), BASE, meanwhile)
    assert codes(applied(proposing(remove=("second",)), BASE, meanwhile)) == ["first"]
