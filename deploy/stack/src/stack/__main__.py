"""The command line of the local stack: run, up, down, status, token."""

import argparse
import asyncio
import atexit
import os
import signal
import sys
import time
from datetime import timedelta
from types import FrameType
from typing import NoReturn

import httpx
from chassis.clock import now
from demonstration.acting import Addresses, DemonstrationFailed
from demonstration.load import Loader, Shown

from stack.background import down, status, up
from stack.holding import Held, hold, name
from stack.place import CannotStart, Place
from stack.screen import closing
from stack.services import must_all_live, running
from stack.tokens import ROLES, token


def main() -> None:
    """Do what the arguments ask."""
    parser = argparse.ArgumentParser(prog="stack")
    acts = parser.add_subparsers(dest="act", required=True)
    for act in ("run", "up", "down", "status"):
        acts.add_parser(act)
    tokens = acts.add_parser("token")
    tokens.add_argument("--role", default="reader", choices=ROLES)
    tokens.add_argument("--unit", action="append", default=[])
    asked = parser.parse_args()
    try:
        place = Place.of_environment()
        if asked.act == "token":
            print(token(place, asked.role, tuple(asked.unit)))
        elif asked.act == "run":
            run(place)
        else:
            print({"up": up, "down": down, "status": status}[asked.act](place))
    except CannotStart as error:
        sys.exit(str(error))


def run(place: Place) -> None:
    """Run everything in the foreground until Ctrl-C, a request to stop, or the end of a service."""
    _stop_when_asked()
    try:
        lock = hold(place.pid)
    except Held as error:
        raise CannotStart("this copy is running already; `make down` stops it") from error
    atexit.register(lock.close)  # first in, last out: the copy is let go of when PostgreSQL has stopped
    name(lock, os.getpid())
    place.ready.unlink(missing_ok=True)
    try:
        _serve(place)
    except KeyboardInterrupt:
        print("stopped", flush=True)
    finally:
        place.ready.unlink(missing_ok=True)


def _serve(place: Place) -> None:
    print("starting PostgreSQL and three services …", flush=True)
    with running(place) as processes:
        screen = closing(place, demonstration(place))
        place.ready.write_text(screen, encoding="utf-8")
        print(screen, flush=True)
        while True:
            must_all_live(place, processes)
            time.sleep(0.5)


def _stop_when_asked() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # `nohup` is respected
        signal.signal(signal.SIGHUP, _stop)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """Break off whatever is going on, once; clearing away is not disturbed by a second Ctrl-C."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def demonstration(place: Place) -> Shown:
    """Load the demonstration where it is missing; old months are owed by tomorrow."""
    addresses = Addresses(**{service: place.address(service) for service in place.ports})
    tomorrow = (now().date() + timedelta(days=1)).isoformat()

    def sign(role: str, units: tuple[str, ...]) -> str:
        return token(place, role, units)

    loader = Loader(addresses, sign, place.demonstration, lambda text: print(f"  {text}", flush=True))
    try:
        return asyncio.run(loader.load(tomorrow))
    except (DemonstrationFailed, httpx.HTTPError) as error:
        logs = place.log("stack").parent
        raise CannotStart(f"the demonstration was not loaded: {error}; see the logs in {logs}") from error


if __name__ == "__main__":
    main()
