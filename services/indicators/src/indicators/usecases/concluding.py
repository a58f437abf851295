"""Giving a delivery its outcome, in the transaction that takes its rows in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import polars as pl
from chassis.audit.change import Change
from chassis.event import Event
from domain.codec import encode
from domain.delivery import Covered, Delivery, DeliveryStatus
from domain.identity import VariableCode

from indicators.ports import Work

KEPT = frozenset({DeliveryStatus.ACCEPTED, DeliveryStatus.PARTIALLY_ACCEPTED})
"""The outcomes in which rows were kept, or would be."""


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
        await _record(work, kept.delivery)
    await tell(work, kept.delivery, **reached(kept.covered), variables=sorted(kept.variables))


async def tell(work: Work, delivery: Delivery, **more: object) -> None:
    """Tell what became of a delivery, never who sent it; one that was only tried out is not told as accepted."""
    data = {"delivery": str(delivery.id), **outcome_of(delivery), **more}
    await work.events.tell(Event(type=f"delivery.{_fate(delivery)}", subject=str(delivery.id), data=data))


def outcome_of(delivery: Delivery) -> dict[str, object]:
    """Give an outcome as events tell it."""
    return {"status": delivery.status.value, "dry_run": delivery.dry_run, "counts": encode(delivery.counts)}


def reached(covered: Sequence[Covered]) -> dict[str, object]:
    """Say which units and months were touched, as events tell it; the months where there are any."""
    units = [entry.unit for entry in covered]
    if not covered:
        return {"units": units}
    first, last = min(entry.first for entry in covered), max(entry.last for entry in covered)
    return {"units": units, "from": str(first), "to": str(last)}


def _fate(delivery: Delivery) -> str:
    if delivery.status not in KEPT:
        return delivery.status.value
    return "tried" if delivery.dry_run else "accepted"


async def _record(work: Work, delivery: Delivery) -> None:
    change = Change(
        by=delivery.sender,
        action=f"delivery.{delivery.status.value}",
        resource=f"delivery:{delivery.id}",
        after=delivery.digest,
    )
    await work.audit.record(change)
