"""Offers (Planungsangebote): what a unit sets against its reference value, and what the supervisor answers."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.bounds import Bounded
from domain.corridor import Position, ReferenceValue, position
from domain.errors import Conflict, Place, Text
from domain.identity import IndicatorCode, UnitCode
from domain.mandate import Mandate
from domain.refusal import ReasonNeeded

AMBITION = {Position.ABOVE: ("more ambitious", "ehrgeiziger"), Position.BELOW: ("less ambitious", "weniger ehrgeizig")}


class OfferStatus(StrEnum):
    """Where an offer stands."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(eq=False)
class OfferNotOpen(Conflict):
    """The offer is not open for this."""

    title_de = "Das Angebot ist dafür nicht offen."
    says = Text(
        "the offer is {status}; make a new one to go on",
        "das Angebot steht auf {status}; machen Sie ein neues, um fortzufahren",
    )

    status: OfferStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMade(Bounded):
    """An offer as a unit makes it; outside the corridor it needs a justification, or a mandate to give way."""

    unit: UnitCode
    indicator: IndicatorCode
    value: Decimal
    justification: str | None = None
    mandate: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAnswered:
    """What the supervisor says to an offer; declining names its reason."""

    accepted: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The supervisor's answer, given by a unit at an instant."""

    accepted: bool
    reason: str | None
    by: UnitCode
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierOffer:
    """What was offered before, and what was answered."""

    value: Decimal
    justification: str | None
    position: Position
    status: OfferStatus
    answer: Answer | None
    made_by: str
    made_at: datetime
    mandate: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a unit offers for an indicator in a round (Planungsangebot), with everything offered before it."""

    round: UUID
    unit: UnitCode
    indicator: IndicatorCode
    value: Decimal
    justification: str | None
    position: Position
    status: OfferStatus
    answer: Answer | None
    made_by: str
    made_at: datetime
    mandate: UUID | None
    earlier: tuple[EarlierOffer, ...] = ()

    @property
    def stands(self) -> bool:
        """Say whether the offer counts: it was neither declined nor withdrawn."""
        return self.status in (OfferStatus.SUBMITTED, OfferStatus.ACCEPTED)

    def against(self, reference: ReferenceValue) -> "Offer":
        """Hold the offer against the corridor as it is now."""
        return replace(self, position=position(self.value, reference))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedTarget:
    """A goal's target, with the place in the agreement where it stands."""

    pointer: str
    unit: UnitCode
    indicator: IndicatorCode
    value: Decimal


def make(reference: ReferenceValue, sent: OfferMade, known: Offer | None, *, by: str, at: datetime) -> Offer:
    """Make an offer against a reference value; what was offered before is kept with its answers."""
    return Offer(
        round=reference.round,
        unit=sent.unit,
        indicator=sent.indicator,
        value=sent.value,
        justification=sent.justification,
        position=position(sent.value, reference),
        status=OfferStatus.SUBMITTED,
        answer=None,
        made_by=by,
        made_at=at,
        mandate=sent.mandate,
        earlier=() if known is None else (*known.earlier, _earlier(known)),
    )


def answer(known: Offer, sent: OfferAnswered, *, by: UnitCode, at: datetime) -> Offer:
    """Accept or decline an offer."""
    if known.status is not OfferStatus.SUBMITTED:
        raise OfferNotOpen(known.status)
    if not sent.accepted and not (sent.reason or "").strip():
        raise ReasonNeeded
    given = Answer(accepted=sent.accepted, reason=sent.reason, by=by, at=at)
    return replace(known, status=OfferStatus.ACCEPTED if sent.accepted else OfferStatus.DECLINED, answer=given)


def withdraw(known: Offer) -> Offer:
    """Take an offer back before it is answered."""
    if known.status is not OfferStatus.SUBMITTED:
        raise OfferNotOpen(known.status)
    return replace(known, status=OfferStatus.WITHDRAWN)


def outside_corridor(
    targets: Iterable[AgreedTarget],
    references: Iterable[ReferenceValue],
    offers: Iterable[Offer],
    mandates: Collection[Mandate],
) -> Iterator[Place]:
    """Name the targets outside their corridor that neither an accepted justification nor a used mandate covers."""
    known = {reference.key: reference for reference in references}
    accepted = {(offer.unit, offer.indicator): offer.value for offer in offers if _justified(offer)}
    for target in targets:
        key = target.unit, target.indicator
        reference = known.get(key)
        covered = accepted.get(key) == target.value or any(m.covers(target.indicator, target.value) for m in mandates)
        if reference is None or covered:
            continue
        place = position(target.value, reference)
        if place is not Position.INSIDE:
            yield Place(pointer=target.pointer, code="outside_corridor", detail=_outside(target, reference, place))


def _justified(offer: Offer) -> bool:
    reason = offer.answer.reason if offer.answer else None
    return offer.status is OfferStatus.ACCEPTED and bool((offer.justification or reason or "").strip())


def _outside(target: AgreedTarget, reference: ReferenceValue, place: Position) -> Text:
    low, high = f"{reference.low:f}", f"{reference.high:f}"
    en, de = AMBITION[place]
    return Text(
        f"{target.value:f} for {target.indicator} is {en} than the corridor from {low} to {high}; "
        "have a justified offer accepted, or use a mandate that allows it",
        f"{target.value:f} für {target.indicator} ist {de} als der Korridor von {low} bis {high}; "
        "lassen Sie ein begründetes Angebot annehmen oder nutzen Sie eine Ermächtigung dafür",
    )


def _earlier(known: Offer) -> EarlierOffer:
    return EarlierOffer(
        value=known.value,
        justification=known.justification,
        position=known.position,
        status=known.status,
        answer=known.answer,
        made_by=known.made_by,
        made_at=known.made_at,
        mandate=known.mandate,
    )
