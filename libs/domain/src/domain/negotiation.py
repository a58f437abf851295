"""The life of an agreement: one table of what may follow what, and the acts that use it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from domain.agreement import Acceptance, Agreement, Revision, Signature, Status
from domain.checking import check
from domain.finding import Finding, stopping
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

TRANSITIONS: Mapping[tuple[Status, Act], Status] = MappingProxyType(
    {
        (Status.DRAFT, Act.REVISE): Status.DRAFT,
        (Status.DRAFT, Act.PROPOSE): Status.PROPOSED,
        (Status.DRAFT, Act.WITHDRAW): Status.WITHDRAWN,
        (Status.PROPOSED, Act.TAKE_OVER): Status.PROPOSED,  # a change all parties take over
        (Status.PROPOSED, Act.AGREE): Status.AGREED,  # with the last party's yes
        (Status.PROPOSED, Act.DECLINE): Status.DECLINED,
        (Status.PROPOSED, Act.WITHDRAW): Status.WITHDRAWN,
        (Status.AGREED, Act.SIGN): Status.SEALING,  # with the last party's signature
        (Status.SEALING, Act.SEAL): Status.SIGNED,
        (Status.AGREED, Act.DECLINE): Status.DECLINED,
        (Status.AGREED, Act.WITHDRAW): Status.WITHDRAWN,
        (Status.SIGNED, Act.ACTIVATE): Status.IN_FORCE,
        (Status.IN_FORCE, Act.AMEND): Status.IN_FORCE,  # until the amendment comes into force
        (Status.IN_FORCE, Act.SUPERSEDE): Status.AMENDED,
        (Status.IN_FORCE, Act.CLOSE): Status.CLOSED,
    }
)


def allowed(status: Status) -> tuple[Act, ...]:
    """Name the acts that are possible in a state."""
    return tuple(act for start, act in TRANSITIONS if start is status)


def destination(agreement: Agreement, act: Act) -> Status:
    """Say where an act leads from the agreement's state; refuse one that the table does not know there."""
    reached = TRANSITIONS.get((agreement.status, act))
    if reached is None:
        possible = ", ".join(allowed(agreement.status)) or "nothing"
        raise NotAllowedNow(act=act, status=agreement.status, allowed=possible)
    return reached


def revise(agreement: Agreement, content: Revision, act: Act = Act.REVISE) -> Agreement:
    """Put a new revision in place, drafted freely or taken over by all; whatever was accepted before falls."""
    status = destination(agreement, act)
    revision = replace(content, number=agreement.revision.number + 1)
    return _moved(replace(agreement, revision=revision, acceptances=()), status)


def propose(agreement: Agreement, found: Iterable[Finding] = ()) -> Agreement:
    """Put the draft to all parties; `found` is what its surroundings say against it."""
    status = destination(agreement, Act.PROPOSE)
    _must_be_sound(agreement, found)
    return _moved(agreement, status)


def agree(agreement: Agreement, acceptance: Acceptance, found: Iterable[Finding] = ()) -> Agreement:
    """Add a party's yes; agreed when all binding parties accept the same revision."""
    status = destination(agreement, Act.AGREE)
    _must_bind(agreement, acceptance.party)
    _must_be_present(agreement, acceptance.revision)
    if acceptance.party not in agreement.awaited:
        raise AlreadyAccepted(party=acceptance.party, revision=acceptance.revision)
    _must_be_sound(agreement, found)
    accepted = replace(agreement, acceptances=(*agreement.acceptances, acceptance))
    return _moved(accepted, agreement.status if accepted.awaited else status)


def decline(agreement: Agreement, party: UnitCode, reason: str | None) -> Agreement:
    """End the negotiation with a party's no and its reason."""
    status = destination(agreement, Act.DECLINE)
    _must_bind(agreement, party)
    if not (reason or "").strip():
        raise ReasonNeeded
    return _moved(replace(agreement, reason=reason), status)


def withdraw(agreement: Agreement, reason: str | None) -> Agreement:
    """Take the agreement back before it is signed."""
    status = destination(agreement, Act.WITHDRAW)
    return _moved(replace(agreement, reason=reason), status)


def sign(agreement: Agreement, signature: Signature, *, digest: str, found: Iterable[Finding] = ()) -> Agreement:
    """Add a party's signature under the digest of the present revision; to be sealed when all binding parties have."""
    for earlier in agreement.signatures:
        if (earlier.party, earlier.revision) == (signature.party, agreement.revision.number):
            raise AlreadySigned(party=earlier.party, signed_at=earlier.signed_at)
    status = destination(agreement, Act.SIGN)
    _must_bind(agreement, signature.party)
    _must_be_present(agreement, signature.revision)
    if signature.digest != digest:
        raise OtherDigest(digest)
    _must_be_sound(agreement, found, signing=True)
    signed = replace(agreement, signatures=(*agreement.signatures, signature))
    return _moved(signed, agreement.status if signed.unsigned else status)


def seal(agreement: Agreement) -> Agreement:
    """Close the signing: the seal over all signatures stands."""
    return _moved(agreement, destination(agreement, Act.SEAL))


def activate(agreement: Agreement, on: date) -> Agreement:
    """Bring a signed agreement into force once its term has begun."""
    status = destination(agreement, Act.ACTIVATE)
    if on < agreement.revision.valid_from:
        raise StartNotReached(agreement.revision.valid_from)
    return _moved(agreement, status)


def amend(agreement: Agreement, amendment: AgreementId) -> Agreement:
    """Draft an amendment: the next revision, to be signed again by all; until then the agreement stays in force."""
    destination(agreement, Act.AMEND)
    revision = replace(agreement.revision, number=agreement.revision.number + 1)
    return Agreement(id=amendment, version=1, status=Status.DRAFT, revision=revision, predecessor=agreement.id)


def supersede(agreement: Agreement) -> Agreement:
    """End an agreement because its amendment has come into force."""
    return _moved(agreement, destination(agreement, Act.SUPERSEDE))


def close(agreement: Agreement) -> Agreement:
    """End an agreement whose work is done."""
    return _moved(agreement, destination(agreement, Act.CLOSE))


def _moved(agreement: Agreement, status: Status) -> Agreement:
    return replace(agreement, version=agreement.version + 1, status=status)


def _must_bind(agreement: Agreement, party: UnitCode) -> None:
    if party not in agreement.revision.binding:
        raise NotAParty(party)


def _must_be_present(agreement: Agreement, revision: int) -> None:
    if revision != agreement.revision.number:
        raise OtherRevision(named=revision, present=agreement.revision.number)


def _must_be_sound(agreement: Agreement, found: Iterable[Finding], *, signing: bool = False) -> None:
    grave = stopping((*check(agreement.revision), *found), signing=signing)
    if grave:
        raise FindingsBlock(count=len(grave), blocking=grave)
