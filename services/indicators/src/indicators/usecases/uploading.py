"""Uploads that can be resumed (tus 1.0): begun, continued where they stopped, then a delivery like any other."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chassis.caller import Caller
from domain.delivery import DeliveryKind, DeliveryMode, OnError
from domain.identity import DeliveryId

from indicators.ports import Ports
from indicators.ports.media_types import MediaType
from indicators.ports.uploaded import Upload
from indicators.usecases.delivering import DELIVERERS, Wanted, accept
from indicators.usecases.mapping import chosen
from indicators.usecases.upload_errors import FileChanged, UploadUnreadable

KEPT = timedelta(days=2)
"""How long an upload may rest before it is forgotten."""
YES, NO = frozenset({"1", "on", "t", "true", "y", "yes"}), frozenset({"0", "off", "f", "false", "n", "no"})
KNOWN = frozenset({"media_type", "filetype", "filename", "kind", "mode", "on_error", "dry_run", "profile", "sha256"})


async def begin(
    ports: Ports, caller: Caller, id: DeliveryId, announced: tuple[int, Mapping[str, str]], now: datetime
) -> Upload:
    """Begin an upload of so many bytes; what is wanted with the file is checked at once."""
    caller.must_be(*DELIVERERS)
    length, options = announced
    if not length:
        raise UploadUnreadable("Upload-Length says how many bytes will come; an empty file is no delivery")
    wanted = wanted_of(id, options)
    upload = Upload(id=id, sender=caller.subject, length=length, options=options, expires_at=now + KEPT)
    async with ports.begin() as work:
        await chosen(work, wanted.profile, caller.subject, wanted.kind)
        await work.uploads.add(upload)
    return upload


async def state(ports: Ports, caller: Caller, id: DeliveryId) -> tuple[Upload, int]:
    """Say how many bytes of an upload are there."""
    caller.must_be(*DELIVERERS)
    async with ports.begin() as work:
        upload = await work.uploads.get(id, caller.subject)
    return upload, upload.length if upload.delivery else await ports.spool.written(id)


async def go_on(
    ports: Ports, caller: Caller, id: DeliveryId, piece: tuple[int, AsyncIterator[bytes]], now: datetime
) -> tuple[Upload, int]:
    """Take the next piece; with the last one the file becomes a delivery and waits for its outcome."""
    upload, _ = await state(ports, caller, id)
    if upload.delivery:
        return upload, upload.length
    there = await ports.spool.extend(id, *piece, upload.length)
    return (await _delivered(ports, caller, upload, now), there) if there == upload.length else (upload, there)


async def give_up(ports: Ports, caller: Caller, id: DeliveryId) -> None:
    """Forget an upload that is not complete."""
    upload, _ = await state(ports, caller, id)
    async with ports.begin() as work:
        await work.uploads.drop(id)
    if upload.delivery is None:
        await ports.spool.drop(id)


async def forget_expired(ports: Ports, now: datetime) -> None:
    """Forget what was not completed in time."""
    async with ports.begin() as work:
        expired = await work.uploads.expired(now)
    for id in expired:
        await ports.spool.drop(id)


def wanted_of(id: DeliveryId, options: Mapping[str, str]) -> Wanted:
    """Read what is wanted with a file; UploadUnreadable names what is not understood."""
    strange = sorted(options.keys() - KNOWN)
    if strange:
        raise UploadUnreadable(f"{', '.join(strange)}? known are {', '.join(sorted(KNOWN))}")
    try:
        return Wanted(
            id=id,
            media_type=options.get("media_type") or options.get("filetype") or MediaType.CSV,
            kind=_sent(DeliveryKind(options.get("kind", DeliveryKind.OBSERVATIONS))),
            mode=DeliveryMode(options["mode"]) if "mode" in options else None,
            on_error=OnError(options.get("on_error", OnError.ACCEPT_VALID)),
            dry_run=_yes(options.get("dry_run", "false")),
            profile=options.get("profile"),
        )
    except ValueError as error:
        raise UploadUnreadable(str(error)) from error


def _sent(kind: DeliveryKind) -> DeliveryKind:
    if kind is DeliveryKind.RETRACTION:
        raise ValueError("a delivery is taken back at its own address, not by a file")
    return kind


def _yes(text: str) -> bool:
    """Read yes or no as a query does; ValueError where it is neither."""
    if text.lower() not in YES | NO:
        raise ValueError(f"dry_run is true or false, not '{text}'")
    return text.lower() in YES


async def _delivered(ports: Ports, caller: Caller, upload: Upload, now: datetime) -> Upload:
    arrived = await ports.spool.whole(upload.id)
    announced = upload.options.get("sha256", arrived.digest).lower()
    if announced != arrived.digest:
        await give_up(ports, caller, upload.id)
        raise FileChanged(announced=announced, found=arrived.digest)
    delivery, job = await accept(ports, caller, wanted_of(upload.id, upload.options), arrived, now)
    if job:
        ports.line.submit(job)
    return replace(upload, delivery=delivery.id)
