"""Giving a delivery its outcome, in the transaction that takes its rows in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import polars as pl
from chassis.audit.change import Change
from chassis.event import Event
from domain.delivery import Covered, Delivery
from domain.identity import VariableCode

from indicators.ports import Work


class CancelledMeanwhile(Exception):
    """The delivery was cancelled while it was worked off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a delivery: findings and how many there were, units and months it touched, what they told."""

    delivery: Delivery
    found: int
    findings: Sequence[pl.DataFrame] = ()
    covered: Sequence[Covered] = ()
    revision: int | None = None
    variables: Collection[VariableCode] = field(default_factory=frozenset)

    @property
    def changes(self) -> bool:
        """Say whether the history was touched."""
        return bool(self.covered) and not self.delivery.dry_run


async def conclude(work: Work, number: int, kept: Kept) -> None:
    """Keep the outcome and tell it; CancelledMeanwhile where the delivery is no longer open."""
    if kept.findings:
        await work.deliveries.keep_findings(number, pl.concat(kept.findings))
    if not await work.deliveries.finish(number, kept.delivery, kept.found, kept.covered, kept.revision):
        raise CancelledMeanwhile
    if kept.changes:
        await _tell(work, kept)


async def _tell(work: Work, kept: Kept) -> None:
    delivery = kept.delivery
    change = Change(
        by=delivery.sender,
        action=f"delivery.{delivery.status.value}",
        resource=f"delivery:{delivery.id}",
        after=delivery.digest,
    )
    await work.audit.record(change)
    data = {
        "delivery": str(delivery.id),
        "units": [entry.unit for entry in kept.covered],
        "variables": sorted(kept.variables),
        "from": str(min(entry.first for entry in kept.covered)),
        "to": str(max(entry.last for entry in kept.covered)),
    }
    await work.events.tell(Event(type="delivery.accepted", subject=str(delivery.id), data=data))
