"""
Which units a delivery of case records touches, and holding them while it is taken in.

Persons move between units, so a unit's records change the figures of others: of units where its persons are or were
in the month before, of successors, and of towns that several units name. Deliveries that touch a unit in common take
turns, all others run side by side. Everyone announces whom they will name before they look whom that touches: of
two that share a person the later one sees both units, and one of these the earlier one holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from domain.case_record import FOLLOWED_MONTHS
from domain.period import Month, Period
from domain.reading import WAITING_MONTHS

from indicators.ports.records import RecordKind, Records
from indicators.records.naming import NOBODY, named_in

DECIDED_LATE = FOLLOWED_MONTHS + WAITING_MONTHS
"""So many months after an integration it is known at the latest whether it lasted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """The months and units that are told anew, the units that are held for it, and those whose records it needs."""

    months: Period
    told: frozenset[str]
    held: frozenset[str]
    needed: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a delivery is looked at by: its kind and rows, whom they name, who succeeds whom, and the rule's window."""

    kind: RecordKind
    sent: pl.DataFrame
    line: Mapping[str, frozenset[str]]
    window: int


async def hold_affected(records: Records, ground: Ground) -> Affected:
    """
    Hold all units that the delivery touches, and say which.

    They are known for certain only once nobody else changes them, so it is looked again; when more have come to it,
    all are let go and waited for in order. Units only ever come to it, so this ends.
    """
    wanted = frozenset[str]()
    while True:
        found = await affected(records, ground)
        if found.held <= wanted:
            return found
        wanted |= found.held
        await records.hold(wanted)


async def affected(records: Records, ground: Ground) -> Affected:
    """Say what a delivery touches as far as is known now."""
    months, cases = await _months(records, ground), ground.kind is RecordKind.CASE_RECORDS
    named = named_in(ground.sent) if cases else NOBODY
    own = frozenset(map(str, ground.sent["unit"].unique()))
    near = await records.sharing_persons(own, named, _first(ground)) if cases else frozenset[str]()
    told = own | near
    told |= {unit for unit, before in ground.line.items() if before & told}
    before = frozenset[str]().union(*(ground.line.get(unit, frozenset()) for unit in told))
    held = told | await records.sharing_towns(told | before, named)
    lived = await records.sharing_persons(held | before, named, months.start.plus(-ground.window))
    return Affected(months=months, told=told, held=held, needed=held | before | lived)


def _first(ground: Ground) -> Month:
    return Month.numbered(min(ground.sent["month"]))


async def _months(records: Records, ground: Ground) -> Period:
    """
    Give the months to derive anew: those whose window holds a delivered month, as far as there are records.

    The months before, whose follow-ups are decided by now, are told with them.
    """
    first, last = _first(ground), Month.numbered(max(ground.sent["month"]))
    if ground.kind is RecordKind.FOLLOW_UP:
        return Period(first, last.next)
    latest = max(await records.latest(ground.kind) or last, last)
    return Period(min(first, latest.plus(-DECIDED_LATE)), latest.next)
