"""Who reads and who writes what in internal control: offices within reach."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from chassis.caller import Caller, Reach, Role
from domain.file_review import FileReview
from domain.identity import UnitCode
from domain.review_grid import ReviewGrid
from domain.unit import Units, UnknownUnit

from indicators.ports import Ports, Work
from indicators.ports.documents import Filed
from indicators.usecases.reviews.errors import NotOnFile, UnknownGrid
from indicators.usecases.sight import known_units, must_reach, seeing

REVIEWERS = (Role.CONTROLLER, Role.UNIT_LEAD, Role.SUPERVISOR, Role.AUDITOR)
GRID_READERS = (*REVIEWERS, Role.OPERATOR)


@asynccontextmanager
async def reviewing(
    ports: Ports, caller: Caller, units: Sequence[str] = (), roles: Sequence[Role] = REVIEWERS
) -> AsyncIterator[tuple[Work, Units, Reach]]:
    """Open a transaction that sees what the caller may see; refuse units out of reach."""
    caller.must_be(*roles)
    async with seeing(ports, caller) as (work, tree, reach):
        for code in units:
            must_reach(tree, reach, code)
        yield work, tree, reach


async def controlled(ports: Ports, caller: Caller) -> frozenset[UnitCode]:
    """Give the units a controller writes for; a role that sees everything gives no right to write."""
    caller.must_be(Role.CONTROLLER)
    units = await known_units(ports)
    return frozenset(code for code in units.below(caller.units, ports.today()) if code in units.units)


def must_control(units: frozenset[UnitCode], code: str) -> None:
    """Refuse a unit that does not exist or is not the controller's, in the same words."""
    if code not in units:
        raise UnknownUnit(code)


def must_own(units: frozenset[UnitCode], filed: Filed[FileReview]) -> Filed[FileReview]:
    """Refuse a round of another controller's unit as if it were not there."""
    if filed.value.unit not in units:
        raise NotOnFile(kind=FileReview.__name__, id=filed.id)
    return filed


async def grid_of(work: Work, review: FileReview) -> ReviewGrid:
    """Give the version of the grid that a round is held against."""
    return await known_grid(work, review.grid, review.grid_version)


async def known_grid(work: Work, code: str, version: int) -> ReviewGrid:
    """Give one version of a grid; UnknownGrid where there is none."""
    for grid in await work.review_grids.versions(code):
        if grid.version == version:
            return grid
    raise UnknownGrid(code, version)
