"""A line of files: one sender's in order, different ones side by side, no small file behind a large one."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine
from typing import Generic, TypeVar

from indicators.ports.lines import InLine

LARGE = 5_000_000
"""From how many bytes on a file goes into the lane of large ones."""
SMALL_AT_ONCE = 4
LARGE_AT_ONCE = 1

PAUSE = 0.2
"""After how many seconds it is asked again whether it is a job's turn."""

Job = TypeVar("Job", bound=InLine)
Outcome = Exception | None
Working = Callable[[Job], Coroutine[None, None, Outcome]]


class NotYet(Exception):
    """An earlier file of the same sender is still on its way in another process."""


class Line(Generic[Job]):
    """Works jobs off in this process; another process takes over what this one leaves behind."""

    def __init__(self, work: Working[Job], at_once: int = SMALL_AT_ONCE) -> None:
        """Work jobs off in this way, so many small ones at once."""
        self._work = work
        self._small, self._large = asyncio.Semaphore(at_once), asyncio.Semaphore(LARGE_AT_ONCE)
        self._running: dict[int, asyncio.Task[Outcome]] = {}
        self._of: defaultdict[str, dict[int, asyncio.Task[Outcome]]] = defaultdict(dict)

    def submit(self, job: Job) -> asyncio.Task[Outcome]:
        """Put a job in line behind its sender's earlier ones; the same job is there once."""
        known = self._running.get(job.number)
        if known is not None:
            return known
        task = asyncio.create_task(self._in_turn(job))
        self._running[job.number] = self._of[job.sender][job.number] = task
        task.add_done_callback(lambda done: self._forget(job, done))
        return task

    async def quiet(self, seconds: float) -> None:
        """Wait until nothing of what is in line now is left, so long at the most."""
        if self._running:
            await asyncio.wait(list(self._running.values()), timeout=seconds)

    async def stop(self, seconds: float) -> None:
        """Let what is in line come to its end for so long, then leave the rest to the next process."""
        await self.quiet(seconds)
        left = list(self._running.values())
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _in_turn(self, job: Job) -> Outcome:
        while True:
            await self._earlier(job)
            try:
                async with self._large if job.size >= LARGE else self._small:
                    return await self._work(job)
            except NotYet:
                await asyncio.sleep(PAUSE)

    async def _earlier(self, job: Job) -> None:
        """Wait until this process has no earlier job of the same sender, in whatever order they were put in line."""
        tasks = self._of[job.sender]
        while before := [number for number in tasks if number < job.number]:
            await asyncio.wait([tasks[max(before)]])

    def _forget(self, job: Job, done: "asyncio.Task[Outcome]") -> None:
        self._running.pop(job.number, None)
        del self._of[job.sender][job.number]
        if not self._of[job.sender]:
            del self._of[job.sender]
        if not done.cancelled():
            done.exception()
