"""Changes of the catalogue weighed before they are made, on the wire."""

from typing import Annotated, Any

from chassis.wire import FigureText, MonthText, Sent, Told
from domain.errors import Language, Text
from domain.period import Month, View
from domain.reading import NoValue, Reading
from pydantic import Field

from indicators.api.catalogue_schemas import DefinitionIn
from indicators.api.formula_schemas import FormulaProblem, problem_out
from indicators.api.variable_schemas import Code, VariableIn
from indicators.usecases.impact import Broken, Impact, Moved, Proposal
from indicators.usecases.telling import told

UnitText = Annotated[str, Field(min_length=1, max_length=60)]
MOST_TOLD = 1_000
NOTE = Text(
    "Which goals are agreed on these indicators is known to the agreements service: ask there for goals by indicator.",
    "Welche Ziele auf diese Kennzahlen vereinbart sind, weiß der Dienst der Vereinbarungen: dort nach Zielen fragen.",
)


class ProposedVariable(VariableIn):
    """A variable as it would be."""

    code: Code


class ImpactIn(Sent):
    """Either a definition or a variable as it would be; units and months (inclusive) whose readings are compared."""

    definition: DefinitionIn | None = None
    variable: ProposedVariable | None = None
    units: list[UnitText] = Field(default=[], max_length=100)
    from_month: MonthText
    to_month: MonthText

    def value(self) -> Proposal:
        """Give the proposal."""
        variable = self.variable
        return Proposal(
            definition=self.definition.value() if self.definition else None,
            variable=VariableIn(**variable.model_dump(exclude={"code"})).value(variable.code) if variable else None,
            units=self.units,
            first=Month.parse(self.from_month),
            last=Month.parse(self.to_month),
        )


class BrokenOut(Told):
    """A definition that would no longer make sense."""

    indicator: str
    name: str
    problem: FormulaProblem


class MovedOut(Told):
    """A reading that would change; null where there is no value, with the reason."""

    unit: str
    indicator: str
    variant: str
    month: str
    view: View
    old: FigureText | None
    old_definition: str | None
    old_reason: NoValue | None
    new: FigureText | None
    new_definition: str | None
    new_reason: NoValue | None


class ImpactOut(Told):
    """What a change would touch: `compared` readings, of them `changed_count` change, the first are shown."""

    indicators: list[str]
    broken: list[BrokenOut]
    changes: list[MovedOut]
    changed_count: int
    compared: int
    note: str


def impact_out(found: Impact, language: Language) -> ImpactOut:
    """Tell what a change would touch."""
    return ImpactOut(
        indicators=list(found.indicators),
        broken=[_broken_out(entry, language) for entry in found.broken],
        changes=[_moved_out(entry) for entry in found.moved[:MOST_TOLD]],
        changed_count=len(found.moved),
        compared=found.compared,
        note=NOTE.in_language(language),
    )


def _broken_out(broken: Broken, language: Language) -> BrokenOut:
    definition = broken.definition
    problem = problem_out(broken.problem, None, language)
    return BrokenOut(indicator=definition.indicator, name=definition.name, problem=problem)


def _moved_out(moved: Moved) -> MovedOut:
    return MovedOut(
        unit=moved.unit,
        indicator=moved.indicator,
        variant=moved.variant,
        month=str(moved.month),
        view=moved.view,
        **_side("old", moved.old),
        **_side("new", moved.new),
    )


def _side(name: str, reading: Reading | None) -> dict[str, Any]:
    if reading is None:
        return {name: None, f"{name}_definition": None, f"{name}_reason": NoValue.NOT_DEFINED}
    return {name: told(reading.value), f"{name}_definition": reading.definition, f"{name}_reason": reading.reason}
