"""The life of an agreement: one table of what may follow what, and the acts that use it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from domain.agreement import Acceptance, Agreement, Revision, Signature, Status
from domain.finding import blocking
from domain.identity import AgreementId, UnitCode
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

TRANSITIONS: Mapping[Act, frozenset[Status]] = MappingProxyType(
    {
        Act.REVISE: frozenset({Status.DRAFT, Status.PROPOSED}),
        Act.PROPOSE: frozenset({Status.DRAFT}),
        Act.AGREE: frozenset({Status.PROPOSED}),
        Act.DECLINE: frozenset({Status.PROPOSED, Status.AGREED}),
        Act.WITHDRAW: frozenset({Status.DRAFT, Status.PROPOSED, Status.AGREED}),
        Act.SIGN: frozenset({Status.AGREED}),
        Act.ACTIVATE: frozenset({Status.SIGNED}),
        Act.AMEND: frozenset({Status.IN_FORCE}),
        Act.SUPERSEDE: frozenset({Status.IN_FORCE}),
        Act.CLOSE: frozenset({Status.IN_FORCE}),
    }
)


def must_allow(agreement: Agreement, act: Act) -> None:
    """Refuse an act that the table does not allow in the agreement's state."""
    if agreement.status not in TRANSITIONS[act]:
        allowed = [other for other, statuses in TRANSITIONS.items() if agreement.status in statuses]
        raise NotAllowedNow(act=act, status=agreement.status, allowed=", ".join(allowed) or "nothing")


def revise(agreement: Agreement, content: Revision) -> Agreement:
    """Put a new revision in place; whatever was accepted before falls."""
    must_allow(agreement, Act.REVISE)
    revision = replace(content, number=agreement.revision.number + 1)
    return _moved(agreement, agreement.status, revision=revision, acceptances=())


def propose(agreement: Agreement) -> Agreement:
    """Put the draft to all parties."""
    must_allow(agreement, Act.PROPOSE)
    _must_be_sound(agreement)
    return _moved(agreement, Status.PROPOSED)


def agree(agreement: Agreement, acceptance: Acceptance) -> Agreement:
    """Add a party's yes; agreed when all binding parties accept the same revision."""
    must_allow(agreement, Act.AGREE)
    _must_bind(agreement, acceptance.party)
    _must_be_present(agreement, acceptance.revision)
    if acceptance.party not in agreement.awaited:
        raise AlreadyAccepted(party=acceptance.party, revision=acceptance.revision)
    _must_be_sound(agreement)
    last = agreement.awaited == {acceptance.party}
    return _moved(
        agreement,
        Status.AGREED if last else Status.PROPOSED,
        acceptances=(*agreement.acceptances, acceptance),
    )


def decline(agreement: Agreement, party: UnitCode, reason: str | None) -> Agreement:
    """End the negotiation with a party's no and its reason."""
    must_allow(agreement, Act.DECLINE)
    _must_bind(agreement, party)
    if not (reason or "").strip():
        raise ReasonNeeded
    return _moved(agreement, Status.DECLINED, reason=reason)


def withdraw(agreement: Agreement, reason: str | None) -> Agreement:
    """Take the agreement back before it is signed."""
    must_allow(agreement, Act.WITHDRAW)
    return _moved(agreement, Status.WITHDRAWN, reason=reason)


def sign(agreement: Agreement, signature: Signature, *, digest: str) -> Agreement:
    """Add a party's signature under the digest of the present revision; signed when all binding parties have."""
    for earlier in agreement.signatures:
        if (earlier.party, earlier.revision) == (signature.party, agreement.revision.number):
            raise AlreadySigned(party=earlier.party, signed_at=earlier.signed_at)
    must_allow(agreement, Act.SIGN)
    _must_bind(agreement, signature.party)
    _must_be_present(agreement, signature.revision)
    if signature.digest != digest:
        raise OtherDigest(digest)
    _must_be_sound(agreement)
    last = agreement.unsigned == {signature.party}
    return _moved(agreement, Status.SIGNED if last else Status.AGREED, signatures=(*agreement.signatures, signature))


def activate(agreement: Agreement, on: date) -> Agreement:
    """Bring a signed agreement into force once its term has begun."""
    must_allow(agreement, Act.ACTIVATE)
    if on < agreement.revision.valid_from:
        raise StartNotReached(agreement.revision.valid_from)
    return _moved(agreement, Status.IN_FORCE)


def amend(agreement: Agreement, amendment: AgreementId) -> Agreement:
    """Draft an amendment: the next revision, to be signed again by all; until then the agreement stays in force."""
    must_allow(agreement, Act.AMEND)
    revision = replace(agreement.revision, number=agreement.revision.number + 1)
    return Agreement(id=amendment, version=1, status=Status.DRAFT, revision=revision, predecessor=agreement.id)


def supersede(agreement: Agreement) -> Agreement:
    """End an agreement because its amendment has come into force."""
    must_allow(agreement, Act.SUPERSEDE)
    return _moved(agreement, Status.AMENDED)


def close(agreement: Agreement) -> Agreement:
    """End an agreement whose work is done."""
    must_allow(agreement, Act.CLOSE)
    return _moved(agreement, Status.CLOSED)


def _moved(agreement: Agreement, status: Status, **changed: object) -> Agreement:
    return replace(agreement, version=agreement.version + 1, status=status, **changed)  # type: ignore[arg-type]  # fields of the dataclass


def _must_bind(agreement: Agreement, party: UnitCode) -> None:
    if party not in agreement.revision.binding:
        raise NotAParty(party)


def _must_be_present(agreement: Agreement, revision: int) -> None:
    if revision != agreement.revision.number:
        raise OtherRevision(named=revision, present=agreement.revision.number)


def _must_be_sound(agreement: Agreement) -> None:
    found = blocking(agreement.revision)
    if found:
        raise FindingsBlock(count=len(found), blocking=found)
