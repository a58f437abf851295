"""Three service processes over one embedded PostgreSQL: migrated, started, waited for, stopped."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from chassis.database import Database
from chassis.embedded import ensure_database, start
from chassis.migrations import migrate

from stack.place import SERVICES, Place

PATIENCE = 60.0
GRACE = 10.0


class CannotStart(Exception):
    """Something stands in the way of starting; the message says what to do."""


@contextmanager
def running(place: Place) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Run all services until the block is left; stop them before PostgreSQL stops with this process."""
    _must_be_free(place)
    place.log("stack").parent.mkdir(parents=True, exist_ok=True)
    urls = asyncio.run(_created(start(place.home)))
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for service in SERVICES:
            processes[service] = _started(place, service, urls[service])
        asyncio.run(_migrated(urls))
        _wait_until_ready(place, processes)
        yield processes
    finally:
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            _ended(process)


async def _created(server: str) -> dict[str, str]:
    return {service: await ensure_database(server, f"zielwerk_{service}") for service in SERVICES}


async def _migrated(urls: dict[str, str]) -> None:
    """Bring the databases up to date while the services start; they are ready only behind the newest migration."""
    for service, url in urls.items():
        database = Database(url)
        await migrate(database, service)
        await database.close()


def environment(place: Place) -> dict[str, str]:
    """Give the environment of every process: development, and where the neighbours are."""
    neighbours = {f"ZIELWERK_{service.upper()}_URL": place.address(service) for service in SERVICES}
    ports = {f"ZIELWERK_{service.upper()}_PORT": str(port) for service, port in place.ports.items()}
    own = {"ZIELWERK_ENVIRONMENT": "development", "ZIELWERK_HOME": str(place.home)}
    return {**os.environ, **own, **neighbours, **ports}


def _started(place: Place, service: str, url: str) -> subprocess.Popen[bytes]:
    told = {**environment(place), f"ZIELWERK_{service.upper()}_DATABASE_URL": url}
    with place.log(service).open("ab") as log:
        command = [sys.executable, "-m", service, "serve"]
        return subprocess.Popen(command, env=told, stdout=log, stderr=log, start_new_session=True)


def _must_be_free(place: Place) -> None:
    for service, port in place.ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                variable = f"ZIELWERK_{service.upper()}_PORT"
                raise CannotStart(f"port {port} is taken; stop what uses it, or set {variable} to another") from error


def _wait_until_ready(place: Place, processes: dict[str, subprocess.Popen[bytes]]) -> None:
    waiting, until = set(SERVICES), time.monotonic() + PATIENCE
    while waiting:
        for service in sorted(waiting):
            if processes[service].poll() is not None:
                raise CannotStart(f"{service} ended while starting; its log ends with:\n{_tail(place, service)}")
            if _is_ready(place, service):
                waiting.discard(service)
        if time.monotonic() > until:
            raise CannotStart(f"not ready in time: {', '.join(sorted(waiting))}; see {place.log('stack').parent}")
        time.sleep(0.05)


def _is_ready(place: Place, service: str) -> bool:
    try:
        return httpx.get(f"{place.address(service)}/readyz", timeout=2).is_success
    except httpx.HTTPError:
        return False


def _tail(place: Place, service: str) -> str:
    return "\n".join(place.log(service).read_text("utf-8", "replace").splitlines()[-15:])


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
