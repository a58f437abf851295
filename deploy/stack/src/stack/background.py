"""Running in the background: started apart, waited for, stopped by its process id."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from stack.place import Place
from stack.services import CannotStart

PATIENCE = 300.0


def process_of(place: Place) -> int | None:
    """Give the process id of a running copy; a stale file is cleared away."""
    if not place.pid.exists():
        return None
    text = place.pid.read_text().strip()
    if text.isdecimal() and _alive(int(text)):
        return int(text)
    place.pid.unlink(missing_ok=True)
    place.ready.unlink(missing_ok=True)
    return None


def up(place: Place) -> str:
    """Start a copy in the background and wait until it is ready; one that runs is left alone."""
    if process_of(place) is None:
        place.log("stack").parent.mkdir(parents=True, exist_ok=True)
        with place.log("stack").open("wb") as log:
            subprocess.Popen([sys.executable, "-m", "stack", "run"], stdout=log, stderr=log, start_new_session=True)
        time.sleep(0.5)
    until = time.monotonic() + PATIENCE
    while not place.ready.exists():
        if process_of(place) is None and time.monotonic() > until - PATIENCE + 5:
            raise CannotStart(place.log("stack").read_text("utf-8", "replace")[-2000:])
        if time.monotonic() > until:
            raise CannotStart(f"not ready in time; see {place.log('stack')}")
        time.sleep(0.1)
    return place.ready.read_text()


def down(place: Place) -> str:
    """Stop a running copy and wait until it is gone."""
    process = process_of(place)
    if process is None:
        return "nothing is running here"
    os.kill(process, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while _alive(process) and time.monotonic() < until:
        time.sleep(0.1)
    return "stopped"


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text("utf-8")
    except OSError:
        return True
