"""Changes of the catalogue weighed before they are made, on the wire."""

from typing import Annotated, Any
from uuid import UUID

from chassis.wire import FigureText, MonthText, Sent, Told
from domain.errors import Language, Text
from domain.period import Month, View
from domain.reading import NoValue, Reading
from pydantic import Field

from indicators.api.catalogue_schemas import DefinitionIn
from indicators.api.formula_schemas import FormulaProblem, problem_out
from indicators.api.variable_schemas import Code, VariableIn
from indicators.ports.agreed import AgreedGoal
from indicators.usecases.impact import Broken, Impact, Moved, Proposal
from indicators.usecases.telling import told

UnitText = Annotated[str, Field(min_length=1, max_length=60)]
MOST_TOLD = 1_000
TOLD = Text(
    "Goals are those of live agreements of the compared years that are judged by these indicators, as of now.",
    "Die Ziele sind die lebender Vereinbarungen der verglichenen Jahre, die an diesen Kennzahlen gemessen werden.",
)
NOT_TOLD = Text(
    "The agreements service does not answer: which goals are judged by these indicators is not known now; ask again.",
    "Der Dienst der Vereinbarungen antwortet nicht: welche Ziele betroffen sind, ist jetzt nicht bekannt; fragen Sie"
    " noch einmal.",
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


class TouchedGoal(Told):
    """A goal that is judged by an indicator the change touches; `unit` is the one obligated to it."""

    agreement: UUID
    agreement_title: str
    year: int
    status: str
    goal: str
    title: str
    kind: str
    unit: str | None
    indicator: str


class ImpactOut(Told):
    """
    What a change would touch: `compared` readings, of them `changed_count` change, the first are shown.

    So with the `goal_count` goals; both are null and `goals_known` is false where no answer comes from agreements.
    """

    indicators: list[str]
    broken: list[BrokenOut]
    changes: list[MovedOut]
    changed_count: int
    compared: int
    goals_known: bool
    goals: list[TouchedGoal] | None
    goal_count: int | None
    note: str


def impact_out(found: Impact, language: Language) -> ImpactOut:
    """Tell what a change would touch."""
    goals = found.goals
    return ImpactOut(
        indicators=list(found.indicators),
        broken=[_broken_out(entry, language) for entry in found.broken],
        changes=[_moved_out(entry) for entry in found.moved[:MOST_TOLD]],
        changed_count=len(found.moved),
        compared=found.compared,
        goals_known=goals is not None,
        goals=None if goals is None else [_goal_out(goal) for goal in goals[:MOST_TOLD]],
        goal_count=None if goals is None else len(goals),
        note=(NOT_TOLD if goals is None else TOLD).in_language(language),
    )


def _goal_out(goal: AgreedGoal) -> TouchedGoal:
    return TouchedGoal(**{name: getattr(goal, name) for name in AgreedGoal.__slots__})


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
