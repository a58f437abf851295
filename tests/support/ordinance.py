"""The fifteen statutory indicators in the words of the ordinance, over raw case records: the formulas' judge."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from domain.indicator import Definition
from domain.period import Month, View

from support.naive_records import Naive, alike, unit_of

STOCKS = {"elb_stock", "ltr_stock", "ltr_in_measure"}
MONEY = {"benefits_living": "benefit_living", "benefits_housing": "benefit_housing"}


@dataclass(frozen=True, kw_only=True)
class Words:
    """What stands above and below the line, each so many months earlier; of flow rates stocks are summed too."""

    above: str
    below: str
    above_before: int = 0
    below_before: int = 0
    change: bool = False
    both_summed: bool = False
    lone_parents: bool = False


def change_of(variable: str) -> Words:
    return Words(above=variable, below=variable, below_before=12, change=True)


def lasting(variable: str, before: int) -> Words:
    return Words(above=variable, below="integrations_insured", above_before=before, below_before=before)


def flow(variable: str, stock: str, before: int) -> Words:
    return Words(above=variable, below=stock, below_before=before, both_summed=True)


WORDS: Mapping[str, Words] = {
    "K1": change_of("benefits_living"),
    "K1E1": change_of("benefits_housing"),
    "K1E2": change_of("elb_stock"),
    "K1E3": flow("elb_inflow", "elb_stock", 0),
    "K1E4": flow("elb_outflow", "elb_stock", 1),
    "K2": Words(above="integrations", below="elb_stock", below_before=1),
    "K2E1": Words(above="marginal_entries", below="elb_stock", below_before=1),
    "K2E2": Words(above="subsidised_entries", below="elb_stock", below_before=1),
    "K2E3/1": lasting("integrations_sustained", 12),
    "K2E3/2": lasting("integrations_continuous", 6),
    "K2E4": Words(above="integrations", below="elb_stock", below_before=1, lone_parents=True),
    "K3": change_of("ltr_stock"),
    "K3E1": Words(above="ltr_integrations", below="ltr_stock", below_before=1),
    "K3E2": Words(above="ltr_in_measure", below="ltr_stock"),
    "K3E3": flow("ltr_inflow", "ltr_stock", 0),
    "K3E4": flow("ltr_outflow", "ltr_stock", 1),
}


def words_of(definition: Definition) -> Words | None:
    """Give the words of a statutory indicator; the variant `ordinance` divides by the stock of the same months."""
    words = WORDS.get(definition.indicator) or WORDS.get(f"{definition.indicator}/{definition.version}")
    return replace(words, below_before=0) if words and definition.variant == "ordinance" else words


@dataclass(frozen=True, kw_only=True)
class Told:
    """Whose figures are wanted: a unit's, of a month in a view, of all or of one sex."""

    unit: str
    month: Month
    view: View
    sex: str | None = None


def figure(naive: Naive, words: Words, told: Told) -> Fraction | None:
    """Give an indicator in percent straight from the records; nothing where there is nothing to divide by."""
    above = side(naive, words, words.above, told, words.above_before)
    below = side(naive, words, words.below, told, words.below_before)
    return (above / below - words.change) * 100 if below else None


def side(naive: Naive, words: Words, variable: str, told: Told, before: int) -> Fraction:
    """Add up the months of a view, and take the mean of stocks, but under flows of the same stock."""
    months = 12 if told.view is View.ROLLING_12 else 1
    wanted = [told.month.plus(-before - back) for back in range(months)]
    total = sum((counted(naive, variable, month, told, words) for month in wanted), Fraction(0))
    return total / months if variable in STOCKS and not words.both_summed else total


def counted(naive: Naive, variable: str, month: Month, told: Told, words: Words) -> Fraction:
    """Count or sum up what the records of a unit say of a month, whether or not it may be told."""
    groups = {"sex": told.sex} if told.sex else {}
    groups |= {"lone_parent": "yes"} if words.lone_parents else {}
    if variable in MONEY:
        here = [r for r in naive.records if (r.unit, r.month) == (told.unit, month) and alike(r, groups)]
        return sum((Fraction(getattr(record, MONEY[variable])) for record in here), Fraction(0))
    happened = [record for name, record in naive.events(month, unit_of) if name == variable]
    return Fraction(sum(record.unit == told.unit and alike(record, groups) for record in happened))
