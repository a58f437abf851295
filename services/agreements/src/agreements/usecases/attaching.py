"""Attaching files to an agreement: beside it, or as part of what is signed, which makes a new revision."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chassis.caller import Caller, Role
from chassis.canonical import sha256
from domain.agreement import Agreement
from domain.attachment import Attachment, AttachmentKind
from domain.identity import AgreementId, UnitCode
from domain.negotiation import revise

from agreements.ports import Filed, Ports, Work
from agreements.usecases.errors import AlreadyAttached, AttachmentTooLarge, UnknownDocument
from agreements.usecases.filing import file
from agreements.usecases.keeping import keep
from agreements.usecases.sight import changeable, seeing, sharing

LARGEST = 25_000_000
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
TAKEN = (
    "application/pdf",
    "image/png",
    "image/jpeg",
    "text/plain",
    "text/csv",
    f"{OFFICE}wordprocessingml.document",
    f"{OFFICE}spreadsheetml.sheet",
    f"{OPEN}text",
    f"{OPEN}spreadsheet",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as it came in, and what its sender says of it."""

    name: str
    kind: AttachmentKind
    media_type: str
    content: bytes
    signed: bool
    unit: UnitCode


async def attach(
    ports: Ports, caller: Caller, id: AgreementId, sent: File, new_id: UUID, now: datetime
) -> Filed[Attachment]:
    """Keep a file; one that is to be signed goes into the next revision of the draft."""
    if not 0 < len(sent.content) <= LARGEST:
        raise AttachmentTooLarge(size=len(sent.content), largest=LARGEST)
    value = Attachment(
        agreement=id,
        name=sent.name,
        kind=sent.kind,
        media_type=sent.media_type,
        size=len(sent.content),
        sha256=sha256(sent.content),
        signed=sent.signed,
        unit=sent.unit,
        by=caller.subject,
        at=now,
    )
    ports.inspect(sent.content, sent.media_type)
    async with ports.begin() as work:
        caller.must_act_for(sent.unit)
        if sent.signed:
            agreement = await changeable(work, ports, caller, id)
            await _enter(work, caller, agreement, value)
        else:
            await sharing(work, ports, caller, id, Role.UNIT_LEAD, Role.SUPERVISOR, Role.OFFICE, Role.CONTROLLER)
        return await keep_file(work, caller, value, sent.content, new_id)


async def keep_file(work: Work, caller: Caller, value: Attachment, content: bytes, new_id: UUID) -> Filed[Attachment]:
    """Keep a file's bytes, once for all attachments that have them, and what is said of it."""
    await work.contents.keep(value.sha256, content)
    return await file(work, caller, work.attachments, new_id, value, "attachment.added")


async def attachments(ports: Ports, caller: Caller, id: AgreementId) -> list[Filed[Attachment]]:
    """List an agreement's attachments, oldest first."""
    async with seeing(ports, caller) as work:
        await work.agreements.get(id)
        return await work.attachments.matching({"agreement": [id]})


async def content(ports: Ports, caller: Caller, id: AgreementId, key: UUID) -> tuple[Attachment, bytes]:
    """Give an attachment with its bytes."""
    async with seeing(ports, caller) as work:
        value = (await work.attachments.get(key)).value
        if value.agreement != id:
            raise UnknownDocument(name="Attachment", id=key)
        return value, await work.contents.read(value.sha256)


async def _enter(work: Work, caller: Caller, agreement: Agreement, value: Attachment) -> None:
    revision = agreement.revision
    if any(known.name == value.name for known in revision.attachments):
        raise AlreadyAttached(value.name)
    changed = revise(agreement, replace(revision, attachments=(*revision.attachments, value.annex)))
    await keep(work, caller, agreement, changed, "agreement.revised")
