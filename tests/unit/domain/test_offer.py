"""Offers and their answers."""

from decimal import Decimal

import pytest
from domain.corridor import Position
from domain.identity import UnitCode
from domain.mandate import Mandate, MandateStatus
from domain.offer import (
    AgreedTarget,
    Offer,
    OfferAnswered,
    OfferMade,
    OfferNotOpen,
    OfferStatus,
    answer,
    make,
    outside_corridor,
    withdraw,
)
from domain.refusal import ReasonNeeded
from support.consulting import a_mandate
from support.planning import LEAD, NOON, RATE, a_reference, an_offer

REFERENCE = a_reference("20")
ACCEPTED, DECLINED, WITHDRAWN = OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.WITHDRAWN


def offered(value: str, known: Offer | None = None) -> Offer:
    sent = OfferMade(unit=UnitCode("05158"), indicator=RATE, value=Decimal(value))
    return make(REFERENCE, sent, known, by="lead", at=NOON)


def answered(known: Offer, *, accepted: bool, reason: str | None = None) -> Offer:
    return answer(known, OfferAnswered(accepted=accepted, reason=reason), by=LEAD, at=NOON)


def flagged(value: str, *offers: Offer, mandates: tuple[Mandate, ...] = ()) -> list[tuple[str, str]]:
    target = AgreedTarget(pointer="/goals/0/target", unit=UnitCode("05158"), indicator=RATE, value=Decimal(value))
    return [(place.pointer, place.code) for place in outside_corridor([target], [REFERENCE], offers, mandates)]


def test_an_offer_knows_its_position_and_keeps_what_was_offered_before_with_its_answer() -> None:
    first = offered("18")
    second = offered("19", answered(first, accepted=False, reason="zu wenig"))
    third = offered("20", second)
    assert [offer.position for offer in (first, second)] == [Position.BELOW, Position.INSIDE]
    assert [(earlier.value, earlier.status) for earlier in third.earlier] == [
        (Decimal(18), DECLINED),
        (Decimal(19), OfferStatus.SUBMITTED),
    ]
    assert third.earlier[0].answer is not None
    assert (third.earlier[0].answer.reason, third.answer) == ("zu wenig", None)


def test_declining_names_its_reason_and_an_offer_is_answered_once() -> None:
    with pytest.raises(ReasonNeeded):
        answered(offered("18"), accepted=False, reason=" ")
    accepted = answered(offered("18"), accepted=True)
    assert accepted.status is ACCEPTED
    for again in (accepted, withdraw(offered("18"))):
        with pytest.raises(OfferNotOpen):
            answered(again, accepted=True)
        with pytest.raises(OfferNotOpen):
            withdraw(again)


def test_an_offer_stands_until_it_is_declined_or_withdrawn() -> None:
    assert [an_offer(status=status).stands for status in OfferStatus] == [True, True, False, False]


def test_an_offer_is_held_against_the_corridor_as_it_is_now() -> None:
    assert offered("20").against(a_reference("25")).position is Position.BELOW


@pytest.mark.parametrize("value", ["18.9", "21.1"])
def test_a_target_outside_its_corridor_is_named_on_either_side(value: str) -> None:
    assert flagged(value) == [("/goals/0/target", "outside_corridor")]


def test_a_target_inside_or_without_a_corridor_is_not() -> None:
    assert flagged("21") == []
    unknown = AgreedTarget(pointer="", unit=UnitCode("05162"), indicator=RATE, value=Decimal(1))
    assert list(outside_corridor([unknown], [REFERENCE], [], [])) == []


@pytest.mark.parametrize(
    ("offer", "is_covered"),
    [
        (an_offer("18", status=ACCEPTED, justification="Strukturwandel"), True),
        (an_offer("18", status=ACCEPTED, reason="nachvollziehbar"), True),
        (an_offer("18", status=ACCEPTED), False),
        (an_offer("18.5", status=ACCEPTED, justification="Strukturwandel"), False),
        (an_offer("18", justification="Strukturwandel"), False),
        (an_offer("18", status=DECLINED, justification="Strukturwandel"), False),
        (an_offer("18", status=WITHDRAWN, justification="Strukturwandel"), False),
    ],
)
def test_only_an_accepted_justification_of_the_same_value_covers_it(offer: Offer, is_covered: bool) -> None:
    assert (flagged("18", offer) == []) is is_covered


@pytest.mark.parametrize(
    ("mandate", "is_covered"),
    [
        (a_mandate("K2"), True),
        (a_mandate("K2", status=MandateStatus.REPORTED), True),
        (a_mandate("K2", low="18", high="19"), True),
        (a_mandate("K2", status=MandateStatus.GRANTED), False),
        (a_mandate("K3"), False),
        (a_mandate("K2", low="18.5"), False),
        (a_mandate("K2", high="17"), False),
    ],
)
def test_a_mandate_covers_a_value_within_its_limits_once_it_was_used(mandate: Mandate, is_covered: bool) -> None:
    assert (flagged("18", mandates=(mandate,)) == []) is is_covered
