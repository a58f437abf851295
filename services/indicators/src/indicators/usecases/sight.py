"""Who sees and delivers what: units within the caller's authority."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import date
from zoneinfo import ZoneInfo

from chassis.caller import Caller, Reach, Role, reach_of, visible
from domain.identity import UnitCode
from domain.unit import Units, UnknownUnit

from indicators.ports import Ports, Work
from indicators.usecases.errors import UnitsNotKnownYet

BERLIN = ZoneInfo("Europe/Berlin")
"""Where a day begins and ends."""
READERS = (
    Role.UPLOADER,
    Role.CONTROLLER,
    Role.UNIT_LEAD,
    Role.SUPERVISOR,
    Role.OFFICE,
    Role.AUDITOR,
    Role.OPERATOR,
    Role.SERVICE,
)
Shared = tuple[frozenset[UnitCode], frozenset[UnitCode]]
"""Who reaches one of the first sees all of the second."""
CATALOGUE_READERS = (*READERS, Role.READER)


async def known_units(ports: Ports) -> Units:
    """Give the copy of the units; where there is none yet, fetch it once."""
    try:
        async with ports.look(None) as work:
            return await work.units.tree()
    except UnitsNotKnownYet:
        document = await ports.fetch_units()
    async with ports.begin() as work:
        await work.units.keep(document)
        return await work.units.tree()


@asynccontextmanager
async def seeing(
    ports: Ports, caller: Caller, shared: Collection[Shared] = ()
) -> AsyncIterator[tuple[Work, Units, Reach]]:
    """Open a transaction that sees what the caller may see, and what units within reach share with others."""
    caller.must_be(*READERS)
    units = await known_units(ports)
    reach = reach_of(caller, lambda codes: units.below(codes, ports.today()))
    others = {code for whose, everybody in shared if visible(reach, whose) for code in everybody}
    seen = reach if reach is None else reach | units.below(others, ports.today())
    async with ports.look(seen) as work:
        yield work, units, reach


def must_reach(units: Units, reach: Reach, code: str) -> None:
    """Refuse a unit that does not exist or is out of reach, in the same words."""
    if reach is not None and code not in reach:
        raise UnknownUnit(code)
    units.get(code)


def with_all_below(units: Units, reach: Reach, codes: Collection[str], today: date) -> Reach:
    """Give units asked for and all below them, within reach; where none are asked for, all within reach."""
    for code in codes:
        must_reach(units, reach, code)
    if not codes:
        return reach
    below = units.below(codes, today)
    return frozenset(below) if reach is None else frozenset(below) & reach
