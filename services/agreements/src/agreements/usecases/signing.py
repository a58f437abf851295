"""Signing: every party signs the digest of the same revision once, in any order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chassis.caller import Caller
from chassis.canonical import sha256
from domain import negotiation
from domain.agreement import Agreement, Signature, SignatureLevel, Status
from domain.identity import AgreementId, UnitCode

from agreements.ports import Ports
from agreements.usecases.drafting import signed_bytes, tell
from agreements.usecases.errors import KeyNeeded
from agreements.usecases.sight import changeable


async def sign(
    ports: Ports,
    caller: Caller,
    id: AgreementId,
    *,
    party: UnitCode,
    revision: int,
    digest: str,
    jws: str | None,
    jwk: Mapping[str, str] | None,
    now: datetime,
) -> Signature:
    """Add a party's signature; the digest says what was read and is the precondition."""
    async with ports.begin() as work:
        agreement = await changeable(work, ports, caller, id)
        caller.must_act_for(party)
        content = signed_bytes(id, agreement.revision)
        unsealed = _signature(caller, agreement, party, revision, digest, now)
        signed = negotiation.sign(agreement, unsealed, digest=sha256(content))
        signature = _sealed(ports, unsealed, content, id, jws, jwk)
        await work.agreements.update(replace(signed, signatures=(*agreement.signatures, signature)), sha256(content))
        await tell(work, "agreement.signed" if signed.status is Status.SIGNED else "agreement.signature_added", signed)
    return signature


def _signature(
    caller: Caller, agreement: Agreement, party: UnitCode, revision: int, digest: str, now: datetime
) -> Signature:
    named = agreement.revision.party(party)
    return Signature(
        party=party,
        revision=revision,
        digest=digest,
        level=SignatureLevel.SIMPLE,
        signatory=named.signs_as if named else "",
        subject=caller.subject,
        jws="",
        signed_at=now,
    )


def _sealed(
    ports: Ports, unsealed: Signature, content: bytes, id: AgreementId, jws: str | None, jwk: Mapping[str, str] | None
) -> Signature:
    """Verify a signature made elsewhere, or seal what the authenticated signatory declared here."""
    if jws is None:
        header: dict[str, str | int] = {
            "agreement": str(id),
            "party": unsealed.party,
            "revision": unsealed.revision,
            "digest": unsealed.digest,
            "signatory": unsealed.signatory,
            "subject": unsealed.subject,
            "signed_at": unsealed.signed_at.isoformat(),
        }
        return replace(unsealed, jws=ports.seal.sign(content, header))
    if jwk is None:
        raise KeyNeeded
    ports.seal.verify(jws, content, jwk)
    return replace(unsealed, jws=jws, level=SignatureLevel.ADVANCED)
