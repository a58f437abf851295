"""Running in the background: started apart, waited for, stopped by the lock it holds."""

import subprocess
import sys
import time

from stack.holding import ended, holder
from stack.leftovers import stop_leftover_database, stop_leftover_services
from stack.place import CannotStart, Place
from stack.screen import keep_tokens

PATIENCE = 300.0


def up(place: Place) -> str:
    """Start a copy in the background and wait until it is ready; one that runs is left alone."""
    begun = None if holder(place.pid) is not None else _begun(place)
    until = time.monotonic() + PATIENCE
    while not _is_ready(place):
        if begun is not None and begun.poll() is not None:
            raise CannotStart(place.tail("stack"))
        if begun is None and holder(place.pid) is None:
            raise CannotStart("the copy that was starting here has ended; try again")
        if time.monotonic() > until:
            raise CannotStart(f"not ready in time; see {place.log('stack')}")
        time.sleep(0.1)
    keep_tokens(place)
    return place.ready.read_text("utf-8")


def down(place: Place) -> str:
    """Stop what runs here and wait until it is gone, also what a killed copy left behind."""
    running = holder(place.pid) is not None
    if running and not ended(place.pid, PATIENCE):
        raise CannotStart(f"not stopped in time; see {place.log('stack')}")
    left = stop_leftover_services(place)
    database = stop_leftover_database(place)
    return "stopped" if running or left or database else "nothing is running here"


def status(place: Place) -> str:
    """Say what is running."""
    process = holder(place.pid)
    if process is None:
        return "nothing is running here"
    return place.ready.read_text("utf-8") if place.ready.exists() else f"process {process} is starting"


def _begun(place: Place) -> subprocess.Popen[bytes]:
    place.ready.unlink(missing_ok=True)
    place.log("stack").parent.mkdir(parents=True, exist_ok=True)
    with place.log("stack").open("wb") as log:
        command = [sys.executable, "-m", "stack", "run"]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)


def _is_ready(place: Place) -> bool:
    return place.ready.exists() and holder(place.pid) is not None
