"""Planning rounds and their calendars."""

from datetime import date

import pytest
from domain.bounds import NumberOutOfRange
from domain.calendars import SHIPPED, UnknownCalendar, steps_of
from domain.phase import EvidenceNeeded, NotInThisPhase, Phase, RoundIsClosed, StepDone, StepTwice, UnknownStep
from domain.planning import (
    RoundPlanned,
    StepReported,
    advance,
    before_budget_law,
    begin,
    complete,
    overdue,
    revise,
)
from support.planning import LEAD, a_round, a_step

MARCH, MAY, TODAY = date(2013, 3, 31), date(2013, 5, 15), date(2013, 6, 1)
TWO = a_round(a_step("steering", MAY), a_step("planning", MARCH))
DONE = StepReported(evidence="V/0715/2012", done_on=date(2013, 4, 2))


def test_a_round_goes_through_its_phases_once() -> None:
    known, seen = a_round(), []
    while known.phase is not Phase.CLOSED:
        seen.append(known.phase)
        known = advance(known)
    assert seen == [Phase.REFERENCE_VALUES, Phase.NEGOTIATION, Phase.CONCLUSION]
    with pytest.raises(RoundIsClosed):
        advance(known)
    with pytest.raises(RoundIsClosed):
        revise(known, RoundPlanned(year=2014, lead=LEAD, title="neu"))
    with pytest.raises(NotInThisPhase):
        known.must_be_in(Phase.NEGOTIATION)


def test_steps_are_overdue_from_the_day_after_they_are_due_the_oldest_first() -> None:
    assert overdue(TWO, MARCH) == ()
    assert [(step.code, step.days) for step in overdue(TWO, date(2013, 5, 16))] == [("planning", 46), ("steering", 1)]


def test_a_step_that_is_done_is_overdue_only_on_the_days_before() -> None:
    done = complete(TWO, "planning", DONE, TODAY)
    assert done.step("planning").evidence == "V/0715/2012"
    assert [step.code for step in overdue(done, date(2013, 4, 1))] == ["planning"]
    assert overdue(done, date(2013, 4, 2)) == ()


def test_in_a_trial_year_overdue_steps_are_marked() -> None:
    (step,) = overdue(a_round(a_step("planning", MARCH), trial=True), TODAY)
    assert step.trial


def test_a_step_is_done_once_on_a_day_that_has_come_and_with_evidence() -> None:
    assert complete(TWO, "planning", StepReported(evidence="Protokoll"), TODAY).step("planning").done_on == TODAY
    with pytest.raises(StepDone):
        complete(complete(TWO, "planning", DONE, TODAY), "planning", DONE, TODAY)
    with pytest.raises(UnknownStep):
        complete(TWO, "council", DONE, TODAY)
    with pytest.raises(EvidenceNeeded):
        complete(TWO, "planning", StepReported(evidence=" "), TODAY)
    with pytest.raises(EvidenceNeeded):
        complete(TWO, "planning", StepReported(evidence="Protokoll", done_on=date(2013, 6, 2)), TODAY)


def test_planning_anew_keeps_the_phase_and_what_was_done() -> None:
    known = advance(complete(TWO, "planning", DONE, TODAY))
    steps = (a_step("planning", date(2013, 4, 30)), a_step("council", date(2013, 12, 12)))
    changed = revise(known, RoundPlanned(year=2014, lead=LEAD, title="neu", steps=steps))
    assert (changed.phase, changed.title) == (Phase.NEGOTIATION, "neu")
    assert [(step.code, step.due.month, step.done_on) for step in changed.steps] == [
        ("planning", 4, DONE.done_on),
        ("council", 12, None),
    ]


def test_two_steps_of_one_code_and_years_nobody_plans_for_are_refused() -> None:
    with pytest.raises(StepTwice):
        a_round(a_step("planning", MARCH), a_step("planning", MAY))
    with pytest.raises(NumberOutOfRange):
        a_round(year=1_000_000)


def test_muensters_year_begins_with_the_planning_conference_of_the_year_before() -> None:
    steps = {step.code: step.due for step in steps_of("muenster", 2013)}
    assert (steps["planning_conference"], steps["steering_conference"]) == (date(2012, 3, 31), date(2012, 5, 15))
    assert (steps["inventory_june"], steps["inventory_december"]) == (date(2012, 6, 30), date(2012, 12, 31))
    assert steps["council"] == date(2012, 12, 12)
    assert steps["second_planning_conference"].month in (10, 11, 12)


def test_ennepe_ruhr_looks_at_every_quarter_and_half_year() -> None:
    codes = [step.code for step in steps_of("ennepe_ruhr", 2007)]
    assert [sum(code.startswith(prefix) for code in codes) for prefix in ("report_q", "report_h", "annual")] == [
        4,
        2,
        1,
    ]


@pytest.mark.parametrize("calendar", SHIPPED)
def test_a_calendars_steps_stand_in_the_order_of_their_days_and_fit_leap_years(calendar: str) -> None:
    for year in (2007, 2008):
        days = [step.due for step in steps_of(calendar, year)]
        assert days == sorted(days)


def test_own_steps_take_the_place_of_a_calendars() -> None:
    sent = RoundPlanned(year=2013, lead=LEAD, title="x", steps=(a_step("council", date(2012, 12, 5)),))
    known = begin(sent, steps_of("muenster", 2013))
    assert known.step("council").due == date(2012, 12, 5)
    assert len(known.steps) == len(SHIPPED["muenster"])
    with pytest.raises(UnknownCalendar):
        steps_of("atlantis", 2013)


def test_an_agreement_before_the_budget_law_is_named() -> None:
    law = date(2013, 12, 20)
    assert [place.code for place in before_budget_law(date(2013, 12, 19), law)] == ["before_budget_law"]
    assert list(before_budget_law(law, law)) == []
    assert list(before_budget_law(law, None)) == []
