"""Holding a file that waits in a line: one process at a time is at it, and only who holds it may end it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from domain.delivery import FileFault
from domain.errors import DomainError, Text, slug

from indicators.ports import Ports, Work
from indicators.ports.lines import Held
from indicators.usecases.errors import FileGone, FileUnreadable, GivenUp
from indicators.usecases.line import NotYet

MOST_ATTEMPTS = 3
OF_THE_WHOLE = (FileUnreadable, FileGone, GivenUp)
"""What can be wrong with a whole file."""

Number = TypeVar("Number")


JobsOf = Callable[[Work], Held[Number]]
"""Gives the jobs of one kind within a transaction."""


async def begun(ports: Ports, work: Work, jobs_of: JobsOf[Number], number: Number) -> bool:
    """
    Hold a job until the transaction of `work` ends; False where it is gone.

    The attempt is counted in a transaction of its own, which outlives a crash. NotYet where it is not the job's turn;
    GivenUp where processes have died on it again and again.
    """
    await jobs_of(work).alone(number)
    async with ports.begin() as counting:
        attempts = await jobs_of(counting).attempted(number)
    if attempts is None:
        return False
    if not attempts:
        raise NotYet
    if attempts > MOST_ATTEMPTS:
        raise GivenUp(MOST_ATTEMPTS)
    return await jobs_of(work).claim(number)


async def end(
    ports: Ports,
    jobs_of: JobsOf[Number],
    number: Number,
    file: UUID,
    keep: Callable[[Work], Awaitable[None]] | None = None,
) -> bool:
    """
    Take a job out of its line, keep why, and forget its file.

    False, and nothing is changed, where another process has taken the job over and brought it to its end; while that
    one is still at it, it is waited for.
    """
    async with ports.begin() as work:
        if not await jobs_of(work).claim(number):
            return False
        if keep is not None:
            await keep(work)
        await jobs_of(work).done(number)
    await ports.spool.drop(file)
    return True


def fault_of(error: DomainError) -> FileFault:
    """Write down what was wrong with a whole file."""
    return FileFault(
        problem=slug(type(error)),
        title=Text(error.title("en"), error.title("de")),
        detail=Text(error.detail("en"), error.detail("de")),
    )
