"""What a change of the catalogue would mean before it is made: which indicators, readings and goals."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from chassis.caller import Caller
from domain.figures import Figures
from domain.formula.errors import FormulaError
from domain.formula.evaluation import inputs
from domain.formula.tree import leaves
from domain.formula.typing import Variables
from domain.formula.views import in_view
from domain.identity import IndicatorCode, UnitCode, VariableCode
from domain.indicator import FEDERAL, Definition, standing
from domain.period import Month, View
from domain.reading import Reading, read
from domain.unit import Units
from domain.variable import Cell, Variable
from domain.variable_versions import overall

from indicators.ports import Ports, Work
from indicators.ports.agreed import AgreedGoal
from indicators.usecases.errors import NotOneChange, TooMuchAtOnce
from indicators.usecases.figuring import load_figures
from indicators.usecases.goals_touched import goals_touched
from indicators.usecases.plan import must_be_short
from indicators.usecases.sight import must_reach, seeing

MOST_COMPARED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A definition or a variable as it would be, and the units and months whose readings are compared."""

    definition: Definition | None
    variable: Variable | None
    units: Sequence[str]
    first: Month
    last: Month

    def __post_init__(self) -> None:
        """Refuse a proposal of both or of neither."""
        if (self.definition is None) == (self.variable is None):
            raise NotOneChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A definition that would no longer make sense, and why."""

    definition: Definition
    problem: FormulaError


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A reading before and after; None where the indicator is not defined in the month."""

    unit: UnitCode
    indicator: IndicatorCode
    variant: str
    month: Month
    view: View
    old: Reading | None
    new: Reading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """
    What would change: indicators that depend on it, definitions it breaks, readings that move of those compared.

    The goals are those judged by the indicators in the years compared; None where the agreements are not reached.
    """

    indicators: Sequence[IndicatorCode]
    broken: Sequence[Broken]
    moved: Sequence[Moved]
    compared: int
    goals: Sequence[AgreedGoal] | None


@dataclass(frozen=True, kw_only=True)
class _Catalogue:
    versions: Mapping[VariableCode, Sequence[Variable]]
    definitions: Mapping[IndicatorCode, Sequence[Definition]]

    @cached_property
    def variables(self) -> Variables:
        """Give what formulas may use."""
        return {code: overall(versions) for code, versions in self.versions.items()}

    def with_change(self, proposal: Proposal) -> "_Catalogue":
        """Add what is proposed."""
        if (changed := proposal.variable) is not None:
            versions = {**self.versions, changed.code: (*self.versions.get(changed.code, ()), changed)}
            return replace(self, versions=versions)
        if (added := proposal.definition) is None:
            return self
        kept = [other for other in self.definitions.get(added.indicator, ()) if other.name != added.name]
        return replace(self, definitions={**self.definitions, added.indicator: [*kept, added]})

    def on(self, code: IndicatorCode, variant: str, month: Month) -> Definition | None:
        """Choose the version a figure of the month is told by."""
        return standing(self.definitions.get(code, ()), month.last_day, variant)


async def impact(ports: Ports, caller: Caller, proposal: Proposal, now: datetime) -> Impact:
    """Compare the catalogue as it is with the catalogue as it would be; nothing is kept."""
    must_be_short(proposal.first, proposal.last)
    async with seeing(ports, caller) as (work, units, reach):
        for code in proposal.units:
            must_reach(units, reach, code)
        versions, definitions = await work.catalogue.variables_over_time(), await work.catalogue.definitions()
        old = _Catalogue(versions=versions, definitions=definitions)
        new = old.with_change(proposal)
        if proposal.definition is not None:
            proposal.definition.check(new.variables)
        affected = _affected(proposal, new)
        broken = _broken(new, {code for code, _ in affected})
        unreadable = {entry.definition.indicator for entry in broken}
        keys = _keys(proposal, [pair for pair in affected if pair[0] not in unreadable])
        figures = await _figures(work, units, keys, (old, new))
    compared = await asyncio.to_thread(lambda: [_compared(key, old, new, figures, now.date()) for key in keys])
    return Impact(
        goals=await goals_touched(ports, affected, proposal.first, proposal.last, reach),
        indicators=sorted({code for code, _ in affected}),
        broken=broken,
        moved=[entry for entry in compared if _value(entry.old) != _value(entry.new)],
        compared=len(compared),
    )


_Key = tuple[UnitCode, IndicatorCode, str, Month]


def _affected(proposal: Proposal, new: _Catalogue) -> list[tuple[IndicatorCode, str]]:
    """Find the indicators, by variant, that a change touches."""
    if proposal.definition is not None:
        return [(proposal.definition.indicator, proposal.definition.variant)]
    code = proposal.variable.code if proposal.variable else VariableCode("")
    touched = {
        (definition.indicator, definition.variant)
        for versions in new.definitions.values()
        for definition in versions
        if any(leaf.cell.variable == code for leaf in leaves(definition.formula))
    }
    return sorted(touched, key=lambda pair: (pair[0], pair[1] != FEDERAL, pair[1]))


def _broken(new: _Catalogue, codes: set[IndicatorCode]) -> list[Broken]:
    broken = []
    for code in sorted(codes):
        for definition in new.definitions.get(code, ()):
            try:
                definition.check(new.variables)
            except FormulaError as error:
                broken.append(Broken(definition=definition, problem=error))
    return broken


def _keys(proposal: Proposal, affected: Sequence[tuple[IndicatorCode, str]]) -> list[_Key]:
    units = sorted({UnitCode(code) for code in proposal.units})
    months = [proposal.first.plus(number) for number in range(proposal.last - proposal.first + 1)]
    count = len(units) * len(months) * len(affected)
    if count > MOST_COMPARED:
        raise TooMuchAtOnce(count=count, limit=MOST_COMPARED)
    return [(unit, *pair, month) for unit in units for pair in affected for month in months]


async def _figures(work: Work, units: Units, keys: Sequence[_Key], catalogues: Sequence[_Catalogue]) -> Figures:
    """Load what the readings look at, before and after, in one query."""
    looked_at: set[tuple[Cell, Month]] = set()
    for _, code, variant, month in keys:
        for catalogue in catalogues:
            definition = catalogue.on(code, variant, month)
            if definition is not None:
                formula = in_view(definition.formula, definition.default_view, catalogue.variables)
                looked_at.update(inputs(formula, month))
    return await load_figures(work, units, {unit for unit, *_ in keys}, looked_at)


def _compared(key: _Key, old: _Catalogue, new: _Catalogue, figures: Figures, on: date) -> Moved:
    unit, code, variant, month = key
    before, after = (_read(catalogue, key, figures, on) for catalogue in (old, new))
    view = next((reading.view for reading in (after, before) if reading is not None), View.MONTH)
    return Moved(unit=unit, indicator=code, variant=variant, month=month, view=view, old=before, new=after)


def _read(catalogue: _Catalogue, key: _Key, figures: Figures, on: date) -> Reading | None:
    unit, code, variant, month = key
    definition = catalogue.on(code, variant, month)
    if definition is None:
        return None
    view = definition.default_view
    return read(definition, unit, month, view, figures=figures, variables=catalogue.variables, on=on)


def _value(reading: Reading | None) -> object:
    return None if reading is None else (reading.value, reading.measure)
