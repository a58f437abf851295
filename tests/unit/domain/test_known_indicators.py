"""Indicators that goals name are defined, and told in the unit of the goal."""

import pytest
from domain.finding_rules import Severity
from domain.identity import IndicatorCode
from domain.known_indicators import Defined, misnamed, naming, unchecked
from domain.period import View
from domain.quantity import Measure
from domain.terms import AppropriationTerms, DeliverableTerms, TargetTerms
from support.agreeing import a_goal, a_target

DEFINED: Defined = {
    IndicatorCode("figure"): frozenset({Measure.PERSONS}),
    IndicatorCode("K2"): frozenset({Measure.PERCENT}),
    IndicatorCode("K2E1"): frozenset({Measure.PERCENT}),
}


def over(code: str) -> TargetTerms:
    return TargetTerms(indicator=IndicatorCode(code))


def test_goals_over_defined_indicators_in_their_unit_are_left_alone() -> None:
    goals = (a_goal(a_target()), a_goal(DeliverableTerms()), a_goal(over("K2")))
    assert list(misnamed(goals, DEFINED)) == []
    assert naming(goals) == {0: "figure", 2: "K2"}


@pytest.mark.parametrize(("written", "near"), [("k2", "K2"), ("K22", "K2"), ("K2-E1", "K2E1"), ("figures", "figure")])
def test_an_unknown_code_stops_the_agreement_and_the_nearest_known_one_is_named(written: str, near: str) -> None:
    (finding,) = misnamed((a_goal(), a_goal(over(written))), DEFINED)
    assert (finding.rule, finding.severity, finding.pointer) == (
        "unknown_indicator",
        Severity.BLOCKING,
        "/goals/1/indicator",
    )
    assert (f"'{near}'" in finding.remedy.en, f"„{near}“" in finding.remedy.de) == (True, True)


def test_where_nothing_is_defined_no_code_is_near() -> None:
    (finding,) = misnamed((a_goal(over("K2")),), {})
    assert finding.remedy.en == "have the indicator defined"


def test_a_goal_in_another_unit_than_its_indicator_is_doubtful() -> None:
    (finding,) = misnamed((a_goal(a_target(measure=Measure.EUR)),), DEFINED)
    assert (finding.rule, finding.severity) == ("indicator_unit_differs", Severity.WARNING)
    assert finding.detail.en == "the goal is agreed in EUR, 'figure' is told in persons"
    (spent,) = misnamed((a_goal(AppropriationTerms(indicator=IndicatorCode("K2"))),), DEFINED)
    assert spent.rule == "indicator_unit_differs"


def test_a_change_against_the_year_before_is_told_in_percent_of_every_indicator() -> None:
    assert list(misnamed((a_goal(a_target(view=View.CHANGE_PREVIOUS_YEAR, measure=Measure.PERCENT)),), DEFINED)) == []


def test_that_nobody_told_is_no_more_than_a_note() -> None:
    assert unchecked().severity is Severity.NOTE
