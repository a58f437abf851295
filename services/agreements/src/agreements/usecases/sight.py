"""Who sees which agreements: a party within the caller's authority."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from chassis.caller import Caller, Reach, Role, reach_of, visible
from domain.agreement import Agreement
from domain.identity import AgreementId
from domain.unit import Units

from agreements.ports import Ports, Work
from agreements.usecases.errors import UnknownAgreement

NEGOTIATORS = (Role.UNIT_LEAD, Role.SUPERVISOR)
READERS = (
    *NEGOTIATORS,
    Role.CONTROLLER,
    Role.OFFICE,
    Role.READER,
    Role.UPLOADER,
    Role.AUDITOR,
    Role.OPERATOR,
    Role.SERVICE,
)


OURSELVES = Caller(subject="service:agreements", name="agreements", roles=frozenset({Role.SERVICE}), units=frozenset())
"""Who acts when the service repairs or finishes something by itself."""


def reach(caller: Caller, units: Units, on: date) -> Reach:
    """Give the units whose agreements a caller may see on a day."""
    return reach_of(caller, lambda codes: units.below(codes, on))


@asynccontextmanager
async def seeing(ports: Ports, caller: Caller) -> AsyncIterator[Work]:
    """Open a transaction that sees what the caller may see."""
    caller.must_be(*READERS)
    async with ports.look(None) as work:
        units = await work.units.tree()
    async with ports.look(reach(caller, units, ports.today())) as work:
        yield work


async def changeable(work: Work, ports: Ports, caller: Caller, id: AgreementId) -> Agreement:
    """Lock an agreement for a change by somebody who sees it and negotiates for one of its parties."""
    caller.must_be(*NEGOTIATORS)
    agreement = await work.agreements.locked(id)
    await must_negotiate(work, ports, caller, agreement)
    return agreement


async def must_negotiate(work: Work, ports: Ports, caller: Caller, agreement: Agreement) -> None:
    """Refuse who acts for no party that binds itself; who does not even see the agreement is told there is none."""
    caller.must_be(*NEGOTIATORS)
    if not visible(reach(caller, await work.units.tree(), ports.today()), agreement.units):
        raise UnknownAgreement(agreement.id)
    negotiating = agreement.revision.binding or agreement.units
    if not caller.units & negotiating:
        caller.must_act_for(min(negotiating))


async def sharing(work: Work, ports: Ports, caller: Caller, id: AgreementId, *roles: Role) -> Agreement:
    """Give an agreement to somebody with one of these roles who acts for a party or for a unit below one."""
    caller.must_be(*roles)
    agreement = await work.agreements.get(id)
    units = await work.units.tree()
    if not visible(reach(caller, units, ports.today()), agreement.units):
        raise UnknownAgreement(id)
    if not caller.units & units.below(agreement.units, ports.today()):
        caller.must_act_for(min(agreement.units))
    return agreement
