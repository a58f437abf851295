"""Judging an agreement by what was read: which months, and what counts as changed."""

import json
from dataclasses import replace
from uuid import UUID

from chassis.clock import new_id
from domain.agreement import Status
from domain.identity import AgreementId
from domain.path import Path, PathKind
from domain.period import Month
from domain.undertaking import Light
from domain.unit import Units
from reporting.ports import Agreed, Shown
from reporting.usecases.judging import Found, Judged, Known, judged_by, key_of, stake_of
from support.agreeing import JOBCENTER, NOON, a_goal, a_reading, a_revision, a_target

LEVEL = Path(kind=PathKind.LEVEL)
AGREED = Agreed(
    id=AgreementId(UUID(int=1)),
    status=Status.IN_FORCE,
    revision=a_revision(a_goal(a_target("100", path=LEVEL))),
    digest="3b" * 32,
    declarations=(),
)


def found(*, attested: bool = False, **months: int | None) -> Found:
    """Read the figures of months: `n11=95` is November 2014."""
    readings = [a_reading(Month(2014, int(month[1:])), value) for month, value in months.items()]
    return {key_of(reading): Shown(reading=reading, attested=attested) for reading in readings}


def judged(read: Found, known: Known | None = None) -> Judged:
    return judged_by(AGREED, read, known or {}, Units.of((), ()), NOON, new_id)


def known_from(before: Judged) -> Known:
    return {(one.goal, one.month): (one.id, one.digest) for one in before.changed}


def months(of: Judged) -> list[int]:
    return [one.month.month for one in of.changed]


def test_the_months_up_to_the_newest_with_data_are_judged() -> None:
    result = judged(found(n1=90, n3=95, n4=None))
    assert (result.latest, months(result)) == (Month(2014, 3), [1, 2, 3])


def test_without_any_data_the_first_month_is_judged() -> None:
    result = judged({})
    assert (result.latest, months(result)) == (Month(2014, 1), [1])
    assert result.changed[0].light is Light.GREY


def test_what_was_judged_the_same_before_is_left_alone() -> None:
    before = judged(found(n1=90, n2=95))
    assert judged(found(n1=90, n2=95), known_from(before)).changed == []


def test_a_correction_changes_its_month_only_and_keeps_the_items_id() -> None:
    before = judged(found(n1=90, n2=95))
    after = judged(found(n1=120, n2=95), known_from(before))
    assert months(after) == [1]
    assert after.changed[0].id == before.changed[0].id


def test_a_month_whose_data_were_withdrawn_is_judged_again_without_a_value() -> None:
    before = judged(found(n1=90, n2=95))
    after = judged(found(n1=90), known_from(before))
    assert (after.latest, months(after)) == (Month(2014, 1), [2])
    assert after.changed[0].light is Light.GREY


def test_who_stands_for_the_readings_stands_for_the_judgement() -> None:
    attested = [json.loads(one.body)["attested"] for one in judged(found(n1=90, attested=True)).changed]
    assert attested == [True]
    assert [json.loads(one.body)["attested"] for one in judged({}).changed] == [False]


def test_a_month_that_is_attested_is_judged_again_with_the_same_figures() -> None:
    before = judged(found(n1=90))
    assert months(judged(found(n1=90, attested=True), known_from(before))) == [1]


def test_only_an_agreement_in_force_has_a_stake() -> None:
    assert stake_of(AGREED).units == {JOBCENTER}
    assert stake_of(AGREED).indicators == {"figure"}
    assert not stake_of(replace(AGREED, status=Status.SIGNED)).units
