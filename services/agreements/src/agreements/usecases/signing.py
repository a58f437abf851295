"""Signing: every party signs the digest of the same revision once, in any order; the last signature is sealed."""

import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis.caller import Caller
from chassis.canonical import canonical, sha256
from domain import negotiation
from domain.agreement import Agreement, Signature, SignatureLevel, Status
from domain.attachment import Attachment, AttachmentKind
from domain.evidence import Sealed
from domain.identity import AgreementId, UnitCode
from domain.known_indicators import Defined
from domain.signing import SignatureMade

from agreements.ports import Ports, Work
from agreements.usecases.attaching import keep_file
from agreements.usecases.errors import KeyNeeded, NotAScan
from agreements.usecases.indicators import indicators_for
from agreements.usecases.keeping import keep, signed_bytes
from agreements.usecases.sight import OURSELVES
from agreements.usecases.signatories import entitled
from agreements.usecases.surroundings import around

SEAL_FORMAT = "zielwerk/seal/1"


async def sign(ports: Ports, caller: Caller, id: AgreementId, made: SignatureMade, now: datetime) -> Signature:
    """Add a party's signature; the digest says what was read and is the precondition."""
    defined = await indicators_for(ports, id)
    async with ports.begin() as work:
        agreement = await work.agreements.locked(id)
        unsealed = await entitled(work, ports, caller, agreement, made, now)
        signature = await _with_proof(work, ports, agreement, unsealed, made)
        await keep_signature(work, ports, caller, agreement, signature, defined)
    await seal(ports, id, now)
    return signature


async def sign_by_pdf(
    ports: Ports,
    caller: Caller,
    id: AgreementId,
    party: UnitCode,
    revision: int,
    pdf: bytes,
    new_id: UUID,
    now: datetime,
) -> Signature:
    """Add a party's signature that was put under the agreement's PDF outside; the PDF is kept beside it."""
    signed = await ports.signed_pdfs.read(pdf)
    defined = await indicators_for(ports, id)
    async with ports.begin() as work:
        agreement = await work.agreements.locked(id)
        made = SignatureMade(party=party, revision=revision, digest=sha256(signed.content))
        unsealed = await entitled(work, ports, caller, agreement, made, now)
        kept = Attachment(
            agreement=id,
            name=f"{party}-{revision}.pdf",
            kind=AttachmentKind.SIGNED_DOCUMENT,
            media_type="application/pdf",
            size=len(pdf),
            sha256=sha256(pdf),
            signed=False,
            unit=party,
            by=caller.subject,
            at=now,
        )
        content = await content_of(work, agreement)
        signature = declared(ports, replace(unsealed, level=signed.level, evidence=kept.sha256), id, content)
        await keep_signature(work, ports, caller, agreement, signature, defined)
        await keep_file(work, caller, kept, pdf, new_id)
    await seal(ports, id, now)
    return signature


async def keep_signature(
    work: Work, ports: Ports, caller: Caller, agreement: Agreement, signature: Signature, defined: Defined | None
) -> None:
    """Add a signature to its agreement if the rules allow it now."""
    digest = sha256(await content_of(work, agreement))
    found = await around(work, agreement, ports.today(), defined)
    signed = negotiation.sign(agreement, signature, digest=digest, found=found)
    await keep(work, caller, agreement, signed, "agreement.signature_added")


async def content_of(work: Work, agreement: Agreement) -> bytes:
    """Give the bytes of the present revision that every party signs."""
    return signed_bytes(agreement.id, await work.agreements.revision(agreement.id, agreement.revision.number))


async def seal(ports: Ports, id: AgreementId, now: datetime) -> None:
    """Seal an agreement whose last signature is there, in a transaction of its own; others are left alone."""
    async with ports.begin() as work:
        agreement = await work.agreements.locked(id)
        if agreement.status is not Status.SEALING:
            return
        jws = ports.seal.sign(seal_content(agreement, now), {"agreement": str(id)})
        sealed = Sealed(revision=agreement.revision.number, jws=jws, sealed_at=now)
        await work.seals.put(id, sealed)
        await keep(work, OURSELVES, agreement, negotiation.seal(agreement), "agreement.signed")


async def repair_seals(ports: Ports, now: datetime) -> int:
    """Seal what a crash left without its seal; give how many there were."""
    async with ports.begin() as work:
        waiting = await work.agreements.sealing()
    for id in waiting:
        await seal(ports, id, now)
    return len(waiting)


def seal_content(agreement: Agreement, sealed_at: datetime) -> bytes:
    """Give the bytes of the seal: the digest, and the hash of every signature under it."""
    present = [s for s in agreement.signatures if s.revision == agreement.revision.number]
    return canonical(
        {
            "format": SEAL_FORMAT,
            "agreement": str(agreement.id),
            "revision": agreement.revision.number,
            "digest": present[0].digest,
            "signatures": {signature.party: sha256(signature.jws.encode()) for signature in present},
            "sealed_at": sealed_at.isoformat(),
        }
    )


async def _with_proof(
    work: Work, ports: Ports, agreement: Agreement, unsealed: Signature, made: SignatureMade
) -> Signature:
    """Verify a signature made outside, or seal what the authenticated signatory declared here."""
    if made.jws is not None:
        if made.jwk is None:
            raise KeyNeeded
        ports.seal.verify(made.jws, await content_of(work, agreement), made.jwk)
        key = json.dumps(dict(made.jwk), sort_keys=True)
        return replace(unsealed, jws=made.jws, key=key, level=SignatureLevel.ADVANCED)
    if made.scan is not None:
        scan = (await work.attachments.get(made.scan)).value
        if scan.agreement != agreement.id or scan.kind is not AttachmentKind.PAPER_SCAN:
            raise NotAScan(made.scan)
        unsealed = replace(unsealed, level=SignatureLevel.PAPER_SCAN, evidence=scan.sha256)
    return declared(ports, unsealed, agreement.id, await content_of(work, agreement))


def declared(ports: Ports, unsealed: Signature, id: AgreementId, content: bytes) -> Signature:
    """Seal a signature with the service's own key: who signed for whom, how, and on what evidence."""
    header: dict[str, str | int] = {
        "agreement": str(id),
        "party": unsealed.party,
        "revision": unsealed.revision,
        "digest": unsealed.digest,
        "level": unsealed.level.value,
        "signatory": unsealed.signatory,
        "subject": unsealed.subject,
        "signed_at": unsealed.signed_at.isoformat(),
    }
    if unsealed.evidence is not None:
        header["evidence"] = unsealed.evidence
    return replace(unsealed, jws=ports.seal.sign(content, header))
