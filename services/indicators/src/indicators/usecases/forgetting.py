"""Forgetting what nobody needs any more: old case records and samples, files asked back too late or left behind."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from chassis.audit.change import Change
from domain.period import Month

from indicators.ports import Ports, Work
from indicators.ports.records import Forgotten
from indicators.ports.reviewed import LetGo

KEPT = timedelta(days=30)
"""How long a file with findings can be asked back."""
UNCLAIMED = timedelta(hours=1)
"""How long a file may rest that no delivery, upload or comparison knows; one that is coming in does not rest."""


async def forget_old_records(ports: Ports, keep_months: int) -> Sequence[Forgotten]:
    """Delete the records of months older than so many; each file's SHA-256 goes to the log, so deletion is provable."""
    before = Month.of(ports.today()).plus(-keep_months)
    async with ports.begin() as work:
        gone = await work.records.forget(before)
        named = {f"records:{file.kind}:{file.unit}:{file.month}:{file.delivery}": file.digest for file in gone}
        await _prove(work, "records.deleted", named)
    return gone


async def forget_old_samples(ports: Ports, keep_months: int) -> Sequence[LetGo]:
    """Delete the files of review rounds that are over and older than so many months: drawn samples name files."""
    before = Month.of(ports.today()).plus(-keep_months)
    async with ports.begin() as work:
        gone = await work.samples.let_go(before)
        named = {f"filereview:{one.review}:{one.unit}:{one.month}:{one.files}": one.digest for one in gone}
        await _prove(work, "review_files.deleted", named)
    return gone


async def forget_files(ports: Ports, now: datetime) -> None:
    """Forget files that are too old, and those that rest and neither wait, come in, nor can be given back."""
    await ports.spool.tidy(now - KEPT)
    resting = await ports.spool.resting(now - UNCLAIMED)
    async with ports.begin() as work:
        needed = await work.deliveries.needing_files(resting) | await work.uploads.coming(resting)
        needed |= await work.comparisons.needing_files(resting)
    for id in resting:
        if id not in needed:
            await ports.spool.drop(id)


async def _prove(work: Work, action: str, digests: Mapping[str, str]) -> None:
    """Keep in the log what was deleted, each with its SHA-256."""
    changes = (Change(by="retention", action=action, resource=name, before=digest) for name, digest in digests.items())
    await work.audit.record(*changes)
