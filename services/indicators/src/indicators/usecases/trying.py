"""Trying a quality rule on what is known already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chassis.caller import Caller, Role
from domain.identity import UnitCode
from domain.period import Month, Period
from domain.quality_rule import QualityRule
from domain.soft_finding import SoftFinding

from indicators.ports import Ports
from indicators.usecases.errors import SpanTooLong
from indicators.usecases.sheets import judged
from indicators.usecases.sight import must_reach, seeing
from indicators.usecases.suspecting import MOST_FOUND

TRIERS = (Role.OPERATOR, Role.CONTROLLER, Role.SUPERVISOR)
MOST_MONTHS = 36
UNITS_AT_ONCE = 20
Position = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How much a rule would have doubted, a page of it, and whether more was left unjudged."""

    count: int
    shown: list[SoftFinding]
    cut_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A rule to be tried on some months of some units; months inclusive."""

    rule: QualityRule
    units: Sequence[str]
    first: Month
    last: Month


async def try_rule(ports: Ports, caller: Caller, trial: Trial, after: Position | None, limit: int) -> Tried:
    """Say what a rule would have doubted, as it is known now: how much in all, and a page of it; nothing is kept."""
    caller.must_be(*TRIERS)
    if not 0 <= trial.last - trial.first < MOST_MONTHS:
        raise SpanTooLong(first=str(trial.first), last=str(trial.last), limit=MOST_MONTHS)
    months = set(Period(trial.first, trial.last.next))
    count, shown, cut_off = 0, list[SoftFinding](), False
    async with seeing(ports, caller) as (work, units, reach):
        for code in trial.units:
            must_reach(units, reach, code)
        trial.rule.must_fit(await work.catalogue.variables())
        codes = [UnitCode(code) for code in sorted(set(trial.units))]
        for start in range(0, len(codes), UNITS_AT_ONCE):
            some = dict.fromkeys(codes[start : start + UNITS_AT_ONCE], months)
            outcome = await judged(work, [replace(trial.rule, active=True)], some, units, MOST_FOUND - count)
            count, cut_off = count + len(outcome.found), outcome.cut_off
            rest = (finding for finding in outcome.found if after is None or finding.position > after)
            shown += [finding for finding, _ in zip(rest, range(limit - len(shown)), strict=False)]
            if cut_off:
                break
    return Tried(count=count, shown=shown, cut_off=cut_off)
