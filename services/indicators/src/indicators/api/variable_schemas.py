"""Variables on the wire."""

from datetime import date
from typing import Annotated

from chassis.canonical import digest
from chassis.wire import DecimalText, Instant, Sent, Told
from domain.codec import decode, encode
from domain.quantity import Measure
from domain.variable import DIMENSIONS, Variable, VariableKind
from pydantic import Field

from indicators.ports import VariableVersion

Code = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,59}$")]
Label = Annotated[str, Field(min_length=1, max_length=200)]


class VariableIn(Sent):
    """
    A version of a variable; bounds are hard and inclusive.

    It holds from `valid_from` until before `valid_until`, each without limit where it is null; a month is delivered by
    what holds on its last day.
    """

    label: Label
    label_en: Label
    measure: Measure
    kind: VariableKind
    dimensions: list[Label] = Field(default=[], max_length=10)
    low: DecimalText | None = None
    high: DecimalText | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def value(self, code: str) -> Variable:
        """Give the variable."""
        return decode(Variable, {**self.model_dump(mode="json"), "code": code})


class VariableOut(Told):
    """A variable with the values its dimensions can have."""

    code: str
    label: str
    label_en: str
    unit_of_measure: Measure
    kind: VariableKind
    dimensions: dict[str, list[str]]
    low: DecimalText | None
    high: DecimalText | None
    valid_from: date | None
    valid_until: date | None


class VariablePage(Told):
    """All variables in the order of their codes."""

    items: list[VariableOut]
    next: str | None


class VariableVersionOut(Told):
    """A version of a variable, when it was made and by whom."""

    version: int
    at: Instant
    by: str
    variable: VariableOut


class VariableVersionPage(Told):
    """Versions of a variable in the order they were made."""

    items: list[VariableVersionOut]
    next: str | None


def variable_out(variable: Variable) -> VariableOut:
    """Tell a variable."""
    return VariableOut(
        code=variable.code,
        label=variable.label,
        label_en=variable.label_en,
        unit_of_measure=variable.measure,
        kind=variable.kind,
        dimensions={name: list(DIMENSIONS[name]) for name in sorted(variable.dimensions)},
        low=variable.low,
        high=variable.high,
        valid_from=variable.valid_from,
        valid_until=variable.valid_until,
    )


def version_out(version: VariableVersion) -> VariableVersionOut:
    """Tell a version of a variable."""
    variable = variable_out(version.variable)
    return VariableVersionOut(version=version.version, at=version.at, by=version.by, variable=variable)


def tag_of(variable: Variable) -> str:
    """Give the tag of a variable as it is: its canonical digest."""
    return digest({"value": encode(variable)})
