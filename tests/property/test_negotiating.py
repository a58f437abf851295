"""Laws of an agreement's life: order does not matter, and nothing leaves the table."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from domain.agreement import Agreement, Status
from domain.errors import Conflict
from domain.identity import UnitCode
from domain.negotiation import (
    TRANSITIONS,
    activate,
    agree,
    allowed,
    amend,
    close,
    decline,
    propose,
    revise,
    seal,
    sign,
    supersede,
    withdraw,
)
from domain.refusal import Act, NotAllowedNow
from hypothesis import given
from hypothesis import strategies as st
from support.agreeing import (
    AMENDMENT,
    BINDING,
    DIGEST,
    a_goal,
    a_revision,
    a_signature,
    agreed_by,
    an_acceptance,
    an_agreement,
    signed_by,
)

Do = Callable[[Agreement, UnitCode], Agreement]
ACTS: Mapping[Act, Do] = {
    Act.REVISE: lambda agreement, _: revise(agreement, a_revision(a_goal(code="other"))),
    Act.TAKE_OVER: lambda agreement, _: revise(agreement, a_revision(a_goal(code="other")), Act.TAKE_OVER),
    Act.PROPOSE: lambda agreement, _: propose(agreement),
    Act.AGREE: lambda agreement, party: agree(agreement, an_acceptance(party, agreement.revision.number)),
    Act.DECLINE: lambda agreement, party: decline(agreement, party, "no resolution"),
    Act.WITHDRAW: lambda agreement, _: withdraw(agreement, None),
    Act.SIGN: lambda agreement, party: sign(agreement, a_signature(party, agreement.revision.number), digest=DIGEST),
    Act.SEAL: lambda agreement, _: seal(agreement),
    Act.ACTIVATE: lambda agreement, _: activate(agreement, date(2014, 1, 1)),
    Act.SUPERSEDE: lambda agreement, _: supersede(agreement),
    Act.CLOSE: lambda agreement, _: close(agreement),
}
FORWARD = [Act.PROPOSE, *[Act.AGREE] * 3, *[Act.SIGN] * 3, Act.SEAL, Act.ACTIVATE]
"""Acts weighted towards those that lead on, so that random lives grow old."""
UNKNOWN = [(status, act) for status in Status for act in ACTS if (status, act) not in TRANSITIONS]
STEPS = st.tuples(st.sampled_from([*ACTS, *FORWARD * 3]), st.sampled_from(BINDING))


@given(order=st.permutations(BINDING))
def test_the_order_of_acceptances_does_not_matter(order: list[UnitCode]) -> None:
    agreement = agreed_by(an_agreement(), *order)
    assert (agreement.status, agreement.version) == (Status.AGREED, 5)
    assert {acceptance.party for acceptance in agreement.acceptances} == set(BINDING)


@given(order=st.permutations(BINDING))
def test_the_order_of_signatures_does_not_matter(order: list[UnitCode]) -> None:
    agreement = signed_by(agreed_by(an_agreement(), *BINDING), *order)
    assert (agreement.status, agreement.version, agreement.unsigned) == (Status.SIGNED, 9, frozenset())


@given(steps=st.lists(STEPS, max_size=40))
def test_no_sequence_of_acts_leaves_the_table_and_every_change_counts(steps: list[tuple[Act, UnitCode]]) -> None:
    agreement = an_agreement()
    for act, party in steps:
        before = agreement
        try:
            agreement = ACTS[act](before, party)
        except Conflict:
            continue
        assert act in allowed(before.status)
        assert agreement.status in (TRANSITIONS[before.status, act], before.status)
        assert agreement.version == before.version + 1


@given(steps=st.lists(STEPS, max_size=40))
def test_nothing_is_signed_that_not_all_have_accepted_and_signed(steps: list[tuple[Act, UnitCode]]) -> None:
    agreement = an_agreement()
    for act, party in steps:
        try:
            agreement = ACTS[act](agreement, party)
        except Conflict:
            continue
        if agreement.status in (Status.AGREED, Status.SEALING, Status.SIGNED, Status.IN_FORCE):
            assert not agreement.awaited
        if agreement.status in (Status.SEALING, Status.SIGNED, Status.IN_FORCE):
            assert not agreement.unsigned


@given(status_and_act=st.sampled_from(UNKNOWN), party=st.sampled_from(BINDING))
def test_an_act_the_table_does_not_know_is_refused(status_and_act: tuple[Status, Act], party: UnitCode) -> None:
    status, act = status_and_act
    with pytest.raises(NotAllowedNow, match=status):
        ACTS[act](an_agreement(status=status), party)


@given(status=st.sampled_from(Status))
def test_an_amendment_is_drafted_only_of_what_is_in_force(status: Status) -> None:
    try:
        amendment = amend(an_agreement(status=status), AMENDMENT)
    except Conflict:
        assert status is not Status.IN_FORCE
    else:
        assert (status, amendment.status) == (Status.IN_FORCE, Status.DRAFT)
