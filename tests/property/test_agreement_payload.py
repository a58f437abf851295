"""Whatever can be agreed is written and read back without loss."""

import json
from datetime import date
from decimal import Decimal

from domain.agreement import Revision
from domain.agreement_payload import goal_from, goal_payload, revision_from, revision_payload
from domain.goal import Contribution, Goal, Level
from domain.indicator import Direction
from domain.party import Party, PartyRole
from domain.path import Path, PathKind
from domain.period import View
from domain.quantity import Measure
from domain.responsibility import Scope
from domain.terms import (
    AppropriationTerms,
    ChangeTerms,
    DeliverableTerms,
    Extra,
    MonitoringTerms,
    QualitativeTerms,
    StaffingTerms,
    SupportOfferTerms,
    TargetTerms,
    Terms,
    Thresholds,
)
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.text(max_size=20)
MAYBE_WORDS = st.none() | WORDS
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
NUMBERS = st.decimals(-(10**17), 10**17, places=4) | st.integers(0, 9).map(Decimal)
AMOUNTS = st.decimals(0, 10**12, places=2)
INDICATORS = st.none() | WORDS
MONTHS = st.builds("{:04}-{:02}".format, st.integers(2000, 2100), st.integers(1, 12))
PATHS = st.builds(Path, kind=st.sampled_from(PathKind), values=st.dictionaries(MONTHS, NUMBERS, min_size=1, max_size=3))
THRESHOLDS = st.tuples(AMOUNTS, AMOUNTS).map(lambda pair: Thresholds(yellow=min(pair), green=max(pair)))
BY_NAME = st.dictionaries(WORDS, AMOUNTS, max_size=3)
LOOKED_AT = {
    "indicator": INDICATORS,
    "view": st.none() | st.sampled_from(View),
    "unit_of_measure": st.none() | st.sampled_from(Measure),
}
TERMS: st.SearchStrategy[Terms] = st.one_of(
    st.builds(
        TargetTerms,
        **LOOKED_AT,
        direction=st.none() | st.sampled_from(Direction),
        target=st.none() | NUMBERS,
        low=st.none() | st.decimals(-100, 0, places=1),
        high=st.none() | st.decimals(0, 100, places=1),
        baseline=st.none() | NUMBERS,
        path=st.none() | PATHS,
        thresholds=st.none() | THRESHOLDS,
    ),
    st.builds(ChangeTerms, **LOOKED_AT, change=st.none() | AMOUNTS, thresholds=st.none() | THRESHOLDS),
    st.builds(MonitoringTerms, **LOOKED_AT, forecast=st.none() | NUMBERS, path=st.none() | PATHS),
    st.builds(AppropriationTerms, amount=st.none() | AMOUNTS, indicator=INDICATORS, due=st.none() | DAYS),
    st.builds(DeliverableTerms, due=st.none() | DAYS),
    st.builds(
        StaffingTerms,
        target=st.none() | AMOUNTS,
        indicator=INDICATORS,
        of_which=BY_NAME,
        counted_in=BY_NAME,
        fixed_term_share_at_most=st.none() | st.decimals(0, 100, places=2),
        extra=st.none()
        | st.builds(Extra, up_to=AMOUNTS, conditions=st.lists(WORDS, max_size=2).map(tuple), split=MAYBE_WORDS),
    ),
    st.builds(QualitativeTerms, judged_by=MAYBE_WORDS),
    st.builds(SupportOfferTerms, due=st.none() | DAYS, topic=MAYBE_WORDS),
)
GOALS = st.builds(
    Goal,
    code=WORDS,
    title=WORDS,
    scope=st.none() | st.sampled_from(Scope),
    terms=TERMS,
    section=MAYBE_WORDS,
    level=st.none() | st.sampled_from(Level),
    carrier=MAYBE_WORDS,
    obligated=MAYBE_WORDS,
    derived_from=MAYBE_WORDS,
    contributions=st.lists(st.builds(Contribution, unit=WORDS, product=WORDS, resources=WORDS), max_size=2).map(tuple),
    evidence=MAYBE_WORDS,
    legal_basis=MAYBE_WORDS,
    note=MAYBE_WORDS,
    filters=st.dictionaries(WORDS, WORDS, max_size=2),
    trial=st.booleans(),
    lineage=MAYBE_WORDS,
)
PARTIES = st.builds(Party, unit=WORDS, role=st.sampled_from(PartyRole), scope=st.sampled_from(Scope), signs_as=WORDS)
REVISIONS = st.builds(
    Revision,
    number=st.integers(1, 99),
    title=WORDS,
    year=st.integers(2000, 2100),
    tier=MAYBE_WORDS,
    legal_basis=MAYBE_WORDS,
    planning_basis=MAYBE_WORDS,
    note=MAYBE_WORDS,
    valid_from=st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    valid_until=st.dates(date(2050, 1, 2), date(2100, 1, 1)),
    trial=st.booleans(),
    parties=st.lists(PARTIES, max_size=3).map(tuple),
    goals=st.lists(GOALS, max_size=3).map(tuple),
)


@given(goal=GOALS)
def test_a_goal_survives_json_and_is_written_the_same_again(goal: Goal) -> None:
    written = json.dumps(goal_payload(goal))
    read = goal_from(json.loads(written))
    assert read == goal
    assert json.dumps(goal_payload(read)) == written


@given(revision=REVISIONS)
def test_a_revision_survives_json_and_is_written_the_same_again(revision: Revision) -> None:
    written = json.dumps(revision_payload(revision))
    read = revision_from(json.loads(written))
    assert read == revision
    assert json.dumps(revision_payload(read)) == written
