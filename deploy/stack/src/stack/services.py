"""Three service processes over one embedded PostgreSQL: migrated, started, waited for, stopped."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx
from chassis.database import Database
from chassis.development.embedded import ensure_database, start
from chassis.migrations import migrate

from stack.holding import hold, name
from stack.leftovers import forget_dead_users, stop_leftover_services
from stack.place import SERVICES, CannotStart, Place

PATIENCE = 60.0
GRACE = 10.0
Processes = Mapping[str, subprocess.Popen[bytes]]


@contextmanager
def running(place: Place) -> Iterator[Processes]:
    """Run all services until the block is left; stop them before PostgreSQL stops with this process."""
    stop_leftover_services(place)
    _must_be_free(place)
    place.log("stack").parent.mkdir(parents=True, exist_ok=True)
    urls = asyncio.run(_created(_database_server(place)))
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


def must_all_live(place: Place, processes: Processes) -> None:
    """Raise `CannotStart` with the end of its log where a service has ended by itself."""
    for service, process in processes.items():
        if process.poll() is not None:
            raise CannotStart(f"{service} ended by itself; its log ends with:\n{place.tail(service)}")


def environment(place: Place) -> dict[str, str]:
    """Give the environment of every process: development, and where the neighbours are."""
    neighbours = {f"ZIELWERK_{service.upper()}_URL": place.address(service) for service in SERVICES}
    ports = {f"ZIELWERK_{service.upper()}_PORT": str(port) for service, port in place.ports.items()}
    own = {"ZIELWERK_ENVIRONMENT": "development", "ZIELWERK_HOME": str(place.home)}
    return {**os.environ, **own, **neighbours, **ports}


def _database_server(place: Place) -> str:
    if any(character.isspace() for character in str(place.home)):
        raise CannotStart(f"PostgreSQL takes no spaces in a path: {place.home}; set ZIELWERK_HOME to another folder")
    forget_dead_users(place)
    try:
        return start(place.home)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        log = place.home / "postgres" / "log"
        raise CannotStart(f"PostgreSQL does not start below {place.home}: {error}; see {log}") from error


async def _created(server: str) -> dict[str, str]:
    return {service: await ensure_database(server, f"zielwerk_{service}") for service in SERVICES}


async def _migrated(urls: dict[str, str]) -> None:
    """Bring the databases up to date while the services start; they are ready only behind the newest migration."""
    for service, url in urls.items():
        database = Database(url)
        await migrate(database, service)
        await database.close()


def _started(place: Place, service: str, url: str) -> subprocess.Popen[bytes]:
    """Start a service that inherits the lock of the file naming it, and so holds it for as long as it lives."""
    told = {**environment(place), f"ZIELWERK_{service.upper()}_DATABASE_URL": url}
    command = [sys.executable, "-m", service, "serve"]
    with hold(place.service_pid(service)) as lock, place.log(service).open("ab") as log:
        process = subprocess.Popen(
            command,
            env=told,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=(lock.fileno(),),
        )
        name(lock, process.pid)
        return process


def _must_be_free(place: Place) -> None:
    for service, port in place.ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except PermissionError as error:
                raise CannotStart(f"port {port} is for administrators; set {_variable(service)} to another") from error
            except OSError as error:
                message = f"port {port} is taken; stop what uses it, or set {_variable(service)} to another"
                raise CannotStart(message) from error


def _variable(service: str) -> str:
    return f"ZIELWERK_{service.upper()}_PORT"


def _wait_until_ready(place: Place, processes: Processes) -> None:
    waiting, until = set(SERVICES), time.monotonic() + PATIENCE
    while waiting:
        must_all_live(place, processes)
        waiting = {service for service in waiting if not _is_ready(place, service)}
        if waiting and time.monotonic() > until:
            raise CannotStart(f"not ready in time: {', '.join(sorted(waiting))}; see {place.log('stack').parent}")
        time.sleep(0.05)


def _is_ready(place: Place, service: str) -> bool:
    try:
        return httpx.get(f"{place.address(service)}/readyz", timeout=2).is_success
    except httpx.HTTPError:
        return False


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
