"""What is delivered: variables, the dimensions they are split by, and the cell one value stands at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from domain.errors import Invalid, Place, Text, Unknown
from domain.identity import VariableCode
from domain.quantity import RATIOS, Measure

DIMENSIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sex": ("f", "m"),
        "age_group": ("under_25", "25_to_54", "55_plus"),
        "lone_parent": ("yes", "no"),
        "household_type": ("single", "lone_parent", "couple", "couple_with_children", "other"),
        "instrument": (
            "child_care",
            "debt_counselling",
            "psychosocial_care",
            "methadone_travel",
            "addiction_counselling",
        ),
        "profile_group": ("market", "activation", "support", "development", "stabilisation", "assistance"),
        "measure": (),
    }
)
"""The values of each dimension; a dimension without any is open: whatever fits `CODE` is a value."""

CODE = re.compile(r"[A-Za-z0-9._-]{1,40}")


def allowed_value(dimension: str, value: str) -> bool:
    """Say whether a dimension has this value: one of its own, or any code where it is open.

    >>> allowed_value("sex", "f"), allowed_value("sex", "x"), allowed_value("measure", "AGH-2014.1")
    (True, False, True)
    """
    known = DIMENSIONS.get(dimension)
    return known is not None and (value in known if known else CODE.fullmatch(value) is not None)


class VariableKind(StrEnum):
    """A stock is counted at the count day, a flow is summed over the month."""

    STOCK = "stock"
    FLOW = "flow"


@dataclass(eq=False)
class UnknownVariable(Unknown):
    """There is no such variable."""

    title_de = "Diese Variable gibt es nicht."
    says = Text("there is no variable '{code}'", "es gibt keine Variable „{code}“")

    code: str
    pointer: str | None = None

    def places(self) -> tuple[Place, ...]:
        """Name the place in the input, where it is one of many."""
        detail = Text("GET /v1/variables lists those that are known", "GET /v1/variables nennt die bekannten")
        return () if self.pointer is None else (Place(pointer=self.pointer, code="unknown_variable", detail=detail),)


@dataclass(eq=False)
class UnknownDimension(Invalid):
    """A variable is split by known dimensions only."""

    title_de = "Eine Variable ist nur nach bekannten Merkmalen gegliedert."
    says = Text("'{dimension}' is no dimension; known are: {known}", "„{dimension}“ ist kein Merkmal; bekannt: {known}")

    dimension: str
    known: str


@dataclass(eq=False)
class BoundsCrossed(Invalid):
    """A lower bound lies above the upper one."""

    title_de = "Eine Untergrenze liegt über der Obergrenze."
    says = Text("{low} is more than {high}", "{low} ist mehr als {high}")

    low: Decimal
    high: Decimal


@dataclass(eq=False)
class RatioDelivered(Invalid):
    """A ratio is not delivered: it cannot be summed over units or months."""

    title_de = "Ein Verhältnis wird nicht geliefert: es lässt sich nicht über Einheiten oder Monate summieren."
    says = Text(
        "'{code}' would be told in {measure}; deliver its numerator and its denominator as two variables and define an"
        " indicator that divides them",
        "„{code}“ würde in {measure} angegeben; liefern Sie Zähler und Nenner als zwei Variablen und bestimmen Sie eine"
        " Kennzahl, die sie teilt",
    )

    code: str
    measure: Measure


@dataclass(eq=False)
class EndsBeforeBeginning(Invalid):
    """A version of a variable ends after it begins."""

    title_de = "Eine Fassung einer Variable endet nach ihrem Beginn."
    says = Text(
        "'{code}' would end on {valid_until}, before it begins",
        "„{code}“ würde am {valid_until} enden, bevor sie beginnt",
    )

    code: str
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """
    One thing that is counted or summed, as it is from a day on; bounds are hard, inclusive, in its unit.

    Its validity is half-open; an open side has no limit. A month is delivered by what holds on its last day.
    """

    code: VariableCode
    label: str
    label_en: str
    measure: Measure
    kind: VariableKind
    dimensions: frozenset[str]
    low: Decimal | None = None
    high: Decimal | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        """Refuse unknown dimensions, ratios, crossed bounds, and a validity that ends before it begins."""
        if self.valid_from and self.valid_until and self.valid_until <= self.valid_from:
            raise EndsBeforeBeginning(code=self.code, valid_until=self.valid_until)
        for dimension in self.dimensions - DIMENSIONS.keys():
            raise UnknownDimension(dimension=dimension, known=", ".join(sorted(DIMENSIONS)))
        if self.measure in RATIOS:
            raise RatioDelivered(code=self.code, measure=self.measure)
        if self.low is not None and self.high is not None and self.low > self.high:
            raise BoundsCrossed(low=self.low, high=self.high)


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What one value stands at beside unit and month; no dimensions means the total.

    >>> str(Cell.of("integrations", sex="f", age_group="under_25"))
    'integrations[age_group="under_25",sex="f"]'
    """

    variable: VariableCode
    dimensions: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, variable: str, **dimensions: str) -> "Cell":
        """Name a cell; the order of dimensions does not matter."""
        return cls(VariableCode(variable), tuple(sorted(dimensions.items())))

    def __str__(self) -> str:
        """Write the cell as the formula language does."""
        filters = ",".join(f'{name}="{value}"' for name, value in self.dimensions)
        return f"{self.variable}[{filters}]" if filters else str(self.variable)
