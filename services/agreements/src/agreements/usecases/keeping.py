"""Keeping an agreement: its rows, its goals' index and what is told of it, together in one place."""

from dataclasses import replace

from chassis.audit.change import Change
from chassis.caller import Caller
from chassis.canonical import canonical, digest
from chassis.event import Event
from domain.agreement import Agreement
from domain.agreement_payload import revision_payload, signed_payload
from domain.codec import encode
from domain.identity import AgreementId

from agreements.ports import Kept, Work


def signed_bytes(id: AgreementId, kept: Kept) -> bytes:
    """Give the exact bytes every party signs (RFC 8785): the revision as it was written, once."""
    return canonical(signed_payload(id, kept.written))


def digest_of(agreement: Agreement) -> str:
    """Give the digest of a revision that is about to be written."""
    return digest(signed_payload(agreement.id, revision_payload(agreement.revision)))


def state_of(agreement: Agreement) -> str:
    """Give the SHA-256 of an agreement's whole state; in which order parties accepted and signed does not matter."""
    acceptances = tuple(sorted(agreement.acceptances, key=lambda a: (a.revision, a.party)))
    signatures = tuple(sorted(agreement.signatures, key=lambda s: (s.revision, s.party)))
    return digest({"agreement": encode(replace(agreement, acceptances=acceptances, signatures=signatures))})


async def keep_new(work: Work, caller: Caller, agreement: Agreement) -> None:
    """Keep a new agreement."""
    await work.agreements.add(agreement, digest_of(agreement))
    await work.goals.put(agreement)
    await tell(work, caller, None, agreement, "agreement.drafted")


async def keep(work: Work, caller: Caller, before: Agreement, after: Agreement, told: str, **more: str) -> None:
    """Keep what became of an agreement; its goals are indexed anew where they changed."""
    await work.agreements.update(after, digest_of(after))
    if after.revision is not before.revision:
        await work.goals.put(after)
    await tell(work, caller, before, after, told, **more)


async def tell(
    work: Work, caller: Caller, before: Agreement | None, agreement: Agreement, told: str, **more: str
) -> None:
    """Record what became of an agreement, and tell others."""
    await work.audit.record(
        Change(
            by=caller.subject,
            action=told,
            resource=f"agreement:{agreement.id}",
            before=state_of(before) if before else None,
            after=state_of(agreement),
        )
    )
    data = {
        "id": str(agreement.id),
        "status": agreement.status.value,
        "revision": agreement.revision.number,
        "year": agreement.revision.year,
        "units": [*sorted(agreement.units)],
        **more,
    }
    await work.events.tell(Event(type=told, subject=str(agreement.id), data=data))
