"""The command line of the local stack: run, up, down, status, token."""

import argparse
import asyncio
import os
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

from chassis.clock import now
from demonstration.load import Addresses, Loader

from stack.background import down, process_of, up
from stack.place import Place
from stack.screen import closing
from stack.services import CannotStart, running
from stack.tokens import token


def main() -> None:
    """Do what the arguments ask."""
    parser = argparse.ArgumentParser(prog="stack")
    acts = parser.add_subparsers(dest="act", required=True)
    for act in ("run", "up", "down", "status"):
        acts.add_parser(act)
    tokens = acts.add_parser("token")
    tokens.add_argument("--role", default="reader")
    tokens.add_argument("--unit", action="append", default=[])
    asked, place = parser.parse_args(), Place.of_environment()
    try:
        if asked.act == "token":
            print(token(place, asked.role, tuple(asked.unit)))
        elif asked.act == "run":
            run(place)
        else:
            print({"up": up, "down": down, "status": status}[asked.act](place))
    except CannotStart as error:
        sys.exit(str(error))


def run(place: Place) -> None:
    """Run everything in the foreground until Ctrl-C or a request to stop."""
    if process_of(place) is not None:
        raise CannotStart("this copy is running already; `make down` stops it")
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    place.home.mkdir(parents=True, exist_ok=True)
    place.pid.write_text(str(os.getpid()))
    try:
        print("starting PostgreSQL and three services …", flush=True)
        with running(place):
            screen = closing(place, demonstration(place))
            place.ready.write_text(screen)
            print(screen, flush=True)
            stop.wait()
            print("stopping …", flush=True)
    finally:
        place.ready.unlink(missing_ok=True)
        place.pid.unlink(missing_ok=True)


def demonstration(place: Place) -> Path:
    """Load the demonstration where it is missing; old months are owed by tomorrow."""
    addresses = Addresses(**{service: place.address(service) for service in place.ports})
    tomorrow = (now().date() + timedelta(days=1)).isoformat()

    def sign(role: str, units: tuple[str, ...]) -> str:
        return token(place, role, units)

    loader = Loader(addresses, sign, place.demonstration, lambda text: print(f"  {text}", flush=True))
    return asyncio.run(loader.load(tomorrow))


def status(place: Place) -> str:
    """Say what is running."""
    process = process_of(place)
    if process is None:
        return "nothing is running here"
    return place.ready.read_text() if place.ready.exists() else f"process {process} is starting"


if __name__ == "__main__":
    main()
