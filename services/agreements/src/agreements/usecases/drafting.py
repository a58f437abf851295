"""Drafting an agreement and changing its revision."""

from collections.abc import Callable
from dataclasses import replace

from chassis.caller import Caller
from chassis.canonical import canonical, sha256
from chassis.event import Event
from domain.agreement import Agreement, Declaration, Revision, Status
from domain.agreement_payload import signed_payload
from domain.finding import Finding, findings
from domain.goal import Goal
from domain.identity import AgreementId, GoalCode
from domain.negotiation import revise

from agreements.ports import Kept, Ports, Wanted, Work
from agreements.usecases.errors import GoalExists, UnknownRevision
from agreements.usecases.filing import Check
from agreements.usecases.naming import must_know
from agreements.usecases.sight import NEGOTIATORS, changeable, seeing


def signed_bytes(id: AgreementId, revision: Revision) -> bytes:
    """Give the exact bytes every party signs (RFC 8785)."""
    return canonical(signed_payload(id, revision))


def digest_of(agreement: Agreement) -> str:
    """Give the digest of the present revision."""
    return sha256(signed_bytes(agreement.id, agreement.revision))


async def draft(ports: Ports, caller: Caller, id: AgreementId, content: Revision) -> Agreement:
    """Begin an agreement on behalf of one of its parties."""
    caller.must_be(*NEGOTIATORS)
    agreement = Agreement(id=id, version=1, status=Status.DRAFT, revision=content)
    if not caller.units & agreement.units:
        caller.must_act_for(min(agreement.units, default="of a party"))
    async with ports.begin() as work:
        await _must_name_known_units(work, content)
        await work.agreements.add(agreement, digest_of(agreement))
        await tell(work, "agreement.drafted", agreement)
    return agreement


async def change(
    ports: Ports, caller: Caller, id: AgreementId, check: Check, edit: Callable[[Revision], Revision]
) -> Agreement:
    """Put an edited revision in place; `check` refuses a caller who holds another version."""
    async with ports.begin() as work:
        agreement = await changeable(work, ports, caller, id)
        check(agreement.version)
        changed = revise(agreement, edit(agreement.revision))
        await _must_name_known_units(work, changed.revision)
        await work.agreements.update(changed, digest_of(changed))
        await tell(work, "agreement.revised", changed)
    return changed


def with_goal(goal: Goal) -> Callable[[Revision], Revision]:
    """Edit: add a goal at the end."""

    def edit(revision: Revision) -> Revision:
        if any(other.code == goal.code for other in revision.goals):
            raise GoalExists(goal.code)
        return replace(revision, goals=(*revision.goals, goal))

    return edit


def with_goal_replaced(code: GoalCode, goal: Goal) -> Callable[[Revision], Revision]:
    """Edit: put a goal in another's place."""

    def edit(revision: Revision) -> Revision:
        known = revision.goal(code)
        if goal.code != code and any(other.code == goal.code for other in revision.goals):
            raise GoalExists(goal.code)
        return replace(revision, goals=tuple(goal if other is known else other for other in revision.goals))

    return edit


def without_goal(code: GoalCode) -> Callable[[Revision], Revision]:
    """Edit: take a goal out."""

    def edit(revision: Revision) -> Revision:
        known = revision.goal(code)
        return replace(revision, goals=tuple(other for other in revision.goals if other is not known))

    return edit


async def one(ports: Ports, caller: Caller, id: AgreementId) -> Agreement:
    """Give one agreement."""
    async with seeing(ports, caller) as work:
        return await work.agreements.get(id)


async def matching(ports: Ports, caller: Caller, wanted: Wanted) -> list[Agreement]:
    """List agreements with a party within the caller's reach."""
    async with seeing(ports, caller) as work:
        return list(await work.agreements.matching(wanted))


async def revisions(ports: Ports, caller: Caller, id: AgreementId) -> list[Kept]:
    """List all revisions, oldest first."""
    async with seeing(ports, caller) as work:
        await work.agreements.get(id)
        return list(await work.agreements.revisions(id))


async def revision(ports: Ports, caller: Caller, id: AgreementId, number: int) -> Kept:
    """Give one revision."""
    for kept in await revisions(ports, caller, id):
        if kept.revision.number == number:
            return kept
    raise UnknownRevision(number)


async def check_findings(ports: Ports, caller: Caller, id: AgreementId) -> tuple[Finding, ...]:
    """Check the present revision by every rule."""
    return findings((await one(ports, caller, id)).revision)


async def declarations(ports: Ports, caller: Caller, id: AgreementId) -> list[Declaration]:
    """List what was declared of an agreement's goals."""
    async with seeing(ports, caller) as work:
        await work.agreements.get(id)
        return list(await work.agreements.declarations(id))


async def tell(work: Work, kind: str, agreement: Agreement) -> None:
    """Tell others that an agreement changed."""
    data = {
        "id": str(agreement.id),
        "status": agreement.status.value,
        "revision": agreement.revision.number,
        "year": agreement.revision.year,
        "units": [*sorted(agreement.units)],
    }
    await work.events.tell(Event(type=kind, subject=str(agreement.id), data=data))


async def _must_name_known_units(work: Work, content: Revision) -> None:
    named: dict[str, str | None] = {f"/parties/{n}/unit": party.unit for n, party in enumerate(content.parties)}
    for number, goal in enumerate(content.goals):
        named |= {f"/goals/{number}/carrier": goal.carrier, f"/goals/{number}/obligated": goal.obligated}
    await must_know(work, named)
