"""Proposing, accepting, declining, bringing into force, ending."""

from datetime import datetime

from chassis.caller import Caller
from domain import negotiation
from domain.agreement import Acceptance, Agreement, Declaration, Status
from domain.identity import AgreementId, UnitCode
from domain.refusal import Act, NotAllowedNow

from agreements.ports import Ports, Work
from agreements.usecases.drafting import digest_of, tell
from agreements.usecases.errors import PartyNeeded
from agreements.usecases.filing import Check
from agreements.usecases.sight import changeable

TOLD = {
    Act.PROPOSE: "agreement.proposed",
    Act.AGREE: "agreement.accepted",
    Act.DECLINE: "agreement.declined",
    Act.WITHDRAW: "agreement.withdrawn",
    Act.ACTIVATE: "agreement.in_force",
    Act.CLOSE: "agreement.closed",
}


async def transit(
    ports: Ports,
    caller: Caller,
    id: AgreementId,
    check: Check,
    act: Act,
    *,
    party: UnitCode | None,
    revision: int | None,
    reason: str | None,
    now: datetime,
) -> Agreement:
    """Move an agreement by one act of its life; signing has its own use case."""
    async with ports.begin() as work:
        agreement = await changeable(work, ports, caller, id)
        check(agreement.version)
        if act is Act.AGREE:
            moved = negotiation.agree(agreement, _acceptance(caller, party, revision, now))
        elif act is Act.DECLINE:
            moved = negotiation.decline(agreement, _acting(caller, party), reason)
        else:
            moved = _moved(ports, agreement, act, reason)
        await work.agreements.update(moved, digest_of(moved))
        await _supersede(work, moved)
        await tell(work, "agreement.agreed" if moved.status is Status.AGREED else TOLD[act], moved)
    return moved


async def amend(ports: Ports, caller: Caller, id: AgreementId, check: Check, amendment: AgreementId) -> Agreement:
    """Draft an amendment of an agreement in force; the agreement itself is not changed."""
    async with ports.begin() as work:
        agreement = await changeable(work, ports, caller, id)
        check(agreement.version)
        drafted = negotiation.amend(agreement, amendment)
        await work.agreements.add(drafted, digest_of(drafted))
        await tell(work, "agreement.drafted", drafted)
    return drafted


async def declare(ports: Ports, caller: Caller, id: AgreementId, declaration: Declaration) -> Declaration:
    """Keep what a party declares of a goal of an agreement in force."""
    async with ports.begin() as work:
        agreement = await changeable(work, ports, caller, id)
        caller.must_act_for(declaration.party)
        agreement.revision.goal(declaration.goal)
        if agreement.status is not Status.IN_FORCE:
            raise NotAllowedNow(act=Act.REVISE, status=agreement.status, allowed="declarations once it is in force")
        await work.agreements.declare(id, declaration)
        await tell(work, "goal.declared", agreement)
    return declaration


def _moved(ports: Ports, agreement: Agreement, act: Act, reason: str | None) -> Agreement:
    if act is Act.PROPOSE:
        return negotiation.propose(agreement)
    if act is Act.WITHDRAW:
        return negotiation.withdraw(agreement, reason)
    if act is Act.ACTIVATE:
        return negotiation.activate(agreement, ports.today())
    return negotiation.close(agreement)


def _acting(caller: Caller, party: UnitCode | None) -> UnitCode:
    if party is None:
        raise PartyNeeded
    caller.must_act_for(party)
    return party


def _acceptance(caller: Caller, party: UnitCode | None, revision: int | None, now: datetime) -> Acceptance:
    if revision is None:
        raise PartyNeeded
    return Acceptance(party=_acting(caller, party), revision=revision, subject=caller.subject, accepted_at=now)


async def _supersede(work: Work, moved: Agreement) -> None:
    """End the agreement whose amendment has just come into force."""
    if moved.status is not Status.IN_FORCE or moved.predecessor is None:
        return
    earlier = await work.agreements.locked(moved.predecessor)
    if earlier.status is Status.IN_FORCE:
        ended = negotiation.supersede(earlier)
        await work.agreements.update(ended, digest_of(ended))
        await tell(work, "agreement.amended", ended)
