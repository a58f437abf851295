"""What becomes of what is owed: on time, late, missing, incomplete."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from domain.duty import Duty, DutyStatus, DutyWithoutDay, Owed, owed
from domain.identity import UnitCode, VariableCode
from domain.period import Month, Period
from domain.receipt import ANY_VARIABLE, Gap, Incoming, Receipt
from domain.unit import Units
from domain.unit_parts import with_parts
from domain.variable import Variable
from support.measuring import ALONE, CATALOGUE, JOBCENTER, NOVEMBER, TOWN_A, TOWN_B, TWO_TOWNS

STOCK, INFLOW = VariableCode("ltr_stock"), VariableCode("ltr_inflow")
DUTY = Duty(unit=JOBCENTER, variables=(INFLOW, STOCK), months=Period.parse("2014"), working_day=10)
DUE = date(2014, 12, 12)
EARLY, LATE, LATER = date(2014, 12, 5), date(2014, 12, 15), date(2014, 12, 20)
Came = Mapping[UnitCode, Mapping[VariableCode, Receipt]]


def on(day: date) -> Receipt:
    return Receipt(since=day)


def a_version(*, since: date | None = None, until: date | None = None) -> Variable:
    return replace(CATALOGUE[VariableCode("elb_stock")], valid_from=since, valid_until=until)


def judged(came: Came, today: date = LATER, units: Units = ALONE) -> Owed:
    receipts = {(unit, NOVEMBER): rows for unit, rows in came.items()}
    return owed(DUTY, NOVEMBER, Incoming(units, receipts), today)


def test_a_duty_names_one_rule_for_its_day() -> None:
    for day, working_day in ((None, None), (DUE, 3)):
        with pytest.raises(DutyWithoutDay):
            replace(DUTY, due_on=day, working_day=working_day)


def test_what_came_by_the_due_day_is_on_time() -> None:
    found = judged({JOBCENTER: {STOCK: on(EARLY), INFLOW: on(DUE)}})
    assert (found.status, found.completed_on, found.days_late) == (DutyStatus.ON_TIME, DUE, 0)


def test_the_last_variable_decides_whether_all_is_late() -> None:
    found = judged({JOBCENTER: {STOCK: on(EARLY), INFLOW: on(LATE)}})
    assert (found.status, found.completed_on, found.days_late) == (DutyStatus.LATE, LATE, 3)


def test_nothing_is_expected_until_the_due_day_and_missing_behind_it() -> None:
    assert judged({}, DUE).status is DutyStatus.EXPECTED
    found = judged({}, LATER)
    assert (found.status, found.days_late, found.missing) == (DutyStatus.MISSING, 8, (INFLOW, STOCK))


def test_some_variables_are_not_all() -> None:
    found = judged({JOBCENTER: {STOCK: on(EARLY)}})
    assert (found.status, found.missing, found.completed_on) == (DutyStatus.INCOMPLETE, (INFLOW,), None)


def test_rejected_rows_leave_a_month_incomplete_though_every_variable_came() -> None:
    whole = {STOCK: on(EARLY), INFLOW: Receipt(since=EARLY, rejected=2)}
    found = judged({JOBCENTER: whole})
    assert (found.status, found.rejected_rows, found.missing) == (DutyStatus.INCOMPLETE, 2, ())
    nameless = {STOCK: on(EARLY), INFLOW: on(EARLY), ANY_VARIABLE: Receipt(rejected=1)}
    assert judged({JOBCENTER: nameless}).status is DutyStatus.INCOMPLETE


def test_nothing_but_rejected_rows_is_incomplete_not_missing() -> None:
    assert judged({JOBCENTER: {STOCK: Receipt(rejected=1)}}).status is DutyStatus.INCOMPLETE


def test_rejected_rows_of_what_is_not_owed_do_not_matter() -> None:
    other = {STOCK: on(EARLY), INFLOW: on(EARLY), VariableCode("contacts"): Receipt(rejected=4)}
    assert judged({JOBCENTER: other}).status is DutyStatus.ON_TIME


def test_a_month_is_whole_on_the_day_its_rejected_rows_were_made_good() -> None:
    cured = Receipt(since=EARLY, gaps=(Gap(EARLY, LATE),))
    found = judged({JOBCENTER: {STOCK: on(EARLY), INFLOW: cured}})
    assert (found.status, found.completed_on) == (DutyStatus.LATE, LATE)


def test_a_correction_that_failed_later_does_not_make_a_punctual_month_late() -> None:
    cured = Receipt(since=EARLY, gaps=(Gap(LATE, LATER),))
    assert judged({JOBCENTER: {STOCK: on(EARLY), INFLOW: cured}}).status is DutyStatus.ON_TIME


def test_a_unit_that_delivers_by_its_parts_is_whole_when_all_of_them_are() -> None:
    one = {TOWN_A: {STOCK: on(EARLY), INFLOW: on(EARLY)}}
    partly = judged(one, units=TWO_TOWNS)
    assert (partly.status, partly.missing, partly.missing_units) == (
        DutyStatus.INCOMPLETE,
        (INFLOW, STOCK),
        (TOWN_B,),
    )
    both = {**one, TOWN_B: {STOCK: on(LATE), INFLOW: on(EARLY)}}
    assert judged(both, units=TWO_TOWNS).status is DutyStatus.LATE
    spoilt = {**one, TOWN_B: {STOCK: on(EARLY), INFLOW: Receipt(since=EARLY, rejected=1)}}
    assert judged(spoilt, units=TWO_TOWNS).rejected_rows == 1


def test_a_units_own_variable_counts_before_that_of_its_parts() -> None:
    own = {JOBCENTER: {STOCK: on(EARLY), INFLOW: on(EARLY)}}
    assert judged(own, units=TWO_TOWNS).status is DutyStatus.ON_TIME


def test_a_variable_is_owed_for_months_in_which_it_is_in_force() -> None:
    versions = {STOCK: [a_version(until=date(2014, 11, 30))], INFLOW: [a_version()]}
    over = DUTY.not_in_force(NOVEMBER, versions)
    assert (over, DUTY.not_in_force(NOVEMBER.previous, versions)) == ((STOCK,), ())
    receipts = {(JOBCENTER, NOVEMBER): {INFLOW: on(EARLY), STOCK: Receipt(rejected=3)}}
    found = owed(DUTY, NOVEMBER, Incoming(ALONE, receipts), LATER, not_in_force=over)
    assert (found.asked, found.status, found.missing) == ((INFLOW,), DutyStatus.ON_TIME, ())


def test_a_variable_that_nobody_knows_stays_owed() -> None:
    assert DUTY.not_in_force(NOVEMBER, {}) == ()


def test_a_variable_is_owed_again_where_a_later_version_begins() -> None:
    gap = [a_version(until=date(2014, 3, 1)), a_version(since=date(2014, 12, 1))]
    months = [month for month in DUTY.months if DUTY.not_in_force(month, {STOCK: gap})]
    assert [str(month) for month in months] == [f"2014-{number:02}" for number in range(3, 12)]


def test_what_its_source_keeps_back_has_come_as_far_as_it_can() -> None:
    found = judged({JOBCENTER: {STOCK: on(EARLY), INFLOW: Receipt(withheld=DUE)}})
    assert (found.status, found.completed_on) == (DutyStatus.ON_TIME, DUE)
    assert (found.missing, found.withheld, found.withheld_units) == ((), (INFLOW,), (JOBCENTER,))
    only = judged({JOBCENTER: {INFLOW: Receipt(withheld=DUE)}})
    assert (only.status, only.missing, only.withheld) == (DutyStatus.INCOMPLETE, (STOCK,), (INFLOW,))


def test_what_came_is_withheld_no_more() -> None:
    found = judged({JOBCENTER: {STOCK: on(EARLY), INFLOW: Receipt(since=LATE, withheld=EARLY)}})
    assert (found.status, found.withheld, found.withheld_units) == (DutyStatus.LATE, (), ())


def test_a_part_whose_source_keeps_it_back_does_not_keep_the_whole_incomplete() -> None:
    one = {TOWN_A: {STOCK: on(EARLY), INFLOW: on(EARLY)}}
    found = judged({**one, TOWN_B: {STOCK: on(EARLY), INFLOW: Receipt(withheld=LATE)}}, units=TWO_TOWNS)
    assert (found.status, found.withheld, found.withheld_units) == (DutyStatus.LATE, (INFLOW,), (TOWN_B,))
    whole = {JOBCENTER: {STOCK: Receipt(withheld=DUE), INFLOW: Receipt(withheld=DUE)}}
    assert judged({**whole, **one}, units=TWO_TOWNS).withheld_units == (JOBCENTER,)


def test_holidays_of_the_place_move_the_due_day() -> None:
    fifth = Duty(unit=JOBCENTER, variables=(STOCK,), months=Period.parse("2014"), working_day=5)
    assert fifth.due(Month(2014, 12), "05158") == date(2015, 1, 8)
    assert fifth.due(Month(2014, 12), "09761") == date(2015, 1, 9)


def test_parts_are_found_all_the_way_down() -> None:
    assert with_parts(TWO_TOWNS, [JOBCENTER], [NOVEMBER]) == {JOBCENTER, TOWN_A, TOWN_B}
