"""Who sees which attainment and reports: units within the caller's authority."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chassis.caller import Caller, Reach, Role, reach_of
from domain.unit import Units, UnknownUnit

from reporting.ports import Ports, Work

READERS = (
    Role.CONTROLLER,
    Role.UNIT_LEAD,
    Role.SUPERVISOR,
    Role.OFFICE,
    Role.AUDITOR,
    Role.OPERATOR,
    Role.SERVICE,
)
REPORT_READERS = (*READERS, Role.READER)


@asynccontextmanager
async def seeing(ports: Ports, caller: Caller, *roles: Role) -> AsyncIterator[tuple[Work, Units, Reach]]:
    """Open a transaction that sees what the caller may see."""
    caller.must_be(*(roles or READERS))
    units = await ports.units()
    reach = reach_of(caller, lambda codes: units.below(codes, ports.today()))
    async with ports.look(reach) as work:
        yield work, units, reach


def must_reach(units: Units, reach: Reach, code: str) -> None:
    """Refuse a unit that does not exist or is out of reach, in the same words."""
    if reach is not None and code not in reach:
        raise UnknownUnit(code)
    units.get(code)
