"""What is owed, as laws: however it came in, the states say the same as the days do."""

from datetime import date, timedelta

from domain.duty import OPEN, Duty, DutyStatus, Owed, owed
from domain.identity import VariableCode
from domain.period import Period
from domain.punctuality import punctuality, unit_months
from domain.receipt import Gap, Incoming, Receipt
from domain.reminder import reminder_of
from hypothesis import given
from hypothesis import strategies as st
from support.measuring import ALONE, JOBCENTER, NOVEMBER

VARIABLES = tuple(VariableCode(code) for code in "abc")
DUE = date(2014, 12, 12)
DUTY = Duty(unit=JOBCENTER, variables=VARIABLES, months=Period.parse("2014"), due_on=DUE)
DAYS = st.integers(-30, 60).map(lambda days: DUE + timedelta(days=days))
GAPS = st.lists(st.tuples(DAYS, DAYS).map(lambda days: Gap(min(days), max(days))), max_size=3).map(tuple)
RECEIPTS = st.builds(Receipt, since=st.none() | DAYS, rejected=st.integers(0, 2), gaps=GAPS)
CAME = st.dictionaries(st.sampled_from(VARIABLES), RECEIPTS)
TODAY = DUE + timedelta(days=70)


def judged(came: dict[VariableCode, Receipt], today: date = TODAY) -> Owed:
    return owed(DUTY, NOVEMBER, Incoming(ALONE, {(JOBCENTER, NOVEMBER): came}), today)


@given(CAME, DAYS)
def test_a_state_says_what_its_days_say(came: dict[VariableCode, Receipt], today: date) -> None:
    found = judged(came, today)
    whole = found.completed_on
    assert (whole is None) == (found.status in OPEN) == bool(found.missing or found.rejected_rows)
    if whole is not None:
        assert found.status is (DutyStatus.ON_TIME if whole <= DUE else DutyStatus.LATE)
    assert found.days_late == max(0, ((whole or today) - DUE).days)


@given(CAME)
def test_nothing_is_whole_before_its_last_variable_or_inside_a_gap(came: dict[VariableCode, Receipt]) -> None:
    whole = judged(came).completed_on
    if whole is not None:
        days = [receipt.since for receipt in came.values() if receipt.since]
        assert whole >= max(days)
        assert not any(gap.rejected <= whole < gap.cured for receipt in came.values() for gap in receipt.gaps)


@given(CAME, st.sampled_from(VARIABLES))
def test_what_comes_beside_never_makes_a_month_worse(came: dict[VariableCode, Receipt], more: VariableCode) -> None:
    before, after = judged(came), judged({**came, more: Receipt(since=DUE)})
    if came.get(more, Receipt()).since is None:
        assert set(after.missing) == set(before.missing) - {more}


@given(CAME, DAYS)
def test_only_what_is_open_is_reminded_of(came: dict[VariableCode, Receipt], today: date) -> None:
    found = judged(came, today)
    assert found.status in OPEN or reminder_of(found, today) is None


@given(st.lists(CAME, min_size=1, max_size=4))
def test_a_record_has_every_month_once(months: list[dict[VariableCode, Receipt]]) -> None:
    entries = [
        owed(DUTY, month, Incoming(ALONE, {(JOBCENTER, month): came}), TODAY)
        for month, came in zip(DUTY.months, months, strict=False)
    ]
    (record,) = punctuality(unit_months(entries))
    assert sum(record.counts.values()) == len(months)
    assert 0 <= record.streak <= record.counts[DutyStatus.ON_TIME]
    assert record.mean_days_late is None or 0 < record.mean_days_late <= record.longest_days_late
