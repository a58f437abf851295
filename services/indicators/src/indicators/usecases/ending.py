"""Ending what came to nothing in a line of files: only who still holds a file may say that it failed."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from domain.delivery import FileFault
from domain.errors import DomainError, Text, slug

from indicators.ports import Ports, Work
from indicators.ports.lines import Held
from indicators.usecases.errors import FileGone, FileUnreadable, GivenUp

MOST_ATTEMPTS = 3
OF_THE_WHOLE = (FileUnreadable, FileGone, GivenUp)
"""What can be wrong with a whole file."""

Number = TypeVar("Number")


def must_not_be_given_up(attempts: int) -> None:
    """Refuse to begin a file again on which processes have died again and again."""
    if attempts > MOST_ATTEMPTS:
        raise GivenUp(MOST_ATTEMPTS)


async def end(
    ports: Ports,
    line: Callable[[Work], Held[Number]],
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
        if not await line(work).claim(number):
            return False
        if keep is not None:
            await keep(work)
        await line(work).done(number)
    await ports.spool.drop(file)
    return True


def fault_of(error: DomainError) -> FileFault:
    """Write down what was wrong with a whole file."""
    return FileFault(
        problem=slug(type(error)),
        title=Text(error.title("en"), error.title("de")),
        detail=Text(error.detail("en"), error.detail("de")),
    )
