"""Counts in memory: the storage that `limits` asks for, bounded, and with a clock that it is given."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from limits.storage import Storage

Clock = Callable[[], float]
MOST = 50_000


@dataclass(slots=True)
class Window:
    """How many requests came in it, and when it ends."""

    count: int
    ends: float


class Windows(Storage):
    """
    One open window for each key, from its first request on.

    All are of one length: they end in the order in which they began, so those that are over stand in front.
    """

    STORAGE_SCHEME = None

    def __init__(self, clock: Clock, most: int = MOST) -> None:
        """Count by this clock, in seconds; with `most` windows open the oldest gives way to a new one."""
        super().__init__()
        self._clock, self._most = clock, most
        self._windows: OrderedDict[str, Window] = OrderedDict()

    def __len__(self) -> int:
        """Say how many windows are held."""
        return len(self._windows)

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """Name what a storage may fail with: a dictionary with nothing."""
        return ()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count requests under a key, in a new window of `expiry` seconds where none is open; give the count."""
        window = self._open(key) or self._begun(key, expiry)
        window.count += amount
        return window.count

    def get(self, key: str) -> int:
        """Give the count of a key's open window."""
        window = self._open(key)
        return window.count if window else 0

    def get_expiry(self, key: str) -> float:
        """Say when a key's open window ends; now, where none is open."""
        window = self._open(key)
        return window.ends if window else self._clock()

    def check(self) -> bool:
        """Say that memory answers."""
        return True

    def clear(self, key: str) -> None:
        """Forget what was counted under a key."""
        self._windows.pop(key, None)

    def reset(self) -> int:
        """Forget all counts; give how many there were."""
        held = len(self._windows)
        self._windows.clear()
        return held

    def _open(self, key: str) -> Window | None:
        window = self._windows.get(key)
        return window if window and window.ends > self._clock() else None

    def _begun(self, key: str, expiry: int) -> Window:
        now = self._clock()
        while self._windows and (self._oldest.ends <= now or len(self._windows) >= self._most):
            self._windows.popitem(last=False)
        window = self._windows[key] = Window(0, now + expiry)
        return window

    @property
    def _oldest(self) -> Window:
        return next(iter(self._windows.values()))
