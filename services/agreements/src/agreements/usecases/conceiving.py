"""The goal concept: statements, conferences, unresolved points put to a body and decided."""

from datetime import datetime
from uuid import UUID

from chassis.caller import Caller
from domain.concept import (
    Conference,
    ConferenceHeld,
    Decision,
    Escalation,
    EscalationStatus,
    PointRaised,
    Statement,
    StatementMade,
    decide,
)
from domain.identity import AgreementId

from agreements.ports import Filed, Ports, Work
from agreements.usecases.belonging import SHARERS, own
from agreements.usecases.errors import UnknownDocument
from agreements.usecases.filing import Check, file, refile
from agreements.usecases.naming import must_know
from agreements.usecases.sight import NEGOTIATORS, READERS, sharing
from agreements.usecases.tiers import known_body


async def state(
    ports: Ports, caller: Caller, id: AgreementId, made: StatementMade, new_id: UUID, now: datetime
) -> Filed[Statement]:
    """Make an office's written statement on an agreement or one of its goals."""
    async with ports.begin() as work:
        caller.must_act_for(made.unit)
        agreement = await sharing(work, ports, caller, id, *SHARERS)
        if made.goal is not None:
            agreement.revision.goal(made.goal)
        value = Statement(agreement=id, unit=made.unit, made=made, by=caller.subject, at=now)
        return await file(work, caller, work.statements, new_id, value, "statement.made")


async def escalate(
    ports: Ports, caller: Caller, id: AgreementId, raised: PointRaised, new_id: UUID
) -> Filed[Escalation]:
    """Put an unresolved point to a body, with the positions of both sides."""
    async with ports.begin() as work:
        agreement = await sharing(work, ports, caller, id, *SHARERS)
        if raised.goal is not None:
            agreement.revision.goal(raised.goal)
        await known_body(work, raised.body)
        await must_know(work, {f"/positions/{n}/unit": p.unit for n, p in enumerate(raised.positions)})
        value = Escalation(agreement=id, status=EscalationStatus.OPEN, raised=raised)
        return await file(work, caller, work.escalations, new_id, value, "escalation.raised")


async def settle(
    ports: Ports, caller: Caller, id: AgreementId, key: UUID, check: Check, decision: Decision
) -> Filed[Escalation]:
    """Record the body's decision, by somebody who acts for the body's unit; from now on it binds."""
    caller.must_be(*NEGOTIATORS)
    async with ports.begin() as work:
        known = await own(work.escalations, id, key)
        caller.must_act_for((await known_body(work, known.value.raised.body)).value.unit)
        check(known.version)
        value = decide(known.value, decision)
        return await refile(work, caller, work.escalations, known, value, "escalation.decided")


async def conferences(ports: Ports, caller: Caller, round: UUID) -> list[Filed[Conference]]:
    """List the conferences of a planning round."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        await work.planning_rounds.get(round)
        return await work.conferences.matching({"round": [round]})


async def hold(ports: Ports, caller: Caller, round: UUID, held: ConferenceHeld, new_id: UUID) -> Filed[Conference]:
    """Record a conference of a round, for the unit that leads it."""
    async with ports.begin() as work:
        await _must_lead(work, caller, round)
        value = Conference(round=round, held=held)
        return await file(work, caller, work.conferences, new_id, value, "conference.held")


async def correct(
    ports: Ports, caller: Caller, round: UUID, key: UUID, check: Check, held: ConferenceHeld
) -> Filed[Conference]:
    """Change what is recorded of a conference."""
    async with ports.begin() as work:
        await _must_lead(work, caller, round)
        known = await work.conferences.locked(key)
        if known.value.round != round:
            raise UnknownDocument(name="Conference", id=key)
        check(known.version)
        value = Conference(round=round, held=held)
        return await refile(work, caller, work.conferences, known, value, "conference.changed")


async def _must_lead(work: Work, caller: Caller, round: UUID) -> None:
    caller.must_be(*SHARERS)
    caller.must_act_for((await work.planning_rounds.get(round)).value.lead)
