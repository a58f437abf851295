"""The life of an agreement, act by act."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from domain.agreement import Agreement, Status, TermTooShort
from domain.negotiation import activate, agree, amend, close, decline, propose, revise, sign, supersede, withdraw
from domain.refusal import (
    Act,
    AlreadyAccepted,
    AlreadySigned,
    FindingsBlock,
    NotAllowedNow,
    NotAParty,
    OtherDigest,
    OtherRevision,
    ReasonNeeded,
    StartNotReached,
)
from domain.responsibility import Scope
from support import mettmann
from support.agreeing import (
    AGENCY,
    AMENDMENT,
    ASSOCIATED,
    BINDING,
    CONSULTED,
    DIGEST,
    DISTRICT,
    FIRST,
    JOBCENTER,
    PARTIES,
    a_goal,
    a_revision,
    a_signature,
    agreed_by,
    an_acceptance,
    an_agreement,
    signed_by,
)

NEW_YEAR = date(2014, 1, 1)
UNSOUND = a_goal(scope=Scope.FEDERAL, carrier=DISTRICT)


def agreed() -> Agreement:
    return agreed_by(an_agreement(), *BINDING)


def in_force() -> Agreement:
    return activate(signed_by(agreed(), *BINDING), NEW_YEAR)


def test_the_mettmann_agreement_comes_into_force() -> None:
    agreement = replace(an_agreement(), revision=mettmann.the_revision())
    signed = signed_by(agreed_by(agreement, *BINDING), *BINDING)
    assert signed.status is Status.SIGNED
    assert activate(signed, NEW_YEAR).status is Status.IN_FORCE


def test_agreed_is_what_every_binding_party_accepts() -> None:
    nearly = agreed_by(an_agreement(), AGENCY, DISTRICT)
    assert (nearly.status, nearly.awaited) == (Status.PROPOSED, frozenset({JOBCENTER}))
    assert agreed_by(nearly, JOBCENTER).status is Status.AGREED


def test_an_associated_unit_need_not_accept_and_may_not() -> None:
    agreement = an_agreement(parties=(*PARTIES, ASSOCIATED))
    assert agreed_by(agreement, *BINDING).status is Status.AGREED
    with pytest.raises(NotAParty, match=CONSULTED):
        agreed_by(agreement, CONSULTED)


def test_a_party_accepts_once() -> None:
    with pytest.raises(AlreadyAccepted, match="accepted revision 1"):
        agreed_by(an_agreement(), AGENCY, AGENCY)


def test_a_revision_while_proposed_makes_all_acceptances_fall() -> None:
    revised = revise(agreed_by(an_agreement(), AGENCY, DISTRICT), a_revision(a_goal(code="other")), Act.TAKE_OVER)
    assert (revised.status, revised.revision.number, revised.acceptances) == (Status.PROPOSED, 2, ())
    assert revised.awaited == set(BINDING)


def test_who_accepts_an_earlier_revision_is_told_the_present_one() -> None:
    revised = revise(agreed_by(an_agreement(), AGENCY), a_revision(), Act.TAKE_OVER)
    with pytest.raises(OtherRevision, match="you name revision 1, the present one is 2"):
        agree(revised, an_acceptance(AGENCY, 1))


@pytest.mark.parametrize(
    ("status", "act"),
    [
        (Status.DRAFT, propose),
        (Status.PROPOSED, lambda agreement: agree(agreement, an_acceptance())),
        (Status.AGREED, lambda agreement: sign(agreement, a_signature(), digest=DIGEST)),
    ],
)
def test_blocking_findings_stop_a_proposal_an_acceptance_and_a_signature(
    status: Status, act: Callable[[Agreement], Agreement]
) -> None:
    with pytest.raises(FindingsBlock) as refused:
        act(an_agreement(UNSOUND, status=status))
    assert [place.pointer for place in refused.value.places()] == ["/goals/0/carrier"]


def test_a_refusal_ends_the_negotiation_and_names_its_reason() -> None:
    declined = decline(agreed_by(an_agreement(), AGENCY), DISTRICT, "the amount is not in the budget")
    assert (declined.status, declined.reason) == (Status.DECLINED, "the amount is not in the budget")


def test_a_refusal_after_a_first_signature_stops_it() -> None:
    assert decline(signed_by(agreed(), AGENCY), DISTRICT, "no resolution").status is Status.DECLINED


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_refusal_without_a_reason_is_none(reason: str | None) -> None:
    with pytest.raises(ReasonNeeded):
        decline(propose(an_agreement()), DISTRICT, reason)


def test_what_is_not_signed_can_be_withdrawn() -> None:
    assert withdraw(an_agreement(), None).status is Status.WITHDRAWN


def test_signed_is_what_every_binding_party_has_signed() -> None:
    nearly = signed_by(agreed(), JOBCENTER, AGENCY)
    assert (nearly.status, nearly.unsigned) == (Status.AGREED, frozenset({DISTRICT}))
    assert signed_by(nearly, DISTRICT).status is Status.SIGNED


def test_a_party_signs_once_even_when_all_have_signed() -> None:
    with pytest.raises(AlreadySigned, match=f"{AGENCY} signed on 2014-01-10"):
        signed_by(signed_by(agreed(), *BINDING), AGENCY)


def test_only_the_digest_of_the_present_revision_is_signed() -> None:
    with pytest.raises(OtherDigest, match=DIGEST):
        sign(agreed(), a_signature(digest="0" * 64), digest=DIGEST)


def test_only_the_present_revision_is_signed() -> None:
    with pytest.raises(OtherRevision):
        sign(agreed(), a_signature(revision=2), digest=DIGEST)


def test_who_is_no_binding_party_does_not_sign() -> None:
    with pytest.raises(NotAParty):
        signed_by(agreed(), CONSULTED)


def test_nothing_is_in_force_before_its_term_begins() -> None:
    signed = signed_by(agreed(), *BINDING)
    with pytest.raises(StartNotReached, match="2014-01-01"):
        activate(signed, date(2013, 12, 31))


def test_nothing_is_in_force_before_all_have_signed() -> None:
    with pytest.raises(NotAllowedNow, match="possible now: sign, decline, withdraw"):
        activate(signed_by(agreed(), AGENCY), NEW_YEAR)


def test_an_amendment_is_the_next_revision_and_leaves_the_agreement_in_force() -> None:
    agreement = in_force()
    amendment = amend(agreement, AMENDMENT)
    assert (amendment.status, amendment.revision.number, amendment.predecessor) == (Status.DRAFT, 2, FIRST)
    assert (amendment.acceptances, amendment.signatures) == ((), ())
    assert agreement.status is Status.IN_FORCE


def test_an_amendment_is_signed_again_by_all_and_then_takes_the_place() -> None:
    amendment = signed_by(agreed_by(amend(in_force(), AMENDMENT), *BINDING), *BINDING)
    assert activate(amendment, NEW_YEAR).status is Status.IN_FORCE
    assert supersede(in_force()).status is Status.AMENDED


def test_an_agreement_whose_work_is_done_is_closed_for_good() -> None:
    closed = close(in_force())
    with pytest.raises(NotAllowedNow, match="'close' is not possible while the agreement is closed"):
        close(closed)


def test_a_term_ends_after_it_begins() -> None:
    with pytest.raises(TermTooShort):
        replace(a_revision(), valid_until=NEW_YEAR)
