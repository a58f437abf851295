"""What stops an agreement, and what only draws attention."""

from dataclasses import replace
from datetime import date

import pytest
from domain.agreement import Revision
from domain.checking import check
from domain.errors import Place, Text
from domain.finding import Finding, found_at, stopping
from domain.finding_rules import AT_SIGNING, REMEDIES, Rule, Severity
from domain.goal import Level
from domain.identity import UnitCode
from domain.party import Party
from domain.responsibility import Scope
from domain.terms import DeliverableTerms, SupportOfferTerms, TargetTerms
from support import mettmann
from support.agreeing import AGENCY, ASSOCIATED, DISTRICT, JOBCENTER, PARTIES, a_goal, a_revision

SUPPORT = SupportOfferTerms(due=date(2014, 12, 31), topic="child care")
STRANGER = UnitCode("05911")


def found(revision: Revision) -> list[tuple[Rule, Severity, str]]:
    return [(finding.rule, finding.severity, finding.pointer) for finding in check(revision)]


def test_nothing_stops_the_mettmann_agreement() -> None:
    assert check(mettmann.the_revision()) == ()


@pytest.mark.parametrize(
    ("scope", "carrier"),
    [(Scope.FEDERAL, DISTRICT), (Scope.MUNICIPAL, AGENCY), (Scope.JOINT, DISTRICT), (Scope.FEDERAL, STRANGER)],
)
def test_a_goal_must_lie_within_its_carriers_area(scope: Scope, carrier: UnitCode) -> None:
    revision = a_revision(a_goal(), a_goal(code="other", scope=scope, carrier=carrier))
    assert found(revision) == [(Rule.OUTSIDE_RESPONSIBILITY, Severity.BLOCKING, "/goals/1/carrier")]
    assert carrier in stopping(check(revision), signing=False)[0].detail.de


@pytest.mark.parametrize("scope", list(Scope))
def test_a_joint_body_carries_goals_of_both_areas(scope: Scope) -> None:
    assert found(a_revision(a_goal(scope=scope, carrier=JOBCENTER))) == []


def test_without_a_named_carrier_some_party_must_answer_for_the_area() -> None:
    agency, _, district = PARTIES
    revision = a_revision(a_goal(scope=Scope.FEDERAL, obligated=DISTRICT), parties=(district, ASSOCIATED))
    assert (Rule.OUTSIDE_RESPONSIBILITY, Severity.BLOCKING, "/goals/0/carrier") in found(revision)
    assert found(a_revision(a_goal(scope=Scope.FEDERAL, obligated=DISTRICT), parties=(district, agency))) == []


def test_every_absent_field_of_a_goal_is_named_in_its_place() -> None:
    revision = a_revision(a_goal(TargetTerms(), obligated=None))
    named = ["obligated", "indicator", "view", "unit_of_measure", "direction", "target"]
    assert found(revision) == [(Rule.INCOMPLETE_GOAL, Severity.BLOCKING, f"/goals/0/{name}") for name in named]


def test_a_code_belongs_to_one_goal() -> None:
    assert found(a_revision(a_goal(), a_goal())) == [(Rule.DUPLICATE_GOAL_CODE, Severity.BLOCKING, "/goals/1/code")]


def test_the_unit_that_must_act_is_a_party() -> None:
    revision = a_revision(a_goal(obligated=STRANGER))
    assert found(revision) == [(Rule.OBLIGATED_NO_PARTY, Severity.BLOCKING, "/goals/0/obligated")]


def test_support_is_owed_by_the_supervising_body() -> None:
    blocked = [(Rule.SUPPORT_NOT_OWED_BY_SUPERVISOR, Severity.BLOCKING, "/goals/0/obligated")]
    assert found(a_revision(a_goal(SUPPORT, obligated=JOBCENTER))) == blocked
    assert found(a_revision(a_goal(SUPPORT, obligated=AGENCY))) == []


def test_two_parties_must_bind_themselves() -> None:
    revision = a_revision(parties=(PARTIES[1], ASSOCIATED))
    assert found(revision) == [(Rule.NO_BINDING_PARTIES, Severity.BLOCKING, "/parties")]


def test_a_unit_is_one_party() -> None:
    twice: Party = replace(PARTIES[1], scope=Scope.MUNICIPAL)
    assert found(a_revision(parties=(*PARTIES, twice))) == [(Rule.DUPLICATE_PARTY, Severity.BLOCKING, "/parties")]


def test_an_agreement_without_goals_is_doubtful_but_possible() -> None:
    empty = replace(a_revision(), goals=())
    assert found(empty) == [(Rule.NO_GOALS, Severity.WARNING, "/goals")]
    assert stopping(check(empty), signing=True) == ()


def test_a_deliverable_due_before_the_start_is_doubtful() -> None:
    revision = a_revision(a_goal(DeliverableTerms(due=date(2013, 12, 31))))
    assert found(revision) == [(Rule.DUE_BEFORE_START, Severity.WARNING, "/goals/0/due")]
    assert "31.12.2013" in check(revision)[0].detail.de


@pytest.mark.parametrize("due", [date(2014, 1, 1), date(2014, 12, 31), date(2015, 3, 31)])
def test_a_deliverable_may_be_due_from_the_first_day_until_after_the_year(due: date) -> None:
    assert found(a_revision(a_goal(DeliverableTerms(due=due)))) == []


def test_a_goal_is_derived_from_a_goal_of_the_same_agreement() -> None:
    revision = a_revision(a_goal(derived_from="guiding"))
    assert found(revision) == [(Rule.DERIVED_FROM_NOTHING, Severity.WARNING, "/goals/0/derived_from")]
    assert found(a_revision(a_goal(derived_from="guiding"), a_goal(code="guiding"))) == []


def test_a_goal_is_derived_from_a_higher_one() -> None:
    above = replace(a_goal(code="guiding"), level=Level.GUIDING_ORIENTATION)
    below = replace(a_goal(derived_from="guiding"), level=Level.PRODUCT)
    assert found(a_revision(above, below)) == []
    upside_down = a_revision(replace(above, level=Level.PRODUCT), replace(below, level=Level.STRATEGIC))
    assert found(upside_down) == [(Rule.DERIVED_UPWARDS, Severity.WARNING, "/goals/1/derived_from")]


@pytest.mark.parametrize("rule", sorted(AT_SIGNING))
def test_what_parties_may_still_settle_stops_signatures_only(rule: Rule) -> None:
    finding: Finding = found_at(Place(pointer="/goals/0/target", code=rule, detail=Text("a", "b")))
    assert stopping([finding], signing=False) == ()
    assert stopping([finding], signing=True) == (finding,)


def test_every_rule_names_its_remedy_in_both_languages_and_its_source() -> None:
    assert set(REMEDIES) == set(Rule)
    assert all(remedy.en and remedy.de and source for _, remedy, source in REMEDIES.values())
