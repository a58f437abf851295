"""Reference values: taking in a table of them, listing them, and remembering what became of earlier ones."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.event import Event
from domain.corridor import Recollection, ReferenceValue, recall
from domain.delivery import OnError
from domain.errors import CellPlace
from domain.phase import Phase
from domain.planning import PlanningRound
from domain.reference_row import Row, Sorted, Yardstick, sort

from agreements.ports import Counts, Filed, Ports, Work
from agreements.usecases.filing import digest_of
from agreements.usecases.planning_errors import RowsRefused
from agreements.usecases.rounds import led
from agreements.usecases.sight import seeing

After = tuple[str, str, UUID] | None
OPEN = (Phase.REFERENCE_VALUES, Phase.NEGOTIATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it arrived, and what its bad rows do to the good ones."""

    content: bytes
    media_type: str
    on_error: OnError


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """What an upload did, and the cells that were wrong."""

    counts: Counts
    read: int
    rejected: int
    faults: tuple[CellPlace, ...]
    trial: bool


async def upload(ports: Ports, caller: Caller, id: UUID, table: Table) -> Uploaded:
    """Take in a table of reference values; nothing is kept if a row is bad, unless the good ones are asked for."""
    caller.must_be(Role.SUPERVISOR)
    async with ports.look(None) as work:
        caller.must_act_for((await work.planning_rounds.get(id)).value.lead)
    rows = await asyncio.to_thread(ports.read_rows, table.content, table.media_type)
    async with ports.begin() as work:
        round = await led(work, caller, id)
        found = await _sorted(ports, work, round, rows)
        if found.faults and table.on_error is OnError.REJECT:
            raise RowsRefused(read=len(rows), rejected=found.rejected, faults=found.faults)
        counts = await _put(work, caller, id, [value for _, value in found.good])
    return Uploaded(
        counts=counts, read=len(rows), rejected=found.rejected, faults=found.faults, trial=round.value.trial
    )


async def listed(
    ports: Ports,
    caller: Caller,
    id: UUID,
    units: Sequence[str],
    indicators: Sequence[str],
    after: After = None,
    limit: int | None = None,
) -> tuple[PlanningRound, list[ReferenceValue]]:
    """List a round's reference values within reach."""
    async with seeing(ports, caller) as work:
        round = await work.planning_rounds.get(id)
        return round.value, await work.reference_values.of([id], units, indicators, after, limit)


async def memory(
    ports: Ports,
    caller: Caller,
    id: UUID,
    units: Sequence[str],
    indicators: Sequence[str],
    after: After,
    limit: int,
) -> list[Recollection]:
    """Hold the corridors and offers of the same lead's earlier rounds against what happened."""
    async with seeing(ports, caller) as work:
        present = (await work.planning_rounds.get(id)).value
        led_alike = await work.planning_rounds.matching({"lead": [present.lead]})
        rounds = {filed.id: filed.value for filed in led_alike if filed.value.year < present.year}
        values = await work.reference_values.of(list(rounds), units, indicators, after, limit)
        offers = await _offered(work, values)
    return [
        recall(value, rounds[value.round].year, offers.get((value.round, *value.key)), trial=rounds[value.round].trial)
        for value in values
    ]


async def _put(work: Work, caller: Caller, id: UUID, values: Sequence[ReferenceValue]) -> Counts:
    counts = await work.reference_values.put(id, values)
    if counts.created or counts.changed:
        after = await asyncio.to_thread(digest_of, list(values))
        action, resource = "reference_values.changed", f"reference_values:{id}"
        await work.audit.record(Change(by=caller.subject, action=action, resource=resource, after=after))
        data = {"round": str(id), "created": counts.created, "changed": counts.changed}
        await work.events.tell(Event(type=action, subject=str(id), data=data))
    return counts


async def _offered(work: Work, values: Sequence[ReferenceValue]) -> dict[tuple[UUID, str, str], Decimal]:
    keys: dict[str, list[Any]] = {
        "round": list({value.round for value in values}),
        "unit": list({value.unit for value in values}),
        "indicator": list({value.indicator for value in values}),
    }
    found = await work.offers.matching(keys) if values else []
    offers = [filed.value for filed in found if filed.value.stands]
    return {(offer.round, offer.unit, offer.indicator): offer.value for offer in offers}


async def _sorted(ports: Ports, work: Work, round: Filed[PlanningRound], rows: Sequence[Row]) -> Sorted:
    """Sort rows; once a round is past its negotiation, only the outcomes of what is kept change."""
    units = await work.units.tree()
    is_open = round.value.phase in OPEN
    kept = [] if is_open else await work.reference_values.of([round.id])
    yardstick = Yardstick(
        round=round.id,
        units=units.units.keys(),
        below=units.below([round.value.lead], ports.today()),
        fixed=None if is_open else {value.key: value for value in kept},
    )
    return await asyncio.to_thread(sort, rows, yardstick)
