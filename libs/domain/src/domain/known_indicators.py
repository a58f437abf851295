"""Indicators that goals name: whether they are defined, still in the goal's year, and told in the goal's unit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from domain.errors import Text
from domain.finding import Finding, found
from domain.finding_rules import Rule
from domain.goal import Goal
from domain.identity import IndicatorCode
from domain.measured import measured_terms
from domain.period import View
from domain.quantity import Measure


@dataclass(frozen=True, slots=True)
class Told:
    """The units the versions of an indicator are told in, and the day from which the last of them tells nothing."""

    measures: frozenset[Measure]
    until: date | None = None


Defined = Mapping[IndicatorCode, Told]
"""The indicators that are defined."""

UNCHECKED = Text(
    "the indicators service does not answer: whether the indicators that goals name are defined was not checked",
    "der Dienst der Kennzahlen antwortet nicht: ob es die von Zielen genannten Kennzahlen gibt, wurde nicht geprüft",
)


def naming(goals: Iterable[Goal]) -> dict[int, IndicatorCode]:
    """Give the indicators that goals name, by the goal's number."""
    named = {number: getattr(goal.terms, "indicator", None) for number, goal in enumerate(goals)}
    return {number: code for number, code in named.items() if code is not None}


def misnamed(goals: tuple[Goal, ...], year: int, defined: Defined) -> Iterator[Finding]:
    """Find goals of a year over indicators that are not defined, ended before it, or are told in another unit."""
    for number, code in naming(goals).items():
        if code not in defined:
            yield _unknown(number, code, defined)
            continue
        told, agreed = defined[code], _unit_of(goals[number])
        if told.until is not None and told.until <= date(year, 1, 1):
            yield _ended(number, code, told.until)
        if agreed is not None and agreed not in told.measures:
            units = ", ".join(sorted(told.measures))
            text = Text(
                f"the goal is agreed in {agreed}, '{code}' is told in {units}",
                f"das Ziel ist in {agreed} vereinbart, „{code}“ wird in {units} angegeben",
            )
            yield found(Rule.INDICATOR_UNIT_DIFFERS, f"/goals/{number}/indicator", text)


def unchecked() -> Finding:
    """Note that nobody told which indicators are defined."""
    return found(Rule.INDICATORS_NOT_CHECKED, "/goals", UNCHECKED)


def _ended(number: int, code: IndicatorCode, until: date) -> Finding:
    text = Text(
        f"'{code}' is defined until {until}, before the goal's year",
        f"„{code}“ ist bis {until} bestimmt, vor dem Jahr des Ziels",
    )
    return found(Rule.INDICATOR_ENDED, f"/goals/{number}/indicator", text)


def _unknown(number: int, code: IndicatorCode, defined: Defined) -> Finding:
    text = Text(f"there is no indicator '{code}'", f"es gibt keine Kennzahl „{code}“")
    finding = found(Rule.UNKNOWN_INDICATOR, f"/goals/{number}/indicator", text)
    by_word = {known.casefold(): known for known in sorted(defined)}
    near = [by_word[word] for word in get_close_matches(code.casefold(), by_word, n=1, cutoff=0)]
    if not near:
        return finding
    en, de = f"write '{near[0]}' if that is meant", f"schreiben Sie „{near[0]}“, wenn das gemeint ist"
    return replace(finding, remedy=Text(f"{en}; else {finding.remedy.en}", f"{de}; sonst: {finding.remedy.de}"))


def _unit_of(goal: Goal) -> Measure | None:
    """Give the unit a goal expects its indicator in; a change in percent is told of every indicator."""
    terms = measured_terms(goal)
    return None if terms is None or terms.view is View.CHANGE_PREVIOUS_YEAR else terms.unit_of_measure
