"""Looking for the likely cause of a difference: an earlier state, another definition or view, another boundary."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from domain.boundary import boundaries, kin
from domain.formula.evaluation import Look, evaluate
from domain.formula.typing import Variables
from domain.formula.views import in_view
from domain.identity import UnitCode
from domain.observation import Key, Observation, as_known
from domain.period import View
from domain.reading import Figures
from domain.reconciliation import (
    Cause,
    Explanation,
    FigureDifference,
    OfficialFigure,
    agrees,
    differing,
    rounded_otherwise,
)
from domain.unit import Units
from domain.unit_parts import with_parts

from indicators.usecases.figuring import Looked, Sought, looked_at, looked_at_by
from indicators.usecases.official_rows import Definitions, definition_of

MOST_STATES = 60
"""How many earlier states are tried for one figure, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """An official figure that is not ours."""

    figure: OfficialFigure
    ours: Decimal | None


@dataclass(slots=True, kw_only=True)
class Evidence:
    """Everything ever recorded that may explain some differences, as far as the caller sees it."""

    units: Units
    variables: Variables
    definitions: Definitions
    observations: Sequence[Observation]
    _by_key: Mapping[Key, list[Observation]] = field(init=False)
    _now: Figures = field(init=False)

    def __post_init__(self) -> None:
        """Put the observations where they are looked for."""
        by_key: defaultdict[Key, list[Observation]] = defaultdict(list)
        for observation in self.observations:
            by_key[observation.key].append(observation)
        self._by_key = by_key
        self._now = Figures(self.units, {key: found[-1] for key, found in by_key.items()})

    def explain(self, doubtful: Doubtful) -> FigureDifference:
        """Give a difference the first cause that yields the official figure."""
        figure = doubtful.figure
        if figure.value is None:
            return differing(figure, doubtful.ours, Cause.MISSING_THERE)
        definition = definition_of(self.definitions[figure.indicator], figure)
        if definition.ended(figure.month.last_day):
            return differing(figure, doubtful.ours, Cause.MISSING_HERE)
        if doubtful.ours is not None and rounded_otherwise(
            figure.value, doubtful.ours, definition.measure_in(figure.view)
        ):
            return differing(figure, doubtful.ours, Cause.ROUNDING)
        sought = Sought(definition, figure.unit, figure.view, figure.month)
        for cause, explanation, value in self._candidates(sought):
            if value is not None and agrees(figure.value, value):
                return differing(figure, doubtful.ours, cause, explanation)
        return differing(figure, doubtful.ours, Cause.MISSING_HERE if doubtful.ours is None else Cause.UNKNOWN)

    def _candidates(self, sought: Sought) -> Iterator[tuple[Cause, Explanation, Decimal | None]]:
        for instant, figures in self._states(sought):
            value = self._value(sought, figures.look(sought.unit))
            yield Cause.EQUAL_AS_OF, Explanation(as_of=instant), value
        for other in alternatives(self.definitions, sought):
            explanation = Explanation(definition=other.definition.name, view=other.view)
            yield Cause.VARIANT, explanation, self._value(other, self._now.look(other.unit))
        for boundary in boundaries(self.units, sought.unit, sought.month.first_day):
            explanation = Explanation(plus=boundary.plus, minus=boundary.minus)
            yield Cause.BOUNDARY, explanation, self._value(sought, boundary.look(self._now))

    def _states(self, sought: Sought) -> Iterator[tuple[datetime, Figures]]:
        """Go back through the states of what a figure looks at, from the last one before the present."""
        looked = looked_at(sought, self.variables)
        codes = sorted(with_parts(self.units, [sought.unit], {month for _, month in looked}))
        found = [known for code in codes for known in self._recorded(code, looked)]
        instants = sorted({known.recorded_at for known in found}, reverse=True)[1 : MOST_STATES + 1]
        for instant in instants:
            yield instant, Figures(self.units, as_known(found, instant))

    def _recorded(self, unit: UnitCode, looked: Looked) -> Iterator[Observation]:
        for cell, month in looked:
            yield from self._by_key.get((unit, cell, month), ())

    def _value(self, sought: Sought, look: Look) -> Decimal | None:
        formula = in_view(sought.definition.formula, sought.view, self.variables)
        value = evaluate(formula, sought.month, look).value
        return None if value is None else sought.definition.told(value, sought.view)


def alternatives(definitions: Definitions, sought: Sought) -> Iterator[Sought]:
    """Go through the other versions in the same view, then through the other views of the same version."""
    for version in definitions[sought.definition.indicator]:
        if version.name != sought.definition.name:
            yield Sought(version, sought.unit, sought.view, sought.month)
    for view in View:
        if view is not sought.view:
            yield Sought(sought.definition, sought.unit, view, sought.month)


def needed(
    units: Units, variables: Variables, definitions: Definitions, doubtful: Iterable[Doubtful]
) -> tuple[set[UnitCode], Looked]:
    """Give the units and what their formulas look at, for everything that may explain these differences."""
    codes: set[UnitCode] = set()
    tried: list[Sought] = []
    for entry in doubtful:
        figure = entry.figure
        codes |= {figure.unit, *kin(units, figure.unit)}
        sought = Sought(definition_of(definitions[figure.indicator], figure), figure.unit, figure.view, figure.month)
        tried += [sought, *alternatives(definitions, sought)]
    return codes, looked_at_by(tried, variables)
