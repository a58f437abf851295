"""A clock that is set by hand, and people who ask again and again by it."""

from collections.abc import Iterable
from dataclasses import dataclass

from chassis.limiting.allowance import Allowance, Taken


@dataclass
class HandClock:
    """Seconds that pass when somebody says so."""

    seconds: float = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.seconds

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds


@dataclass(frozen=True)
class Asked:
    """Somebody asks, some seconds behind whoever asked before."""

    who: str
    after: float


def answers(asked: Iterable[Asked], rate: str) -> list[tuple[float, Asked, Taken]]:
    """Give what comes of each request, and when."""
    clock = HandClock()
    allowance, told = Allowance("caller", rate, clock), []
    for one in asked:
        clock.pass_by(one.after)
        told.append((clock(), one, allowance.take(one.who)))
    return told
