"""Judging goals without a figure."""

from datetime import date

import pytest
from domain.agreement import Declaration, DeclarationKind
from domain.reading import NoValue
from domain.terms import AppropriationTerms, DeliverableTerms, QualitativeTerms, SupportOfferTerms, Terms
from domain.undertaking import REASONS, Light, Reason, judge_undertaking
from support.agreeing import AGENCY, JOBCENTER, a_declaration, a_goal

DUE = date(2014, 12, 31)
DELIVERABLE = DeliverableTerms(due=DUE)
NAMED = QualitativeTerms(judged_by=AGENCY)
BETTER, SAME, WORSE = DeclarationKind.BETTER, DeclarationKind.SAME, DeclarationKind.WORSE


def judged(terms: Terms, day: date, *declarations: Declaration) -> tuple[Light, Reason]:
    return judge_undertaking(a_goal(terms), day, declarations)


@pytest.mark.parametrize("terms", [DELIVERABLE, SupportOfferTerms(due=DUE, topic="child care")])
@pytest.mark.parametrize(
    ("day", "light", "reason"),
    [
        (date(2014, 11, 30), Light.GREY, Reason.NOT_DUE_YET),
        (date(2014, 12, 1), Light.YELLOW, Reason.DUE_SOON),
        (date(2014, 12, 31), Light.YELLOW, Reason.DUE_SOON),
        (date(2015, 1, 1), Light.RED, Reason.OVERDUE),
    ],
)
def test_a_deliverable_is_yellow_thirty_days_before_its_day_and_red_after(
    terms: Terms, day: date, light: Light, reason: Reason
) -> None:
    assert judged(terms, day) == (light, reason)


@pytest.mark.parametrize("kind", [DeclarationKind.DONE, DeclarationKind.ACCEPTED])
def test_a_deliverable_is_green_once_it_is_done(kind: DeclarationKind) -> None:
    done = a_declaration(kind, date(2015, 2, 1))
    assert judged(DELIVERABLE, date(2015, 1, 31), done) == (Light.RED, Reason.OVERDUE)
    assert judged(DELIVERABLE, date(2015, 2, 28), done) == (Light.GREEN, Reason.DONE)


def test_what_is_declared_of_another_goal_does_not_count() -> None:
    other = a_declaration(DeclarationKind.DONE, date(2014, 6, 1), goal="other")
    assert judged(DELIVERABLE, DUE, other) == (Light.YELLOW, Reason.DUE_SOON)


@pytest.mark.parametrize(("kind", "light"), [(BETTER, Light.GREEN), (SAME, Light.YELLOW), (WORSE, Light.RED)])
def test_a_qualitative_goal_follows_the_declared_tendency(kind: DeclarationKind, light: Light) -> None:
    assert judged(QualitativeTerms(), DUE, a_declaration(kind, DUE)) == (light, Reason.TENDENCY)


def test_the_latest_tendency_counts_in_whatever_order_it_is_told() -> None:
    summer, autumn = a_declaration(WORSE, date(2014, 6, 30)), a_declaration(BETTER, date(2014, 9, 30))
    assert judged(QualitativeTerms(), DUE, autumn, summer)[0] is Light.GREEN
    assert judged(QualitativeTerms(), date(2014, 7, 31), autumn, summer)[0] is Light.RED


def test_only_the_unit_named_to_judge_a_goal_sets_its_tendency() -> None:
    own_praise, verdict = a_declaration(BETTER, DUE, party=JOBCENTER), a_declaration(WORSE, DUE, party=AGENCY)
    assert judged(NAMED, DUE, own_praise) == (Light.GREY, Reason.NO_TENDENCY)
    assert judged(NAMED, DUE, verdict, own_praise) == (Light.RED, Reason.TENDENCY)


def test_an_amount_without_an_indicator_is_grey() -> None:
    assert judged(AppropriationTerms(), DUE) == (Light.GREY, Reason.NOT_MEASURED)


def test_every_reason_has_words_in_both_languages() -> None:
    assert set(REASONS) == set(Reason)
    assert all(text.en and text.de for text in REASONS.values())


@pytest.mark.parametrize("reason", list(NoValue))
def test_why_a_reading_has_no_value_is_why_a_goal_has_no_degree(reason: NoValue) -> None:
    assert Reason.of(reason).value == reason.value
