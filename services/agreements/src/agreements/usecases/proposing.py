"""Change proposals: made by one party, answered by the others, applied when all have taken them over."""

from datetime import datetime
from uuid import UUID

from chassis.caller import Caller
from domain.agreement import Agreement
from domain.identity import AgreementId, UnitCode
from domain.negotiation import destination, revise
from domain.proposal import (
    Answer,
    AnswerGiven,
    Proposal,
    ProposalMade,
    ProposalStatus,
    answered,
    applied,
    withdrawn,
)
from domain.refusal import Act, NotAParty

from agreements.ports import Filed, Ports, Work
from agreements.usecases.drafting import must_name_known_units
from agreements.usecases.errors import UnknownDocument
from agreements.usecases.filing import Check, file, refile
from agreements.usecases.keeping import keep
from agreements.usecases.sight import changeable, seeing


async def proposals(
    ports: Ports, caller: Caller, id: AgreementId, statuses: list[ProposalStatus], after: UUID | None, limit: int
) -> list[Filed[Proposal]]:
    """List an agreement's proposals, oldest first."""
    async with seeing(ports, caller) as work:
        await work.agreements.get(id)
        return await work.proposals.matching({"agreement": [id], "status": statuses}, after, limit)


async def proposal(ports: Ports, caller: Caller, id: AgreementId, key: UUID) -> Filed[Proposal]:
    """Give one proposal."""
    async with seeing(ports, caller) as work:
        return _of(id, await work.proposals.get(key))


async def propose_change(
    ports: Ports, caller: Caller, id: AgreementId, made: ProposalMade, new_id: UUID, now: datetime
) -> Filed[Proposal]:
    """Propose a change of the present or an earlier revision; what does not fit any more is refused at once."""
    async with ports.begin() as work:
        agreement = await _negotiable(work, ports, caller, id, made.party)
        content = applied(made, (await work.agreements.revision(id, made.revision)).revision, agreement.revision)
        await must_name_known_units(work, content)
        value = Proposal(agreement=id, status=ProposalStatus.OPEN, made=made, subject=caller.subject, at=now)
        return await file(work, caller, work.proposals, new_id, value, "proposal.made")


async def answer(
    ports: Ports, caller: Caller, id: AgreementId, key: UUID, check: Check, given: AnswerGiven, now: datetime
) -> Filed[Proposal]:
    """Answer a proposal; with the last yes it becomes a new revision, and what was accepted before falls."""
    async with ports.begin() as work:
        agreement = await _negotiable(work, ports, caller, id, given.party)
        known = _of(id, await work.proposals.locked(key))
        check(known.version)
        said = Answer(
            party=given.party, taken_over=given.taken_over, reason=given.reason, subject=caller.subject, at=now
        )
        value = answered(known.value, said, agreement.revision.binding)
        if value.status is ProposalStatus.TAKEN_OVER:
            await _apply(work, caller, agreement, value)
        return await refile(work, caller, work.proposals, known, value, f"proposal.{_told(value)}")


async def withdraw(
    ports: Ports, caller: Caller, id: AgreementId, key: UUID, check: Check, party: UnitCode
) -> Filed[Proposal]:
    """Take a proposal back."""
    async with ports.begin() as work:
        await _negotiable(work, ports, caller, id, party)
        known = _of(id, await work.proposals.locked(key))
        check(known.version)
        return await refile(work, caller, work.proposals, known, withdrawn(known.value, party), "proposal.withdrawn")


async def _negotiable(work: Work, ports: Ports, caller: Caller, id: AgreementId, party: UnitCode) -> Agreement:
    """Lock an agreement in which a party may bring changes by proposals now."""
    agreement = await changeable(work, ports, caller, id)
    caller.must_act_for(party)
    destination(agreement, Act.TAKE_OVER)
    if party not in agreement.revision.binding:
        raise NotAParty(party)
    return agreement


async def _apply(work: Work, caller: Caller, agreement: Agreement, value: Proposal) -> None:
    base = (await work.agreements.revision(agreement.id, value.made.revision)).revision
    changed = revise(agreement, applied(value.made, base, agreement.revision), Act.TAKE_OVER)
    await keep(work, caller, agreement, changed, "agreement.revised")


def _told(value: Proposal) -> str:
    return "answered" if value.status is ProposalStatus.OPEN else value.status.value


def _of(id: AgreementId, filed: Filed[Proposal]) -> Filed[Proposal]:
    if filed.value.agreement != id:
        raise UnknownDocument(name="Proposal", id=filed.id)
    return filed
