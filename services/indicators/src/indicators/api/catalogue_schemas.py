"""Variables and indicators on the wire."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from chassis.wire import Sent, Told
from domain.codec import decode_fields, encode
from domain.formula.grammar import parse
from domain.formula.printing import in_words, written
from domain.formula.tree import Formula, Leaf, Number, Operation, Shifted, leaves
from domain.identity import VariableCode
from domain.indicator import FEDERAL, Definition, Direction
from domain.period import View
from domain.quantity import Measure
from domain.variable import Variable
from pydantic import Field

from indicators.api.variable_schemas import Code, Label

Note = Annotated[str, Field(max_length=1_000)]
Variant = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="`federal` where nothing else is meant")]


class DefinitionIn(Sent):
    """A new version of an indicator, or of a variant of it; `valid_until` is the first day it no longer holds."""

    indicator: Code
    version: int = Field(ge=1, le=10_000)
    valid_from: date
    label: Label
    label_en: Label
    formula: str = Field(max_length=2_000, examples=["integrations ÷ previous_month(elb_stock)"])
    measure: Measure
    direction: Direction | None = None
    places: int = Field(ge=0, le=10)
    default_view: View
    shown_as_change: bool = False
    source: Label
    checked_against: Label
    variant: Variant = FEDERAL
    valid_until: date | None = None
    note: Note = ""
    note_en: Note = ""

    def value(self) -> Definition:
        """Give the definition; its formula is read."""
        fields = decode_fields(Definition, self.model_dump(mode="json"), but="formula")
        return Definition(formula=parse(self.formula), **fields)


class DefinitionOut(Told):
    """One version of an indicator."""

    indicator: str
    version: int
    name: str
    valid_from: date
    label: str
    label_en: str
    formula: str
    unit_of_measure: Measure
    direction: Direction | None
    places: int
    default_view: View
    shown_as_change: bool
    source: str
    checked_against: str
    variant: str
    valid_until: date | None
    note: str
    note_en: str


class DefinitionPage(Told):
    """Versions of indicators in the order of code and version."""

    items: list[DefinitionOut]
    next: str | None


class Explanation(Told):
    """An indicator's newest formula in words, as text and as a tree, and what it depends on."""

    indicator: str
    name: str
    formula: str
    words_de: str
    words_en: str
    note: str
    note_en: str
    variables: list[str]
    tree: dict[str, Any]


def definition_out(definition: Definition) -> DefinitionOut:
    """Tell a definition."""
    fields = {
        name: encode(getattr(definition, name))
        for name in DefinitionIn.model_fields
        if name not in ("formula", "measure")
    }
    told = {**fields, "name": definition.name, "formula": written(definition.formula)}
    return DefinitionOut.model_validate({**told, "unit_of_measure": definition.measure})


def explanation(definition: Definition, variables: Mapping[VariableCode, Variable]) -> Explanation:
    """Explain a definition in both languages."""
    german: dict[str, str] = {code: variable.label for code, variable in variables.items()}
    english: dict[str, str] = {code: variable.label_en for code, variable in variables.items()}
    return Explanation(
        indicator=definition.indicator,
        name=definition.name,
        formula=written(definition.formula),
        words_de=in_words(definition.formula, "de", german),
        words_en=in_words(definition.formula, "en", english),
        note=definition.note,
        note_en=definition.note_en,
        variables=sorted({leaf.cell.variable for leaf in leaves(definition.formula)}),
        tree=tree_of(definition.formula),
    )


def tree_of(formula: Formula) -> dict[str, Any]:
    """Write a formula as nested objects."""
    if isinstance(formula, Number):
        return {"number": str(formula.value)}
    if isinstance(formula, Leaf):
        return {"variable": formula.cell.variable, "dimensions": dict(formula.cell.dimensions)}
    if isinstance(formula, Operation):
        return {"sign": formula.sign.value, "left": tree_of(formula.left), "right": tree_of(formula.right)}
    if isinstance(formula, Shifted):
        return {"function": "months_before", "months": formula.months, "of": tree_of(formula.inner)}
    return {"function": formula.window.value, "of": tree_of(formula.inner)}
