"""`make bench`: each promise as a ratio against its limit, measured in the same run on the same machine."""

import asyncio
import os
import socket
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import agreeing, attainment, columns, upload
from stack.place import SERVICES, Place
from stack.services import running

STARTS = 3
LIMIT = 0.1


def free_ports() -> dict[str, int]:
    """Find ports nobody uses."""
    sockets = {service: socket.socket() for service in SERVICES}
    for one in sockets.values():
        one.bind(("127.0.0.1", 0))
    ports = {service: int(one.getsockname()[1]) for service, one in sockets.items()}
    for one in sockets.values():
        one.close()
    return ports


def line(name: str, ratio: float, promise: str, behind: str) -> None:
    """Print one promise."""
    print(f"{name} ratio={ratio:.3f} promise{promise}  # {behind}", flush=True)


def main() -> None:
    """Measure P10, then P1, P2 and P6 on a running system."""
    os.environ["ZIELWERK_ENVIRONMENT"] = "development"
    with tempfile.TemporaryDirectory(prefix="zielwerk-bench-", ignore_cleanup_errors=True) as folder:
        place = Place(home=Path(folder), ports=free_ports())
        with running(place):
            pass
        starts = []
        for number in range(STARTS):
            begun = perf_counter()
            with running(place):
                starts.append(perf_counter() - begun)
                if number == STARTS - 1:
                    asyncio.run(measured(place))
        seconds = median(starts)
        line("P10", seconds / 10, "<=1.0", f"{seconds:.1f} s to three ready services, median of {STARTS}; limit 10 s")


async def measured(place: Place) -> None:
    """Measure agreements, then uploads, then the supervisor's list."""
    *reads, planning = await agreeing.measure(place)
    for timed in reads:
        beside = f"{timed.ours * 1000:.0f} ms, {timed.ours / timed.bare:.0f} x the bare query; limit 100 ms"
        line(f"A-{timed.name}", timed.ours / LIMIT, "<=1.0", f"{timed.behind}: {beside}")
    beside = f"{planning.ours * 1000:.0f} ms; ratio to a bare insert of the same rows"
    line(f"A-{planning.name}", planning.ours / planning.bare, "=none", f"{planning.behind}: {beside}")
    readings = columns.measure()
    beside = (
        f"{readings.readings:,} readings in columns {readings.columns:.2f} s, one by one {readings.one_by_one:.0f} s"
    )
    line("A-columns", readings.columns / readings.one_by_one, "<=0.05", beside)
    uploads = await upload.measure(place)
    behind = (
        f"{uploads.rows:,} rows: upload {uploads.first:.2f} s, bare COPY {uploads.copy:.2f} s, medians of {upload.RUNS}"
    )
    line("P1", uploads.copy / uploads.first, ">=0.8", behind)
    again = f"same file again {uploads.again * 1000:.0f} ms, median of {upload.RUNS}"
    line("P2", uploads.again / uploads.first, "<=0.02", again)
    pulls = await attainment.measure(place)
    peer = f"bare ASGI + JSON built in PostgreSQL {pulls.bare:.0f} req/s; 32 connections, medians of {attainment.RUNS}"
    line("P6", pulls.ours / pulls.bare, ">=1.0", f"400 rows with token and row-level security {pulls.ours:.0f}, {peer}")
    line("P6-unchanged", pulls.unchanged / pulls.bare, ">=2.0", f"304 {pulls.unchanged:.0f} req/s")
    line("P6-nothing-new", pulls.nothing_new / pulls.bare, ">=2.0", f"changes {pulls.nothing_new:.0f} req/s")


if __name__ == "__main__":
    main()
