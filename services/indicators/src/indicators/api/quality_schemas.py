"""Quality rules and trials of them on the wire."""

from typing import Annotated, Any, Literal, cast

from chassis.wire import DecimalText, KeyText, MonthText, Sent, Told
from domain.codec import decode, encode
from domain.errors import Language
from domain.period import Month
from domain.quality_rule import QualityRule, RuleKind, Severity
from domain.soft_finding import SoftFinding
from pydantic import Field

from indicators.api.soft_finding_schemas import SoftFigures, figures_of
from indicators.api.variable_schemas import Code, Label
from indicators.usecases.trying import Trial

Absolute = Annotated[DecimalText, Field(description="in the unit of the variable; not negative")]
Percent = Annotated[DecimalText, Field(description="of what is expected; not negative")]


class BoundsParameters(Sent):
    """Soft limits, inclusive; at least one of them."""

    kind: Literal[RuleKind.BOUNDS]
    low: DecimalText | None = None
    high: DecimalText | None = None


class JumpParameters(Sent):
    """How far a figure may lie from the month before; both must be exceeded."""

    kind: Literal[RuleKind.JUMP]
    absolute: Absolute
    percent: Percent


class OutlierParameters(Sent):
    """
    How far a figure may lie from the median of up to 24 earlier months (at least 8).

    The largest counts of `factor` times the robust deviation, `absolute` and `percent`.
    """

    kind: Literal[RuleKind.OUTLIER]
    factor: DecimalText
    absolute: Absolute
    percent: Percent


class SumOfPartsParameters(Sent):
    """How far a unit's figure may lie from the sum of its parts, where all of them delivered."""

    kind: Literal[RuleKind.SUM_OF_PARTS]
    absolute: Absolute
    percent: Percent


class SplitParameters(Sent):
    """How much more a split may sum up to than the total; by a dimension in `complete`, how much less too."""

    kind: Literal[RuleKind.PARTS_AT_MOST_WHOLE]
    complete: list[Label] = Field(default=[], max_length=10)
    absolute: Absolute
    percent: Percent


class RatioParameters(Sent):
    """Limits of one variable divided by another of the same unit, month and dimensions; at least one of them."""

    kind: Literal[RuleKind.RATIO_BOUNDS]
    numerator: Code
    denominator: Code
    low: DecimalText | None = None
    high: DecimalText | None = None


Parameters = Annotated[
    BoundsParameters | JumpParameters | OutlierParameters | SumOfPartsParameters | SplitParameters | RatioParameters,
    Field(discriminator="kind"),
]
Variables = Annotated[list[Code] | None, Field(min_length=1, max_length=1000, description="none: all variables")]


class QualityRuleIn(Sent):
    """A rule to add, or the next version of it."""

    label: Label
    label_en: Label
    severity: Literal[Severity.SOFT] = Severity.SOFT
    variables: Variables = None
    active: bool = True
    parameters: Parameters

    def value(self, code: str) -> QualityRule:
        """Give the rule; its version is given where it is kept."""
        sent = self.model_dump(mode="json")
        parameters = sent.pop("parameters")
        named = {"variables": sent["variables"] or []}
        return decode(QualityRule, {**sent, **parameters, **named, "code": code, "version": 1})


class QualityRuleOut(Told):
    """One version of a rule."""

    code: str
    version: int
    kind: RuleKind
    severity: Severity
    label: str
    label_en: str
    variables: list[str] | None
    active: bool
    parameters: Parameters


class QualityRulePage(Told):
    """Quality rules in the order of their codes."""

    items: list[QualityRuleOut]
    next: str | None


class RuleTrialIn(Sent):
    """A rule to try on what is known of some units in some months, inclusive."""

    rule: QualityRuleIn
    units: list[KeyText] = Field(min_length=1, max_length=1000)
    from_month: MonthText
    until_month: MonthText

    def value(self) -> Trial:
        """Give the trial."""
        return Trial(
            rule=self.rule.value("trial"),
            units=self.units,
            first=Month.parse(self.from_month),
            last=Month.parse(self.until_month),
        )


class DoubtOut(SoftFigures):
    """What the rule would have doubted."""


class TrialPage(Told):
    """
    What a rule would have doubted, in the order of unit, month and cell; `found` says how much in all.

    Where that is ten thousand, units behind those shown are not judged any more: `cut_off`.
    """

    items: list[DoubtOut]
    found: int
    cut_off: bool
    next: str | None


def rule_out(rule: QualityRule) -> QualityRuleOut:
    """Tell one version of a rule."""
    parameters = cast("dict[str, Any]", encode(rule.parameters))
    return QualityRuleOut.model_validate(
        {
            **{
                name: encode(getattr(rule, name))
                for name in ("code", "version", "severity", "label", "label_en", "active")
            },
            "kind": rule.kind,
            "variables": sorted(rule.variables) or None,
            "parameters": {"kind": rule.kind, **parameters},
        }
    )


def doubt_out(finding: SoftFinding, language: Language) -> DoubtOut:
    """Tell what a rule would have doubted."""
    return DoubtOut(**figures_of(finding, language))
