"""Forgetting what nobody needs any more: old case records, files asked back too late or left behind."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chassis.audit.change import Change
from domain.period import Month

from indicators.ports import Ports
from indicators.ports.records import Forgotten

KEPT = timedelta(days=30)
"""How long a file with findings can be asked back."""
UNCLAIMED = timedelta(hours=1)
"""How long a file may rest that no delivery and no upload knows; one that is coming in does not rest."""


async def forget_old_records(ports: Ports, keep_months: int) -> Sequence[Forgotten]:
    """Delete the records of months older than so many; each file's SHA-256 goes to the log, so deletion is provable."""
    before = Month.of(ports.today()).plus(-keep_months)
    async with ports.begin() as work:
        gone = await work.records.forget(before)
        await work.audit.record(
            *(
                Change(
                    by="retention",
                    action="records.deleted",
                    resource=f"records:{file.kind}:{file.unit}:{file.month}:{file.delivery}",
                    before=file.digest,
                )
                for file in gone
            )
        )
    return gone


async def forget_files(ports: Ports, now: datetime) -> None:
    """Forget files that are too old, and those that rest and neither wait, come in, nor can be given back."""
    await ports.spool.tidy(now - KEPT)
    resting = await ports.spool.resting(now - UNCLAIMED)
    async with ports.begin() as work:
        needed = await work.deliveries.needing_files(resting) | await work.uploads.coming(resting)
    for id in resting:
        if id not in needed:
            await ports.spool.drop(id)
