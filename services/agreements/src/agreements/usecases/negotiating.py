"""Proposing, accepting, declining, bringing into force, ending."""

from datetime import datetime

from chassis.caller import Caller
from domain import negotiation
from domain.agreement import Acceptance, Agreement, Declaration, Status
from domain.goal import Goal
from domain.identity import AgreementId, UnitCode
from domain.refusal import Act, NotAllowedNow

from agreements.ports import Ports, Work
from agreements.usecases.errors import NoSuchCondition, PartyNeeded
from agreements.usecases.filing import Check
from agreements.usecases.indicators import indicators_for
from agreements.usecases.keeping import keep, keep_new, tell
from agreements.usecases.sight import NEGOTIATORS, changeable
from agreements.usecases.surroundings import around

TOLD = {
    Act.PROPOSE: "agreement.proposed",
    Act.AGREE: "agreement.accepted",
    Act.DECLINE: "agreement.declined",
    Act.WITHDRAW: "agreement.withdrawn",
    Act.ACTIVATE: "agreement.in_force",
    Act.CLOSE: "agreement.closed",
}

CHECKED = frozenset({Act.PROPOSE, Act.AGREE})


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
    caller.must_be(*NEGOTIATORS)
    defined = await indicators_for(ports, id) if act in CHECKED else None
    async with ports.begin() as work:
        agreement = await changeable(work, ports, caller, id)
        check(agreement.version)
        if act is Act.AGREE:
            acceptance = _acceptance(caller, party, revision, now)
            moved = negotiation.agree(agreement, acceptance, await around(work, agreement, ports.today(), defined))
        elif act is Act.DECLINE:
            moved = negotiation.decline(agreement, _acting(caller, party), reason)
        elif act is Act.PROPOSE:
            moved = negotiation.propose(agreement, await around(work, agreement, ports.today(), defined))
        else:
            moved = _moved(ports, agreement, act, reason)
        await _supersede(work, caller, moved)
        await keep(work, caller, agreement, moved, _told(act, moved), **_who_signed(moved))
    return moved


async def amend(ports: Ports, caller: Caller, id: AgreementId, check: Check, amendment: AgreementId) -> Agreement:
    """Draft an amendment of an agreement in force; the agreement itself is not changed."""
    async with ports.begin() as work:
        agreement = await changeable(work, ports, caller, id)
        check(agreement.version)
        drafted = negotiation.amend(agreement, amendment)
        await keep_new(work, caller, drafted)
    return drafted


async def declare(ports: Ports, caller: Caller, id: AgreementId, declaration: Declaration) -> Declaration:
    """Keep what a party declares of a goal of an agreement in force."""
    async with ports.begin() as work:
        agreement = await changeable(work, ports, caller, id)
        caller.must_act_for(declaration.party)
        _must_have_condition(agreement.revision.goal(declaration.goal), declaration)
        if agreement.status is not Status.IN_FORCE:
            raise NotAllowedNow(act=Act.REVISE, status=agreement.status, allowed="declarations once it is in force")
        await work.agreements.declare(id, declaration)
        await tell(work, caller, agreement, agreement, "goal.declared")
    return declaration


def _moved(ports: Ports, agreement: Agreement, act: Act, reason: str | None) -> Agreement:
    match act:
        case Act.WITHDRAW:
            return negotiation.withdraw(agreement, reason)
        case Act.ACTIVATE:
            return negotiation.activate(agreement, ports.today())
        case Act.CLOSE:
            return negotiation.close(agreement)
    raise NotAllowedNow(act=act, status=agreement.status, allowed=", ".join(negotiation.allowed(agreement.status)))


def _acting(caller: Caller, party: UnitCode | None) -> UnitCode:
    if party is None:
        raise PartyNeeded
    caller.must_act_for(party)
    return party


def _acceptance(caller: Caller, party: UnitCode | None, revision: int | None, now: datetime) -> Acceptance:
    if revision is None:
        raise PartyNeeded
    return Acceptance(party=_acting(caller, party), revision=revision, subject=caller.subject, accepted_at=now)


def _told(act: Act, moved: Agreement) -> str:
    return "agreement.agreed" if moved.status is Status.AGREED else TOLD[act]


def _who_signed(moved: Agreement) -> dict[str, str]:
    """Name those who have signed already: a decline is told to all of them."""
    parties = sorted(s.party for s in moved.signatures if s.revision == moved.revision.number)
    return {"signed_by": ", ".join(parties)} if moved.status is Status.DECLINED else {}


def _must_have_condition(goal: Goal, declaration: Declaration) -> None:
    extra = getattr(goal.terms, "extra", None)
    known = extra.conditions if extra else ()
    if declaration.condition is not None and declaration.condition not in known:
        raise NoSuchCondition(condition=declaration.condition, known="; ".join(known) or "-")


async def _supersede(work: Work, caller: Caller, moved: Agreement) -> None:
    """End the agreement whose amendment has just come into force."""
    if moved.status is not Status.IN_FORCE or moved.predecessor is None:
        return
    earlier = await work.agreements.locked(moved.predecessor)
    if earlier.status is Status.IN_FORCE:
        ended = negotiation.supersede(earlier)
        await keep(work, caller, earlier, ended, "agreement.amended")
