"""Who runs what here: a process holds a lock on the file that names it, so a number alone is never trusted."""

import fcntl
import os
import signal
import time
from pathlib import Path
from typing import IO

TRIES = 20
PAUSE = 0.05


class Held(Exception):
    """Another process that is alive holds this file."""


def hold(path: Path) -> IO[str]:
    """
    Hold a file until it is closed; raises `Held` while another process does.

    Who inherits the open file holds it too. The system lets go of it however the last holder ends.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("a+", encoding="utf-8")
    try:
        _lock(file)
    except Held:
        file.close()
        raise
    return file


def name(file: IO[str], process: int) -> None:
    """Write down which process holds a file."""
    file.truncate(0)
    file.write(str(process))
    file.flush()


def holder(path: Path) -> int | None:
    """Give the process that holds a file; None where nobody does, whatever number it was left with."""
    try:
        with path.open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                text = file.read().strip()
                return int(text) if text.isdecimal() else None
    except FileNotFoundError:
        pass
    return None


def ended(path: Path, patience: float) -> bool:
    """Ask the process that holds a file to end, and wait until it let go of it; say whether it did in time."""
    until = time.monotonic() + patience
    asked: int | None = None
    while (process := holder(path)) is not None:
        if process != asked:
            _asked(process)
            asked = process
        if time.monotonic() > until:
            return False
        time.sleep(PAUSE)
    return True


def _asked(process: int) -> None:
    try:
        os.kill(process, signal.SIGTERM)
    except ProcessLookupError:
        return  # it ended between being found and being asked


def _lock(file: IO[str]) -> None:
    """Take the lock; who only looks holds it for a moment, so a few tries are due."""
    for _ in range(TRIES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(PAUSE)
        else:
            return
    raise Held(file.name)
