"""Official figures as questions: what their definition looks at, and what else may have given the figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from domain.formula.errors import FormulaError
from domain.formula.evaluation import Look, evaluate, inputs
from domain.formula.grouping import split
from domain.formula.tree import Formula
from domain.formula.typing import Variables
from domain.formula.views import in_view
from domain.identity import IndicatorCode
from domain.indicator import Definition, held_against
from domain.period import Month, View
from domain.variable import Cell

from indicators.usecases.figuring import Looked

MOST_ANSWERS, MOST_MONTHS = 10_000, 120
"""How many answers for single months are kept, of all questions and of one."""
Dimensions = tuple[tuple[str, str], ...]
Definitions = Mapping[IndicatorCode, Sequence[Definition]]


@dataclass(frozen=True, eq=False)
class Question:
    """A version of an indicator in a view, for some persons or for all."""

    definition: Definition
    view: View
    variables: Variables
    dimensions: Dimensions
    _looked: dict[Month, Looked] = field(default_factory=dict)

    @cached_property
    def formula(self) -> Formula:
        """Give the formula as it is looked at in this view."""
        return in_view(self.definition.formula, self.view, self.variables)

    def looked_at(self, month: Month) -> Looked:
        """Give the cells and months a figure of a month looks at."""
        if month not in self._looked:
            _make_room(self._looked, MOST_MONTHS)
            self._looked[month] = set(inputs(self.formula, month))
        return self._looked[month]

    def value(self, month: Month, look: Look) -> Decimal | None:
        """Give the figure of a month as it is told, whoever is looked at."""
        value = evaluate(self.formula, month, look).value
        return None if value is None else self.definition.told(value, self.view)


@dataclass(frozen=True, slots=True)
class Around:
    """What a question and the others that may have given its figure look at in a month: cells, first and last month."""

    cells: frozenset[Cell]
    first: Month
    last: Month


@dataclass(eq=False)
class Questions:
    """The catalogue as official figures ask it; the same is asked again and again, and answered once."""

    definitions: Definitions
    variables: Variables
    _versions: dict[tuple[IndicatorCode, Dimensions], Sequence[Definition]] = field(default_factory=dict)
    _chosen: dict[tuple[IndicatorCode, str | None, Dimensions, Month], Definition | None] = field(default_factory=dict)
    _asked: dict[tuple[str, View, Dimensions, bool], Question] = field(default_factory=dict)
    _others: dict[Question, Sequence[Question]] = field(default_factory=dict)
    _around: dict[tuple[Question, Month], Around] = field(default_factory=dict)

    def question(
        self, indicator: IndicatorCode, view: View, month: Month, variant: str | None, dimensions: Dimensions
    ) -> Question | None:
        """Give what answers for a figure; None where the indicator is not told of such persons in that month."""
        key = (indicator, variant, dimensions, month)
        if key not in self._chosen:
            _make_room(self._chosen)
            self._chosen[key] = self._split(
                held_against(self.definitions[indicator], month.last_day, variant), dimensions
            )
        definition = self._chosen[key]
        return None if definition is None else self._of(definition, view, dimensions)

    def others(self, question: Question) -> Sequence[Question]:
        """Give the other versions in the same view, then the other views of the same version."""
        if question not in self._others:
            own, view, dimensions = question.definition, question.view, question.dimensions
            versions = [one for one in self._of_indicator(own.indicator, dimensions) if one.name != own.name]
            self._others[question] = [
                *(self._of(version, view, dimensions) for version in versions),
                *(self._of(own, other, dimensions) for other in View if other is not view),
            ]
        return self._others[question]

    def around(self, question: Question, month: Month) -> Around:
        """Give everything that may explain a figure of a month."""
        key = (question, month)
        if key not in self._around:
            _make_room(self._around)
            looked = {place for one in (question, *self.others(question)) for place in one.looked_at(month)}
            months = {month, *(at for _, at in looked)}
            self._around[key] = Around(frozenset(cell for cell, _ in looked), min(months), max(months))
        return self._around[key]

    def _of(self, definition: Definition, view: View, dimensions: Dimensions) -> Question:
        key = (definition.name, view, dimensions, definition.valid_until is None)
        if key not in self._asked:
            self._asked[key] = Question(definition, view, self.variables, dimensions)
        return self._asked[key]

    def _of_indicator(self, indicator: IndicatorCode, dimensions: Dimensions) -> Sequence[Definition]:
        key = (indicator, dimensions)
        if key not in self._versions:
            versions = (self._split(version, dimensions) for version in self.definitions[indicator])
            self._versions[key] = [version for version in versions if version is not None]
        return self._versions[key]

    def _split(self, definition: Definition, dimensions: Dimensions) -> Definition | None:
        formula = definition.formula
        try:
            for name, value in dimensions:
                formula = split(formula, name, value, self.variables)
        except FormulaError:
            return None
        return replace(definition, formula=formula)


def _make_room(known: dict[Any, Any], most: int = MOST_ANSWERS) -> None:
    """Forget what was answered where it gets too much: the catalogue is small, but a table may name any month."""
    if len(known) >= most:
        known.clear()
