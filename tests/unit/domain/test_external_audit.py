"""Findings of external audits become checkpoints, and stay."""

from dataclasses import replace
from datetime import date

import pytest
from domain.consequence import Action, ConsequenceKind, DoneAhead, DoneBefore
from domain.external_audit import (
    AuditAhead,
    AuditFinding,
    AuditorKind,
    CheckpointMade,
    ExternalAudit,
    FindingIsCheckpoint,
    FindingNumberTwice,
    UnknownAuditFinding,
)
from domain.period import Month

FINDING = AuditFinding(number=1, text="Bescheide ohne Begründung", area="Bescheid")
AUDIT = ExternalAudit(
    unit=None,
    audited_on=date(2012, 5, 2),
    auditor=AuditorKind.FEDERAL_COURT_OF_AUDIT,
    auditing_body="Bundesrechnungshof",
    subject="Kosten der Unterkunft",
    findings=(FINDING, replace(FINDING, number=2)),
)
MADE = CheckpointMade(grid="leistung", version=2, number=19)


def test_two_findings_never_share_a_number() -> None:
    with pytest.raises(FindingNumberTwice) as refused:
        replace(AUDIT, findings=(FINDING, FINDING))
    assert [place.pointer for place in refused.value.places()] == ["/findings/1/number"]


def test_a_finding_becomes_a_checkpoint_once_in_a_grid() -> None:
    linked = AUDIT.with_checkpoint(1, MADE)
    assert linked.finding(1).checkpoints == (MADE,)
    assert linked.finding(2).checkpoints == ()
    with pytest.raises(FindingIsCheckpoint, match="checkpoint 19"):
        linked.must_be_free(1, "leistung")
    assert linked.with_checkpoint(1, replace(MADE, grid="markt")).finding(1).checkpoints[1].grid == "markt"
    with pytest.raises(UnknownAuditFinding):
        AUDIT.must_be_free(3, "leistung")


def test_a_correction_keeps_checkpoints_and_never_drops_a_finding_that_has_one() -> None:
    linked = AUDIT.with_checkpoint(1, MADE)
    corrected = replace(AUDIT, subject="Heizkosten", findings=(replace(FINDING, text="Ohne Begründung"),))
    assert linked.changed_to(corrected).finding(1) == replace(FINDING, text="Ohne Begründung", checkpoints=(MADE,))
    with pytest.raises(FindingIsCheckpoint):
        linked.changed_to(replace(AUDIT, findings=()))


def test_an_audit_has_taken_place_from_its_day_on() -> None:
    AUDIT.must_be_over(date(2012, 5, 2))
    with pytest.raises(AuditAhead):
        AUDIT.must_be_over(date(2012, 5, 1))


def test_what_follows_is_done_after_the_month_of_its_round_began_and_not_ahead() -> None:
    may, today = Month(2012, 5), date(2012, 7, 1)
    done = Action(checkpoint=1, kind=ConsequenceKind.TRAINING, text="Schulung", due_on=date(2012, 6, 30))
    for day in (None, may.first_day, today):
        replace(done, done_on=day).must_be_done_between(may, today)
    with pytest.raises(DoneBefore):
        replace(done, done_on=date(2012, 4, 30)).must_be_done_between(may, today)
    with pytest.raises(DoneAhead):
        replace(done, done_on=date(2012, 7, 2)).must_be_done_between(may, today)


def test_what_follows_is_overdue_after_its_day_until_it_is_done() -> None:
    action = Action(checkpoint=1, kind=ConsequenceKind.TRAINING, text="Schulung", due_on=date(2012, 6, 30))
    assert not action.overdue(date(2012, 6, 30))
    assert action.overdue(date(2012, 7, 1))
    assert not replace(action, done_on=date(2012, 7, 1)).overdue(date(2012, 8, 1))
