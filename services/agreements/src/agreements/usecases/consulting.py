"""Consulting committees: the sequence of steps, mandates and the duty to report."""

from dataclasses import fields
from uuid import UUID

from chassis.caller import Caller
from domain import mandate as mandates
from domain.consultation import Consultation, ConsultationPlanned
from domain.identity import AgreementId
from domain.mandate import Mandate, MandateGranted, MandateReported, MandateStatus, MandateUsed
from domain.refusal import NotAParty

from agreements.ports import Filed, Ports
from agreements.usecases.belonging import SHARERS, own
from agreements.usecases.filing import Check, file, refile
from agreements.usecases.sight import NEGOTIATORS, seeing, sharing
from agreements.usecases.tiers import known_body


async def plan_step(
    ports: Ports, caller: Caller, id: AgreementId, planned: ConsultationPlanned, new_id: UUID
) -> Filed[Consultation]:
    """Add a step to the consultation sequence."""
    async with ports.begin() as work:
        await sharing(work, ports, caller, id, *SHARERS)
        await known_body(work, planned.body)
        return await file(work, caller, work.consultations, new_id, _step(id, planned), "consultation.planned")


async def change_step(
    ports: Ports, caller: Caller, id: AgreementId, key: UUID, check: Check, planned: ConsultationPlanned
) -> Filed[Consultation]:
    """Change a step, or record its outcome."""
    async with ports.begin() as work:
        await sharing(work, ports, caller, id, *SHARERS)
        known = await own(work.consultations, id, key)
        check(known.version)
        await known_body(work, planned.body)
        told = "consultation.resolved" if planned.outcome else "consultation.changed"
        return await refile(work, caller, work.consultations, known, _step(id, planned), told)


async def grant(ports: Ports, caller: Caller, id: AgreementId, granted: MandateGranted, new_id: UUID) -> Filed[Mandate]:
    """Grant a party a mandate by a step of this agreement that decided."""
    async with ports.begin() as work:
        agreement = await sharing(work, ports, caller, id, *SHARERS)
        if granted.holder not in agreement.revision.binding:
            raise NotAParty(granted.holder)
        await known_body(work, granted.report_to)
        decision = await own(work.consultations, id, granted.consultation)
        value = mandates.grant(id, granted, decision.value)
        return await file(work, caller, work.mandates, new_id, value, "mandate.granted")


async def use(
    ports: Ports, caller: Caller, id: AgreementId, key: UUID, check: Check, used: MandateUsed
) -> Filed[Mandate]:
    """Use a mandate as its holder; the duty to report begins."""
    async with ports.begin() as work:
        await sharing(work, ports, caller, id, *NEGOTIATORS)
        known = await own(work.mandates, id, key)
        caller.must_act_for(known.value.holder)
        check(known.version)
        return await refile(work, caller, work.mandates, known, mandates.use(known.value, used), "mandate.used")


async def report(
    ports: Ports, caller: Caller, id: AgreementId, key: UUID, check: Check, reported: MandateReported
) -> Filed[Mandate]:
    """Record with which paper the body was told; the duty to report ends."""
    async with ports.begin() as work:
        await sharing(work, ports, caller, id, *SHARERS)
        known = await own(work.mandates, id, key)
        check(known.version)
        value = mandates.report(known.value, reported)
        return await refile(work, caller, work.mandates, known, value, "mandate.reported")


async def duties(
    ports: Ports, caller: Caller, statuses: list[MandateStatus], after: UUID | None, limit: int
) -> list[Filed[Mandate]]:
    """List mandates within reach, such as those whose use is still to be reported."""
    async with seeing(ports, caller) as work:
        return await work.mandates.matching({"status": statuses}, after, limit)


def _step(id: AgreementId, planned: ConsultationPlanned) -> Consultation:
    return Consultation(agreement=id, **{field.name: getattr(planned, field.name) for field in fields(planned)})
