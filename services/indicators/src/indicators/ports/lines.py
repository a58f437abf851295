"""Where work waits for its turn in this process."""

import asyncio
from typing import Protocol, TypeVar


class InLine(Protocol):
    """What waits: numbered in the order it came in, by whom it was sent, how large its file is."""

    @property
    def number(self) -> int:
        """Give its number, which grows with time."""

    @property
    def sender(self) -> str:
        """Say who sent it."""

    @property
    def size(self) -> int:
        """Say how many bytes its file has."""


Waiting_contra = TypeVar("Waiting_contra", bound=InLine, contravariant=True)
Number_contra = TypeVar("Number_contra", contravariant=True)


class Held(Protocol[Number_contra]):
    """Jobs of one kind, within one transaction: who holds one is the only one to bring it to its end."""

    async def alone(self, number: Number_contra, /) -> None:
        """Wait until nobody else is at a job, and keep others from it until the transaction ends."""

    async def attempted(self, number: Number_contra, /) -> int | None:
        """Count one more attempt and give how many there were; 0 while it is not its turn, None where it is gone."""

    async def claim(self, number: Number_contra, /) -> bool:
        """Hold a job until the transaction ends; False where it is gone."""

    async def done(self, number: Number_contra, /) -> None:
        """Take a job out of the line."""


class Line(Protocol[Waiting_contra]):
    """Where jobs of one kind wait for their turn in this process."""

    def submit(self, job: Waiting_contra) -> "asyncio.Task[Exception | None]":
        """Put a job in line; its task ends with what was wrong with the file as a whole, if anything."""

    async def stop(self, seconds: float) -> None:
        """Let what is in line come to its end for so long, then leave the rest to the next process."""

    async def quiet(self, seconds: float) -> None:
        """Wait until nothing of what is in line now is left, so long at the most."""
