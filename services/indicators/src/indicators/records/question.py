"""What is asked of case records: which months, which variables split by what, and by which named rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.case_record import CONTINUOUS_MONTHS, FOLLOWED_MONTHS, LTR_RULES, LtrRule, LtrVariant
from domain.period import Month, Period
from domain.reading import WAITING_MONTHS
from domain.variable import Variable

SPLITS = ("sex", "age_group", "lone_parent", "household_type")
MONEY = {"benefits_living": "benefit_living", "benefits_housing": "benefit_housing"}
FOLLOWED = {"integrations_sustained": FOLLOWED_MONTHS, "integrations_continuous": CONTINUOUS_MONTHS}
"""How many months after the integration must be known."""
OWN_MONTHS = {"elb_inflow": 2, "elb_outflow": 2}
"""These compare months of the same unit: a predecessor's do not help."""
ATTRIBUTED = (
    "integrations", "integrations_insured", "integrations_sustained", "integrations_continuous", "marginal_entries",
    "subsidised_entries",
)  # fmt: skip
STOCKS = ("elb_stock",)
LTR_STOCKS = ("ltr_stock", "ltr_in_measure")
LTR_CHANGES = ("ltr_inflow", "ltr_outflow", "ltr_integrations")
COUNTED = (*STOCKS, *OWN_MONTHS, *ATTRIBUTED, *LTR_STOCKS, *LTR_CHANGES)
DERIVED = (*MONEY, *COUNTED)
"""Every variable that case records give."""
Split = tuple[str, ...]
LEVELS = ("unit", "town")
"""Figures are told of units and of their towns, which are units too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which months and variables are wanted; `until` is the last month whose insured employment can be known."""

    months: Period
    until: Month
    splits: Mapping[str, tuple[Split, ...]]
    variant: LtrVariant = LtrVariant.ORDINANCE
    predecessors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    levels: tuple[str, ...] = LEVELS

    @property
    def rule(self) -> LtrRule:
        """Give the rule for long-term recipients."""
        return LTR_RULES[self.variant]

    @property
    def lead(self) -> int:
        """Say how many months before the first wanted one matter."""
        return self.rule.window

    def reach_needed(self, variable: str) -> int:
        """Say how many months on end, this one included, a variable needs."""
        if variable in LTR_STOCKS:
            return self.rule.window
        if variable in LTR_CHANGES:
            return self.rule.window + 1
        return 1 if variable in (*MONEY, *STOCKS) else 2

    def decided(self, variable: str) -> Month:
        """Give the last month of integration whose following months are over, waiting time included."""
        return self.until.plus(-FOLLOWED.get(variable, 0) - (WAITING_MONTHS if variable in FOLLOWED else 0))


def splits_of(variables: Iterable[Variable]) -> dict[str, tuple[Split, ...]]:
    """Split each derived variable as the catalogue allows: total, each dimension, and lone parents by sex (K2E4)."""
    return {variable.code: _splits(variable) for variable in variables if variable.code in DERIVED}


def _splits(variable: Variable) -> tuple[Split, ...]:
    single = [(name,) for name in SPLITS if name in variable.dimensions]
    both = [("sex", "lone_parent")] if {"sex", "lone_parent"} <= variable.dimensions else []
    return ((), *single, *both)
