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
from indicators.usecases.sheets import findings_in
from indicators.usecases.sight import must_reach, seeing

TRIERS = (Role.OPERATOR, Role.CONTROLLER, Role.SUPERVISOR)
MOST_MONTHS = 36
UNITS_AT_ONCE = 20
Position = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A rule to be tried on some months of some units; months inclusive."""

    rule: QualityRule
    units: Sequence[str]
    first: Month
    last: Month


async def try_rule(
    ports: Ports, caller: Caller, trial: Trial, after: Position | None, limit: int
) -> tuple[int, list[SoftFinding]]:
    """Say what a rule would have doubted, as it is known now: how much in all, and a page of it; nothing is kept."""
    caller.must_be(*TRIERS)
    if not 0 <= trial.last - trial.first < MOST_MONTHS:
        raise SpanTooLong(first=str(trial.first), last=str(trial.last), limit=MOST_MONTHS)
    months = set(Period(trial.first, trial.last.next))
    count, shown = 0, list[SoftFinding]()
    async with seeing(ports, caller) as (work, units, reach):
        for code in trial.units:
            must_reach(units, reach, code)
        trial.rule.must_fit(await work.catalogue.variables())
        codes = [UnitCode(code) for code in sorted(set(trial.units))]
        for start in range(0, len(codes), UNITS_AT_ONCE):
            some = dict.fromkeys(codes[start : start + UNITS_AT_ONCE], months)
            found = await findings_in(work, [replace(trial.rule, active=True)], some, units)
            count += len(found)
            rest = (finding for finding in found if after is None or finding.position > after)
            shown += [finding for finding, _ in zip(rest, range(limit - len(shown)), strict=False)]
    return count, shown
