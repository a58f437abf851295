"""Laws of standing for figures, of releases and of agreeing with official ones."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.deadline import WORKING_DAYS_TO_ANSWER, deadline
from domain.observation import Observation
from domain.period import Month, Period
from domain.quantity import half_up
from domain.reconciliation import agrees, places_of
from domain.release import Release, overlap, standing_finals
from domain.working_days import working_days_after
from hypothesis import given
from hypothesis import strategies as st
from indicators.usecases.attesting import frozen
from support.measuring import JOBCENTER, NOVEMBER, an_observation
from support.standing import a_release

DAYS = st.dates(min_value=date(2005, 1, 1), max_value=date(2100, 1, 1))
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=6)
MONTHS = st.integers(min_value=2005 * 12, max_value=2100 * 12).map(Month.numbered)
PERIODS = st.builds(Period.lasting, MONTHS, st.integers(min_value=1, max_value=24))
VARIABLES = st.sampled_from(["elb_stock", "integrations", "contacts"])
VALUES = st.dictionaries(VARIABLES, NUMBERS, min_size=1)


@given(DAYS, st.none() | DAYS)
def test_a_deadline_is_never_past(today: date, asked: date | None) -> None:
    if asked is None or asked >= today:
        assert deadline(asked, today) in (asked, working_days_after(today, WORKING_DAYS_TO_ANSWER))


@given(NUMBERS, st.integers(min_value=0, max_value=6))
def test_a_figure_agrees_with_itself_rounded_to_any_places(ours: Decimal, places: int) -> None:
    official = half_up(ours, places)
    assert agrees(official, ours)
    step = Decimal(1).scaleb(-places_of(official))
    assert not agrees(official + step, ours)


@given(PERIODS, PERIODS)
def test_overlap_is_sharing_a_month(one: Period, other: Period) -> None:
    assert overlap(one, other) is overlap(other, one) is bool(set(one) & set(other))


@given(st.lists(PERIODS, max_size=6))
def test_of_final_releases_that_follow_the_rule_no_two_that_stand_share_a_month(periods: list[Period]) -> None:
    releases: list[Release] = []
    for number, months in enumerate(periods):
        needed = tuple(code for code, known in standing_finals(releases) if overlap(known, months))
        release = a_release(str(number), months, replaces=needed, reason="Korrektur")
        release.must_follow(standing_finals(releases))
        releases.append(release)
    standing = [months for _, months in standing_finals(releases)]
    assert sum(map(len, standing)) == len({month for months in standing for month in months})


def observations(values: dict[str, Decimal]) -> list[Observation]:
    return [an_observation(variable, str(value)) for variable, value in values.items()]


@given(VALUES, st.integers(min_value=0, max_value=4))
def test_what_is_frozen_depends_on_numbers_only(values: dict[str, Decimal], zeros: int) -> None:
    plain = observations(values)
    longer = [replace(o, value=o.value and Decimal(f"{o.value:f}" + "0" * zeros)) for o in reversed(plain)]
    assert frozen(JOBCENTER, NOVEMBER, longer) == frozen(JOBCENTER, NOVEMBER, plain)


@given(VALUES, VARIABLES, NUMBERS)
def test_another_number_freezes_to_another_digest(values: dict[str, Decimal], variable: str, number: Decimal) -> None:
    other = {**values, variable: number}
    same = frozen(JOBCENTER, NOVEMBER, observations(other)) == frozen(JOBCENTER, NOVEMBER, observations(values))
    assert same is (other == values)
