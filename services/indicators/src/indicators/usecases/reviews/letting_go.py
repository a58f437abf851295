"""Retention of drawn samples: they name files, and are kept no longer than they are needed."""

from collections.abc import Sequence

from chassis.audit.change import Change
from domain.period import Month

from indicators.ports import Ports
from indicators.ports.reviewed import LetGo


async def let_old_samples_go(ports: Ports, keep_months: int) -> Sequence[LetGo]:
    """Delete the files of rounds over that are older than so many months; the log proves that they are gone."""
    before = Month.of(ports.today()).plus(-keep_months)
    async with ports.begin() as work:
        gone = await work.samples.let_go(before)
        await work.audit.record(
            *(
                Change(
                    by="retention",
                    action="review_files.deleted",
                    resource=f"filereview:{one.review}:{one.unit}:{one.month}:{one.files}",
                    before=one.digest,
                )
                for one in gone
            )
        )
    return gone
