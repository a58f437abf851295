"""Quality rules: what makes a figure that was kept doubtful; rules are data, and every change is a new version."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from domain.errors import Invalid, Place, Text, Unknown
from domain.identity import VariableCode
from domain.tolerance import Limits, Tolerance
from domain.variable import DIMENSIONS, UnknownDimension


class RuleKind(StrEnum):
    """What a rule holds a figure against."""

    BOUNDS = "bounds"
    JUMP = "jump"
    OUTLIER = "outlier"
    SUM_OF_PARTS = "sum_of_parts"
    PARTS_AT_MOST_WHOLE = "parts_at_most_whole"
    RATIO_BOUNDS = "ratio_bounds"


class Severity(StrEnum):
    """What a finding does: a soft one never rejects, it is looked at by a person."""

    SOFT = "soft"


@dataclass(eq=False)
class UnknownQualityRule(Unknown):
    """There is no such quality rule."""

    title_de = "Diese Prüfregel gibt es nicht."
    says = Text("there is no quality rule '{code}'", "es gibt keine Prüfregel „{code}“")

    code: str


@dataclass(eq=False)
class RuleBesideCatalogue(Invalid):
    """A quality rule names variables that are not in the catalogue."""

    title_de = "Eine Prüfregel nennt Variablen, die nicht im Katalog stehen."
    says = Text(
        "not in the catalogue: {unknown}; take codes from GET /v1/variables",
        "nicht im Katalog: {unknown}; die Schlüssel nennt GET /v1/variables",
    )

    unknown: str

    def places(self) -> tuple[Place, ...]:
        """Point at the variables."""
        return (Place(pointer="/variables", code="unknown_variable", detail=self.says),)


@dataclass(eq=False)
class RatioNamesItsVariables(Invalid):
    """A rule on a ratio is valid for its numerator and names no other variables."""

    title_de = "Eine Regel über ein Verhältnis gilt für dessen Zähler und nennt keine weiteren Variablen."
    says = Text(
        "leave `variables` out, or name two variables that differ as numerator and denominator",
        "lassen Sie `variables` weg, oder nennen Sie Zähler und Nenner, die verschieden sind",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds(Limits):
    """A figure lies within limits narrower than what its variable can be at all."""

    kind: ClassVar[RuleKind] = RuleKind.BOUNDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump(Tolerance):
    """A figure lies near the one of the month before: doubtful is what leaves the number and the share."""

    kind: ClassVar[RuleKind] = RuleKind.JUMP


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlier(Tolerance):
    """A figure lies near the median of the unit's own earlier months, `factor` robust deviations wide."""

    kind: ClassVar[RuleKind] = RuleKind.OUTLIER

    factor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SumOfParts(Tolerance):
    """A unit's figure is the sum of its parts' figures, where all of them delivered."""

    kind: ClassVar[RuleKind] = RuleKind.SUM_OF_PARTS


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsAtMostWhole(Tolerance):
    """What is split by a dimension is at most the total; by a `complete` dimension, all its values told, it is it."""

    kind: ClassVar[RuleKind] = RuleKind.PARTS_AT_MOST_WHOLE

    complete: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse dimensions that nobody knows."""
        Tolerance.__post_init__(self)
        for dimension in self.complete - DIMENSIONS.keys():
            raise UnknownDimension(dimension=dimension, known=", ".join(sorted(DIMENSIONS)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioBounds(Limits):
    """One variable divided by another of the same unit, month and dimensions lies within limits."""

    kind: ClassVar[RuleKind] = RuleKind.RATIO_BOUNDS

    numerator: VariableCode
    denominator: VariableCode


Parameters = Bounds | Jump | Outlier | SumOfParts | PartsAtMostWhole | RatioBounds


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRule:
    """One version of a rule; valid for all variables where it names none."""

    code: str
    version: int
    label: str
    label_en: str
    parameters: Parameters
    variables: frozenset[VariableCode] = frozenset()
    active: bool = True
    severity: Severity = Severity.SOFT

    def __post_init__(self) -> None:
        """Refuse a ratio of a variable to itself, or one that is valid for further variables."""
        ratio = self.parameters
        if isinstance(ratio, RatioBounds) and (self.variables or ratio.numerator == ratio.denominator):
            raise RatioNamesItsVariables

    @property
    def kind(self) -> RuleKind:
        """Say what it holds figures against."""
        return self.parameters.kind

    def covers(self, variable: VariableCode) -> bool:
        """Say whether figures of a variable are judged by it."""
        if isinstance(self.parameters, RatioBounds):
            return variable == self.parameters.numerator
        return not self.variables or variable in self.variables

    def must_fit(self, catalogue: Mapping[VariableCode, object]) -> None:
        """Refuse variables that are not in the catalogue."""
        ratio = self.parameters
        named = {ratio.numerator, ratio.denominator} if isinstance(ratio, RatioBounds) else self.variables
        unknown = sorted(named - catalogue.keys())
        if unknown:
            raise RuleBesideCatalogue(", ".join(unknown))

    def says_the_same(self, other: "QualityRule") -> bool:
        """Say whether another version would judge and read alike."""
        return replace(other, version=self.version) == self
