"""Who may sign for whom: the party's own lead, or a deputy it named; until when, and who is reminded."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from chassis.caller import Caller
from domain.agreement import Agreement, Signature, SignatureLevel
from domain.identity import AgreementId, UnitCode
from domain.signing import Arrangement, Reminder, SignatureMade, Signing, reminded

from agreements.ports import Filed, Ports, Work
from agreements.usecases.filing import Check, refile
from agreements.usecases.sight import changeable, must_negotiate, seeing


async def signing_of(ports: Ports, caller: Caller, id: AgreementId, new_id: UUID) -> Filed[Signing]:
    """Give what the parties arranged for signing the present revision; version 0 where nothing was."""
    async with seeing(ports, caller) as work:
        return await _present(work, await work.agreements.get(id), new_id)


async def arrange(
    ports: Ports, caller: Caller, id: AgreementId, check: Check, arranged: Arrangement, new_id: UUID
) -> Filed[Signing]:
    """Set the last day and the deputies; a party names deputies for itself only."""
    async with ports.begin() as work:
        known = await _present(work, await changeable(work, ports, caller, id), new_id)
        check(known.version)
        for deputy in set(arranged.deputies) ^ set(known.value.arranged.deputies):
            caller.must_act_for(deputy.party)
        value = replace(known.value, arranged=arranged)
        return await refile(work, caller, work.signings, known, value, "signing.arranged")


async def remind(
    ports: Ports, caller: Caller, id: AgreementId, party: UnitCode, new_id: UUID, now: datetime
) -> Filed[Signing]:
    """Remind a party that has not signed, five times at most; the reminder goes out as an event."""
    async with ports.begin() as work:
        agreement = await changeable(work, ports, caller, id)
        known = await _present(work, agreement, new_id)
        value = reminded(known.value, agreement, Reminder(party=party, at=now))
        return await refile(work, caller, work.signings, known, value, "signing.reminded")


async def entitled(
    work: Work, ports: Ports, caller: Caller, agreement: Agreement, made: SignatureMade, now: datetime
) -> Signature:
    """Give the signature a caller may make for a party now, not sealed yet; a deputy needs no role of their own."""
    signing = (await _present(work, agreement, agreement.id)).value
    deputy = signing.deputy(made.party, caller.subject, ports.today())
    if deputy is None:
        await must_negotiate(work, ports, caller, agreement)
        caller.must_act_for(made.party)
    signing.must_be_open(ports.today())
    named = agreement.revision.party(made.party)
    return Signature(
        party=made.party,
        revision=made.revision,
        digest=made.digest,
        level=SignatureLevel.SIMPLE,
        signatory=deputy.signs_as if deputy else named.signs_as if named else "",
        subject=caller.subject,
        jws="",
        signed_at=now,
        deputy=deputy is not None,
    )


async def _present(work: Work, agreement: Agreement, new_id: UUID) -> Filed[Signing]:
    for filed in await work.signings.matching({"agreement": [agreement.id], "revision": [agreement.revision.number]}):
        return filed
    return Filed(id=new_id, version=0, value=Signing(agreement=agreement.id, revision=agreement.revision.number))
