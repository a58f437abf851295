"""Indicators that goals name: whether they are defined, and told in the unit the goal is agreed in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from domain.errors import Text
from domain.finding import Finding, found
from domain.finding_rules import Rule
from domain.goal import Goal
from domain.identity import IndicatorCode
from domain.measured import measured_terms
from domain.period import View
from domain.quantity import Measure

Defined = Mapping[IndicatorCode, frozenset[Measure]]
"""The indicators that are defined, each with the units its versions are told in."""

UNCHECKED = Text(
    "the indicators service does not answer: whether the indicators that goals name are defined was not checked",
    "der Dienst der Kennzahlen antwortet nicht: ob es die von Zielen genannten Kennzahlen gibt, wurde nicht geprüft",
)


def naming(goals: Iterable[Goal]) -> dict[int, IndicatorCode]:
    """Give the indicators that goals name, by the goal's number."""
    named = {number: getattr(goal.terms, "indicator", None) for number, goal in enumerate(goals)}
    return {number: code for number, code in named.items() if code is not None}


def misnamed(goals: tuple[Goal, ...], defined: Defined) -> Iterator[Finding]:
    """Find goals over indicators that are not defined, or are told in another unit than the goal."""
    for number, code in naming(goals).items():
        if code not in defined:
            yield _unknown(number, code, defined)
        elif (agreed := _unit_of(goals[number])) is not None and agreed not in defined[code]:
            told = ", ".join(sorted(defined[code]))
            text = Text(
                f"the goal is agreed in {agreed}, '{code}' is told in {told}",
                f"das Ziel ist in {agreed} vereinbart, „{code}“ wird in {told} angegeben",
            )
            yield found(Rule.INDICATOR_UNIT_DIFFERS, f"/goals/{number}/indicator", text)


def unchecked() -> Finding:
    """Note that nobody told which indicators are defined."""
    return found(Rule.INDICATORS_NOT_CHECKED, "/goals", UNCHECKED)


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
