"""Offers: trying one without a trace, making it, answering it, taking it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from chassis.caller import Caller, Role, visible
from domain.comparison_group import peers
from domain.corridor import NoReferenceValue, ReferenceValue
from domain.identity import IndicatorCode, UnitCode
from domain.mandate import Mandate
from domain.offer import Offer, OfferAnswered, OfferMade, answer, make, withdraw
from domain.phase import Phase
from domain.planning import PlanningRound
from domain.simulation import Simulation, simulate

from agreements.ports import Filed, Ports, Work
from agreements.usecases.errors import UnknownCode, UnknownDocument
from agreements.usecases.filing import Check, file, refile
from agreements.usecases.sight import NEGOTIATORS, reach, seeing


@dataclass(frozen=True, slots=True, kw_only=True)
class InRound:
    """An offer with the round it is made in, whose trial marks it."""

    round: PlanningRound
    offer: Filed[Offer]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTried:
    """A value that a unit thinks of offering."""

    unit: UnitCode
    indicator: IndicatorCode
    value: Decimal


async def matching(
    ports: Ports, caller: Caller, id: UUID, keys: Mapping[str, Sequence[str]], after: UUID | None, limit: int
) -> list[InRound]:
    """List a round's offers within reach, each against the corridor as it is now."""
    async with seeing(ports, caller) as work:
        round = (await work.planning_rounds.get(id)).value
        found = await work.offers.matching({"round": [id], **keys}, after, limit)
        return [InRound(round=round, offer=placed) for placed in await _placed(work, id, found)]


async def one(ports: Ports, caller: Caller, id: UUID, offer: UUID) -> InRound:
    """Give one offer."""
    async with seeing(ports, caller) as work:
        round = (await work.planning_rounds.get(id)).value
        (placed,) = await _placed(work, id, [_of_round(await work.offers.get(offer), id)])
        return InRound(round=round, offer=placed)


async def offer(ports: Ports, caller: Caller, id: UUID, new: UUID, sent: OfferMade, now: datetime) -> InRound:
    """Offer a value for a unit; what it offered before for the indicator becomes an earlier version."""
    caller.must_be(Role.UNIT_LEAD)
    async with ports.begin() as work:
        round = (await work.planning_rounds.get(id)).value
        caller.must_act_for(sent.unit)
        round.must_be_in(Phase.NEGOTIATION)
        reference = _own(await work.reference_values.of([id], [sent.unit], [sent.indicator]), sent.unit, sent.indicator)
        if sent.mandate is not None and (await work.mandates.get(sent.mandate)).value.holder != sent.unit:
            raise UnknownDocument(name=Mandate.__name__, id=sent.mandate)
        known = await work.offers.matching({"round": [id], "unit": [sent.unit], "indicator": [sent.indicator]})
        if not known:
            made = make(reference, sent, None, by=caller.subject, at=now)
            return InRound(round=round, offer=await file(work, caller, work.offers, new, made, "offer.made"))
        before = await work.offers.locked(known[0].id)
        made = make(reference, sent, before.value, by=caller.subject, at=now)
        return InRound(round=round, offer=await refile(work, caller, work.offers, before, made, "offer.made"))


async def reply(
    ports: Ports, caller: Caller, id: UUID, offer: UUID, check: Check, sent: OfferAnswered, now: datetime
) -> InRound:
    """Accept or decline an offer for the unit that leads the round."""
    caller.must_be(Role.SUPERVISOR)
    async with ports.begin() as work:
        round, known = await _changeable(ports, work, caller, id, offer)
        caller.must_act_for(round.lead)
        check(known.version)
        round.must_be_in(Phase.NEGOTIATION, Phase.CONCLUSION)
        (placed,) = await _placed(work, id, [known])
        answered = answer(placed.value, sent, by=round.lead, at=now)
        return InRound(round=round, offer=await refile(work, caller, work.offers, known, answered, "offer.answered"))


async def take_back(ports: Ports, caller: Caller, id: UUID, offer: UUID, check: Check) -> InRound:
    """Take an offer back before it is answered."""
    caller.must_be(Role.UNIT_LEAD)
    async with ports.begin() as work:
        round, known = await _changeable(ports, work, caller, id, offer)
        caller.must_act_for(known.value.unit)
        check(known.version)
        withdrawn = withdraw(known.value)
        return InRound(round=round, offer=await refile(work, caller, work.offers, known, withdrawn, "offer.withdrawn"))


async def try_out(ports: Ports, caller: Caller, id: UUID, tried: ValueTried, scheme: str | None) -> Simulation:
    """
    Say what a value would mean before it is offered: nothing is written.

    The whole round is read whoever asks, for ranks need the others' values; none of these leaves this function.
    """
    caller.must_be(*NEGOTIATORS)
    async with ports.look(None) as work:
        round = (await work.planning_rounds.get(id)).value
        supervises = Role.SUPERVISOR in caller.roles and round.lead in caller.units
        if not supervises:
            caller.must_act_for(tried.unit)
        references = await work.reference_values.of([id], (), [tried.indicator])
        offers = await work.offers.matching({"round": [id], "indicator": [tried.indicator]})
        named, group = await _group(ports, work, tried.unit, scheme)
    return simulate(
        _own(references, tried.unit, tried.indicator),
        tried.value,
        references,
        {filed.value.unit: filed.value.value for filed in offers if filed.value.stands},
        group,
        named=(scheme, named),
        trial=round.trial,
        told_all=supervises,
    )


async def _group(
    ports: Ports, work: Work, unit: UnitCode, scheme: str | None
) -> tuple[str | None, frozenset[UnitCode] | None]:
    if scheme is None:
        return None, None
    known = await work.comparison_groups.on(ports.today(), [scheme])
    if not known:
        raise UnknownCode(scheme)
    return peers(known, unit)


async def _changeable(
    ports: Ports, work: Work, caller: Caller, id: UUID, offer: UUID
) -> tuple[PlanningRound, Filed[Offer]]:
    """Lock an offer for a change by somebody who sees it."""
    round = (await work.planning_rounds.get(id)).value
    known = _of_round(await work.offers.locked(offer), id)
    if not visible(reach(caller, await work.units.tree(), ports.today()), {known.value.unit}):
        raise UnknownDocument(name=Offer.__name__, id=offer)
    return round, known


async def _placed(work: Work, round: UUID, found: Sequence[Filed[Offer]]) -> list[Filed[Offer]]:
    units, indicators = {filed.value.unit for filed in found}, {filed.value.indicator for filed in found}
    values = await work.reference_values.of([round], list(units), list(indicators)) if found else []
    known = {value.key: value for value in values}
    return [
        replace(filed, value=filed.value.against(known[filed.value.unit, filed.value.indicator])) for filed in found
    ]


def _of_round(filed: Filed[Offer], round: UUID) -> Filed[Offer]:
    if filed.value.round != round:
        raise UnknownDocument(name=Offer.__name__, id=filed.id)
    return filed


def _own(references: Sequence[ReferenceValue], unit: UnitCode, indicator: IndicatorCode) -> ReferenceValue:
    for reference in references:
        if reference.key == (unit, indicator):
            return reference
    raise NoReferenceValue(unit=unit, indicator=indicator)
