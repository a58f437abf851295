"""Indicators that goals name are defined, and told in the unit of the goal."""

from datetime import date

import pytest
from domain.finding_rules import Severity
from domain.identity import IndicatorCode
from domain.known_indicators import Defined, Told, misnamed, naming, unchecked
from domain.period import View
from domain.quantity import Measure
from domain.terms import AppropriationTerms, DeliverableTerms, TargetTerms
from support.agreeing import a_goal, a_target

DEFINED: Defined = {
    IndicatorCode("figure"): Told(frozenset({Measure.PERSONS})),
    IndicatorCode("K2"): Told(frozenset({Measure.PERCENT})),
    IndicatorCode("K2E1"): Told(frozenset({Measure.PERCENT})),
    IndicatorCode("ended"): Told(frozenset({Measure.PERCENT}), date(2014, 1, 1)),
}


def over(code: str) -> TargetTerms:
    return TargetTerms(indicator=IndicatorCode(code))


def test_goals_over_defined_indicators_in_their_unit_are_left_alone() -> None:
    goals = (a_goal(a_target()), a_goal(DeliverableTerms()), a_goal(over("K2")))
    assert list(misnamed(goals, 2014, DEFINED)) == []
    assert naming(goals) == {0: "figure", 2: "K2"}


@pytest.mark.parametrize(("written", "near"), [("k2", "K2"), ("K22", "K2"), ("K2-E1", "K2E1"), ("figures", "figure")])
def test_an_unknown_code_stops_the_agreement_and_the_nearest_known_one_is_named(written: str, near: str) -> None:
    (finding,) = misnamed((a_goal(), a_goal(over(written))), 2014, DEFINED)
    assert (finding.rule, finding.severity, finding.pointer) == (
        "unknown_indicator",
        Severity.BLOCKING,
        "/goals/1/indicator",
    )
    assert (f"'{near}'" in finding.remedy.en, f"„{near}“" in finding.remedy.de) == (True, True)


def test_where_nothing_is_defined_no_code_is_near() -> None:
    (finding,) = misnamed((a_goal(over("K2")),), 2014, {})
    assert finding.remedy.en == "have the indicator defined"


def test_a_goal_in_another_unit_than_its_indicator_is_doubtful() -> None:
    (finding,) = misnamed((a_goal(a_target(measure=Measure.EUR)),), 2014, DEFINED)
    assert (finding.rule, finding.severity) == ("indicator_unit_differs", Severity.WARNING)
    assert finding.detail.en == "the goal is agreed in EUR, 'figure' is told in persons"
    (spent,) = misnamed((a_goal(AppropriationTerms(indicator=IndicatorCode("K2"))),), 2014, DEFINED)
    assert spent.rule == "indicator_unit_differs"


def test_a_change_against_the_year_before_is_told_in_percent_of_every_indicator() -> None:
    change = a_goal(a_target(view=View.CHANGE_PREVIOUS_YEAR, measure=Measure.PERCENT))
    assert list(misnamed((change,), 2014, DEFINED)) == []


def test_an_indicator_that_ended_before_the_goals_year_stops_the_agreement() -> None:
    goals = (a_goal(), a_goal(over("ended")))
    assert list(misnamed(goals, 2013, DEFINED)) == []
    for year in (2014, 2015):
        (finding,) = misnamed(goals, year, DEFINED)
        assert (finding.rule, finding.severity, finding.pointer) == (
            "indicator_ended",
            Severity.BLOCKING,
            "/goals/1/indicator",
        )
        assert finding.detail.en == "'ended' is defined until 2014-01-01, before the goal's year"


def test_that_nobody_told_is_no_more_than_a_note() -> None:
    assert unchecked().severity is Severity.NOTE
