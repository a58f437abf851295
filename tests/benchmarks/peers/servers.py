"""A peer's program: run once, or started, waited for, and ended with everything it started itself."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

PATIENCE = 180.0
GRACE = 10.0


def run_once(command: Sequence[str], told: Mapping[str, str], folder: Path) -> None:
    """Run a program to its end; its words stay in a file of the folder."""
    with (folder / "log").open("ab") as log:
        subprocess.run(command, cwd=folder, env={**os.environ, **told}, stdout=log, stderr=log, check=True)


@contextmanager
def serving(command: Sequence[str], told: Mapping[str, str], folder: Path, port: int) -> Iterator[None]:
    """Serve until the block is left."""
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **told},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _wait_until_it_listens(process, folder, port)
        yield
    finally:
        _end(process)


def _wait_until_it_listens(process: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    until = monotonic() + PATIENCE
    while not _listens(port):
        if process.poll() is not None or monotonic() > until:
            told = (folder / "log").read_text("utf-8", "replace")[-2_000:]
            raise RuntimeError(f"{process.args!r} does not serve; its log ends with:\n{told}")
        sleep(0.1)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the whole session of processes to end; what is left after a while is killed."""
    _signal(process.pid, signal.SIGTERM)
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        pass
    finally:
        _signal(process.pid, signal.SIGKILL)
        process.wait()


def _signal(session: int, number: signal.Signals) -> None:
    try:
        os.killpg(session, number)
    except ProcessLookupError:
        return
