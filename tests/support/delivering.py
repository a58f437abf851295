"""Builders for deliveries and their rows, and the ports they live by, whichever implementation they are of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import polars as pl
from chassis.clock import new_id
from domain.delivery import Covered, Delivery, DeliveryKind, DeliveryMode, DeliveryStatus, OnError
from domain.identity import DeliveryId, UnitCode
from domain.intake import WITHHELD
from domain.observation import Key
from domain.period import Month
from domain.value_status import ValueStatus
from domain.variable import Cell
from indicators.ports import Deliveries, History, Jobs, Numbers, Taken, Work
from indicators.ports.delivered import Job
from indicators.ports.duty import Received
from indicators.ports.statuses import STATUS
from indicators.usecases.keeping_back import put_apart

from support.conformance import Begin
from support.delivery_twins import RememberedDeliveries, RememberedJobs, Shelf
from support.duty_twins import receiving_anything
from support.history_twins import RememberedHistory
from support.measuring import NOON, TOWN_A

STOCK = Cell.of("elb_stock")
JANUARY = Month(2014, 1)
Rows = Mapping[tuple[UnitCode, Month], str | None]
"""Values of the stock by unit and month; None withdraws, WITHHELD keeps back."""


@dataclass(frozen=True)
class Scene:
    """What a delivery lives by, in one transaction."""

    deliveries: Deliveries
    jobs: Jobs
    history: History
    received: Received


def twins(now: Callable[[], datetime]) -> Scene:
    """Give the ports, remembered."""
    shelf = Shelf(now)
    return Scene(RememberedDeliveries(shelf), RememberedJobs(shelf), RememberedHistory(shelf), receiving_anything())


def of_work(work: Work) -> Scene:
    """Give the same ports of a transaction."""
    return Scene(work.deliveries, work.jobs, work.history, work.received)


def a_delivery(
    content: str = "",
    *,
    sender: str = "fachverfahren",
    mode: DeliveryMode = DeliveryMode.PARTIAL,
    dry_run: bool = False,
) -> Delivery:
    """Build a delivery that has come in and waits."""
    return Delivery(
        id=DeliveryId(new_id()),
        kind=DeliveryKind.OBSERVATIONS,
        mode=mode,
        on_error=OnError.ACCEPT_VALID,
        dry_run=dry_run,
        sender=sender,
        digest=sha256(content.encode()).hexdigest(),
        media_type="text/csv",
        size=len(content),
        received_at=NOON,
        status=DeliveryStatus.RECEIVED,
    )


def covering(unit: UnitCode = TOWN_A, first: Month = JANUARY, last: Month = JANUARY, rows: int = 1) -> Covered:
    """Say that a delivery brought a unit's rows for some months."""
    return Covered(unit=unit, first=first, last=last, months=last - first + 1, rows=rows)


def a_job(number: int, delivery: Delivery, allowed: frozenset[str] | None = None) -> Job:
    """Put a delivery in line as it is received."""
    return Job(number=number, id=delivery.id, sender=delivery.sender, size=delivery.size, allowed=allowed)


async def numbered(scene: Scene, rows: Rows, status: ValueStatus = ValueStatus.COUNTED) -> tuple[pl.DataFrame, Numbers]:
    """Write rows in the history's numbers, in its order."""
    units = sorted({unit for unit, _ in rows})
    numbers = await scene.history.numbers(units, [STOCK])
    of = dict(zip(units, numbers.units, strict=True))
    told = [(month.ordinal, of[unit], numbers.series[0], value) for (unit, month), value in rows.items()]
    schema = {**dict.fromkeys(("month", "unit_id", "series_id"), pl.Int32), "value": pl.String}
    frame = pl.DataFrame(sorted(told, key=lambda row: row[:3]), schema=schema, orient="row")
    written = frame.with_columns(status=pl.lit(status.value, STATUS))
    return put_apart(written) if WITHHELD in rows.values() else written, numbers


def kept_back_in(rows: Rows) -> list[Key]:
    """Say what rows keep back."""
    return [(unit, STOCK, month) for (unit, month), value in rows.items() if value == WITHHELD]


def covered_by(rows: Rows) -> list[Covered]:
    """Say what rows cover, unit by unit."""
    months = {unit: sorted(month for other, month in rows if other == unit) for unit in sorted({u for u, _ in rows})}
    return [
        Covered(unit=unit, first=known[0], last=known[-1], months=len(known), rows=len(known))
        for unit, known in months.items()
    ]


async def deliver(
    begin: Begin[Scene],
    rows: Rows,
    mode: DeliveryMode = DeliveryMode.PARTIAL,
    status: ValueStatus = ValueStatus.COUNTED,
) -> tuple[Delivery, Taken]:
    """Take rows in as a delivery does."""
    delivery = replace(a_delivery(str(new_id()), mode=mode), status=DeliveryStatus.PROCESSING)
    done = replace(delivery, status=DeliveryStatus.ACCEPTED)
    async with begin() as scene:
        number = await scene.deliveries.add(delivery, frozenset())
        told, numbers = await numbered(scene, rows, status)
        taken = await scene.history.take_in(told, numbers, mode)
        await scene.received.keep_withheld(number, kept_back_in(rows))
        assert await scene.deliveries.finish(number, done, 0, covered_by(rows), numbers.revision)
    return done, taken


async def take_back(begin: Begin[Scene], delivery: Delivery) -> Taken:
    """Take a delivery back as a sender does."""
    retraction = replace(
        delivery, id=DeliveryId(new_id()), kind=DeliveryKind.RETRACTION, status=DeliveryStatus.PROCESSING
    )
    async with begin() as scene:
        number = await scene.deliveries.add_retraction(retraction, of=delivery.id)
        revision, taken = await scene.history.take_back(delivery.id)
        covered = await scene.deliveries.coverage(delivery.id, "", 10)
        done = replace(retraction, status=DeliveryStatus.ACCEPTED)
        assert await scene.deliveries.finish(number, done, 0, covered, revision)
    return taken
