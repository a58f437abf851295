"""Which agreements an event concerns: those with a stake in it, each once."""

from dataclasses import replace
from uuid import UUID

import pytest
from chassis.event import Event
from domain.identity import AgreementId, IndicatorCode, UnitCode
from domain.unit import Units
from domain.unit_relation import Relation, RelationKind
from reporting.ports import Stake
from reporting.usecases.following import concerned, with_wholes
from support.measuring import JOBCENTER, TOWN_A, TOWN_B, TWO_TOWNS, units_with

HERE, THERE = AgreementId(UUID(int=1)), AgreementId(UUID(int=2))
STAKES = [
    Stake(agreement=HERE, units=frozenset({JOBCENTER}), indicators=frozenset({IndicatorCode("K2")})),
    Stake(agreement=THERE, units=frozenset({UnitCode("05162")}), indicators=frozenset({IndicatorCode("K3")})),
]


def a_delivery(*units: str) -> Event:
    return Event(type="delivery.accepted", subject="d", data={"units": list(units)})


def an_attestation(kind: str, unit: str) -> Event:
    return Event(type=kind, subject="a", data={"unit": unit, "month": "2014-11"})


def told(kind: str, subject: str) -> Event:
    return Event(type=kind, subject=subject, data={})


@pytest.mark.parametrize(
    ("events", "affected"),
    [
        ([], set()),
        ([a_delivery(JOBCENTER)], {HERE}),
        ([a_delivery(TOWN_A)], {HERE}),
        ([a_delivery("05162")], {THERE}),
        ([a_delivery("elsewhere")], set()),
        ([a_delivery(TOWN_A, "05162")], {HERE, THERE}),
        ([a_delivery(TOWN_A), a_delivery(TOWN_B)] * 375, {HERE}),
        ([replace(a_delivery(TOWN_A), type="delivery.retracted")], {HERE}),
        ([an_attestation("attestation.made", JOBCENTER)], {HERE}),
        ([an_attestation("attestation.withdrawn", "05162")], {THERE}),
        ([told("indicator.defined", "K3")], {THERE}),
        ([told("variable.changed", "elb_stock")], {HERE, THERE}),
        ([told("something.new", "x")], set()),
    ],
)
def test_an_event_concerns_the_agreements_that_rest_on_it(events: list[Event], affected: set[AgreementId]) -> None:
    assert concerned(STAKES, events, TWO_TOWNS) == affected


def test_a_part_of_a_part_counts_for_the_whole() -> None:
    district = UnitCode("05158")
    assert with_wholes(units_with({district: [JOBCENTER], JOBCENTER: [TOWN_A]}), [TOWN_A]) == {
        district,
        JOBCENTER,
        TOWN_A,
    }


def test_units_that_are_part_of_each_other_do_no_harm() -> None:
    circle = units_with({TOWN_A: [TOWN_B], TOWN_B: [TOWN_A]})
    assert with_wholes(circle, [TOWN_A]) == {TOWN_A, TOWN_B}


def test_supervision_is_no_part() -> None:
    supervised = Relation(kind=RelationKind.SUPERVISES, source=UnitCode("ministry"), target=JOBCENTER)
    assert with_wholes(Units.of((), [supervised]), [JOBCENTER]) == {JOBCENTER}
