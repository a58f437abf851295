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
    if not visible(reach(caller, await work.units.tree(), ports.today()), agreement.units):
        raise UnknownAgreement(id)
    if not caller.units & agreement.units:
        caller.must_act_for(min(agreement.units))
    return agreement
