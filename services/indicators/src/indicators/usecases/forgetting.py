"""Deleting case records that are older than the rules need."""

from collections.abc import Sequence

from chassis.audit.change import Change
from domain.period import Month

from indicators.ports import Ports
from indicators.ports.records import Forgotten


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
