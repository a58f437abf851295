"""Review grids: the next version added, all versions kept."""

from collections.abc import Sequence

from chassis.audit.change import Change
from chassis.caller import Caller, Role
from chassis.event import Event
from domain.review_grid import ReviewGrid, following

from indicators.ports import Ports, Work
from indicators.usecases.filing import digest_of
from indicators.usecases.reviews.sight import GRID_READERS, known_grid


async def add(ports: Ports, caller: Caller, sent: ReviewGrid) -> ReviewGrid:
    """Add the next version of a grid; rounds keep the version they were planned with."""
    caller.must_be(Role.OPERATOR)
    async with ports.begin() as work:
        grid = following(await work.review_grids.versions(sent.code, alone=True), sent)
        await keep(work, caller, grid)
        return grid


async def keep(work: Work, caller: Caller, grid: ReviewGrid) -> None:
    """Keep a version, record and tell it."""
    await work.review_grids.add(grid)
    resource, told = f"reviewgrid:{grid.code}", "review_grid.added"
    await work.audit.record(Change(by=caller.subject, action=told, resource=resource, after=digest_of(grid)))
    data = {"code": grid.code, "version": grid.version}
    await work.events.tell(Event(type=told, subject=grid.code, data=data))


async def listed(ports: Ports, caller: Caller, codes: Sequence[str]) -> Sequence[ReviewGrid]:
    """List the versions of all grids, or of some."""
    caller.must_be(*GRID_READERS)
    async with ports.look(None) as work:
        return await work.review_grids.listed(codes)


async def one(ports: Ports, caller: Caller, code: str, version: int) -> ReviewGrid:
    """Give one version of a grid."""
    caller.must_be(*GRID_READERS)
    async with ports.look(None) as work:
        return await known_grid(work, code, version)
