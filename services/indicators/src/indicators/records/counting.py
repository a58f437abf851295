"""Counting what happened to persons from one month to the next, and which of their two records says where."""

from typing import NamedTuple

import numpy as np
from domain.case_record import LtrRule

from indicators.records.arrays import Codes, Integers
from indicators.records.compiling import compiled
from indicators.records.histories import Histories
from indicators.records.narrowing import BITS
from indicators.records.question import COUNTED
from indicators.records.slicing import added, shares, side_by_side

ELB, MEASURE = BITS["elb"], BITS["measure"]
INTEGRATED, INSURED, MARGINAL, SUBSIDISED = BITS["integrated"], BITS["insured"], BITS["marginal"], BITS["subsidised"]
SUSTAINED, CONTINUOUS = INSURED | BITS["sustained"], INSURED | BITS["continuous"]
EVENTS = INTEGRATED | MARGINAL | SUBSIDISED

ELB_STOCK, ELB_INFLOW, ELB_OUTFLOW = (COUNTED.index(name) for name in ("elb_stock", "elb_inflow", "elb_outflow"))
LTR_STOCK, LTR_INFLOW, LTR_OUTFLOW = (COUNTED.index(name) for name in ("ltr_stock", "ltr_inflow", "ltr_outflow"))
LTR_IN_MEASURE, LTR_INTEGRATIONS = COUNTED.index("ltr_in_measure"), COUNTED.index("ltr_integrations")
ATTRIBUTED = (
    (INTEGRATED, COUNTED.index("integrations")),
    (INSURED, COUNTED.index("integrations_insured")),
    (SUSTAINED, COUNTED.index("integrations_sustained")),
    (CONTINUOUS, COUNTED.index("integrations_continuous")),
    (MARGINAL, COUNTED.index("marginal_entries")),
    (SUBSIDISED, COUNTED.index("subsidised_entries")),
)
"""What counts for whoever is an ELB in the month or was one in the month before."""


class Rule(NamedTuple):
    """An ELB whose last `window` months come to `needed` is a long-term recipient."""

    window: int
    needed: int


class Cell(NamedTuple):
    """The numbers of a group and a place."""

    group: int
    place: int


class Where(NamedTuple):
    """Where persons are counted in each month: `groups` and `places`, a row a person, a column a month."""

    groups: Codes
    places: Codes


def counted(known: Histories, where: Where, shape: tuple[int, int], rule: LtrRule, since: int) -> Integers:
    """
    Count the months from the number `since` on, by variable of `COUNTED`, month, group and place.

    `shape`: how many groups and places.
    """
    flags, of_rule = known.flags, Rule(window=rule.window, needed=rule.needed)
    days = known.of_mark("days") if rule.in_days else None
    needed = BITS["elb" if rule.as_elb else "need"]

    def adding(persons: slice) -> Codes:
        """Give what each month adds to those that make a long-term recipient: its days, or itself."""
        if days is not None:
            return days[persons]
        months: Codes = (flags[persons] & needed != 0).view(np.uint8)
        return months

    def count(persons: slice) -> Integers:
        counts = np.zeros((len(COUNTED), flags.shape[1], *shape), np.int64)
        here = Where(groups=where.groups[persons], places=where.places[persons])
        _walk(counts, flags[persons], adding(persons), here, of_rule, since)
        return counts

    return added(side_by_side(count, shares(len(flags))))


@compiled
def _walk(counts: Integers, flags: Codes, months: Codes, where: Where, rule: Rule, since: int) -> None:
    """Walk through the months of each person."""
    for person in range(len(flags)):
        come_to, was_long = 0, False
        for at in range(1, flags.shape[1]):
            now, before = flags[person, at], flags[person, at - 1]
            come_to += months[person, at]
            if at >= rule.window:
                come_to -= months[person, at - rule.window]
            long = now & ELB != 0 and come_to >= rule.needed
            if at >= since and now | before != 0:
                here = Cell(where.groups[person, at], where.places[person, at])
                there = Cell(where.groups[person, at - 1], where.places[person, at - 1])
                moved = here.place != there.place
                _stand(counts, at, here, now, long)
                _enter_or_leave(counts, at, here, there, now & ELB != 0, before & ELB != 0, moved)
                _become_long_term(counts, at, here, there, long, was_long)
                if now & EVENTS != 0:
                    _happen(counts, at, here, now, (now | before) & ELB != 0, long or was_long)
            was_long = long


@compiled
def _stand(counts: Integers, at: int, here: Cell, now: int, long: bool) -> None:
    """Count who is entitled in a month."""
    if now & ELB != 0:
        counts[ELB_STOCK, at, here.group, here.place] += 1
    if long:
        counts[LTR_STOCK, at, here.group, here.place] += 1
        if now & MEASURE != 0:
            counts[LTR_IN_MEASURE, at, here.group, here.place] += 1


@compiled
def _enter_or_leave(counts: Integers, at: int, here: Cell, there: Cell, elb: bool, was_elb: bool, moved: bool) -> None:
    """Compare the same place's months: who moves leaves one and enters the other."""
    if elb and (moved or not was_elb):
        counts[ELB_INFLOW, at, here.group, here.place] += 1
    if was_elb and (moved or not elb):
        counts[ELB_OUTFLOW, at, there.group, there.place] += 1


@compiled
def _become_long_term(counts: Integers, at: int, here: Cell, there: Cell, long: bool, was_long: bool) -> None:
    """Compare a person's months wherever they were: a move is neither an inflow nor an outflow."""
    if long and not was_long:
        counts[LTR_INFLOW, at, here.group, here.place] += 1
    if was_long and not long:
        counts[LTR_OUTFLOW, at, there.group, there.place] += 1


@compiled
def _happen(counts: Integers, at: int, here: Cell, now: int, entitled: bool, long: bool) -> None:
    """Count integrations and entries."""
    if entitled:
        for needed, variable in ATTRIBUTED:
            if now & needed == needed:
                counts[variable, at, here.group, here.place] += 1
    if long and now & INTEGRATED != 0:
        counts[LTR_INTEGRATIONS, at, here.group, here.place] += 1
