"""`make bench`: each promise as a ratio against its limit, measured in the same run on the same machine."""

import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import agreeing, attainment, columns, month_end, records, upload
from stack.place import SERVICES, Place
from stack.services import running

STARTS = 3
LIMIT = 0.1
LARGEST_PEAK = 500_000_000
AS_FAST_AS_IT_GOES = "1000000/second"
"""The rate limit while it is measured: P6 asks as one caller, some thousand times a second."""


def free_ports(names: Iterable[str] = SERVICES) -> dict[str, int]:
    """Find ports nobody uses."""
    sockets = {name: socket.socket() for name in names}
    for one in sockets.values():
        one.bind(("127.0.0.1", 0))
    ports = {name: int(one.getsockname()[1]) for name, one in sockets.items()}
    for one in sockets.values():
        one.close()
    return ports


def line(name: str, ratio: float, promise: str, behind: str) -> None:
    """Print one promise."""
    print(f"{name} ratio={ratio:.3f} promise{promise}  # {behind}", flush=True)


def main() -> None:
    """Measure P10, then P1, P2 and P6 on a running system."""
    os.environ["ZIELWERK_ENVIRONMENT"] = "development"
    os.environ["ZIELWERK_RATE_LIMIT"] = AS_FAST_AS_IT_GOES
    with tempfile.TemporaryDirectory(prefix="zielwerk-bench-", ignore_cleanup_errors=True) as folder:
        place = Place(home=Path(folder), ports=free_ports())
        with running(place):
            pass
        starts = []
        for number in range(STARTS):
            begun = perf_counter()
            with running(place) as processes:
                starts.append(perf_counter() - begun)
                if number == STARTS - 1:
                    asyncio.run(measured(place))
                    at_month_end(place, processes["indicators"].pid)
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
    named = f"same file again, announced by its digest, {uploads.announced * 1000:.0f} ms, median of {upload.RUNS}"
    line("P2", uploads.announced / uploads.first, "<=0.02", named)
    again = f"same file again, sent whole, {uploads.again * 1000:.0f} ms"
    line("P2-sent", uploads.again / uploads.first, "<=0.02", again)
    rate = f"1 % of the rows corrected: {uploads.corrected:.2f} s; ratio of its rate to that of the first upload"
    line("P3", uploads.first / uploads.corrected, ">=1.0", rate)
    pulls = await attainment.measure(place)
    peer = f"bare ASGI + JSON built in PostgreSQL {pulls.bare:.0f} req/s; 32 connections, medians of {attainment.RUNS}"
    line("P6", pulls.ours / pulls.bare, ">=1.0", f"400 rows with token and row-level security {pulls.ours:.0f}, {peer}")
    line("P6-unchanged", pulls.unchanged / pulls.bare, ">=2.0", f"304 {pulls.unchanged:.0f} req/s")
    line("P6-nothing-new", pulls.nothing_new / pulls.bare, ">=2.0", f"changes {pulls.nothing_new:.0f} req/s")


def at_month_end(place: Place, process: int) -> None:
    """Measure large files, many at once, and case records."""
    with tempfile.TemporaryDirectory(prefix="zielwerk-bench-") as folder:
        all_at_once = asyncio.run(month_end.month_end(place, Path(folder)))
        ratio = all_at_once.beside / all_at_once.alone
        behind = f"{all_at_once.units} units, 32 at once: median {all_at_once.alone * 1000:.0f} ms alone, "
        behind += f"{all_at_once.beside * 1000:.0f} ms beside 1 M rows, slowest {all_at_once.slowest * 1000:.0f} ms"
        line("P11", ratio, "=none", behind)
        large = month_end.large(place, process, Path(folder))
    line("P4", large.peak / LARGEST_PEAK, "<=1.0", f"{large.rows:,} rows: peak {large.peak / 1e6:.0f} MB; limit 500 MB")
    line("P9-upload", large.tenfold / large.once, "<=11", f"{large.once:.1f} s for a tenth, {large.tenfold:.1f} s")
    cases = records.measure()
    line("P5", cases.ours / cases.bare, "<=2.0", f"{cases.rows:,} case records by person: {cases.ours:.2f} s")
    behind = f"beside an aggregation that reads every column too: {cases.bare_of_all:.2f} s"
    line("P5-all-columns", cases.ours / cases.bare_of_all, "<=2.0", behind)
    ratio = cases.delivered / cases.bare_delivered
    line("P5-by-month", ratio, "<=2.0", f"the same as they are delivered: {cases.delivered:.2f} s")


if __name__ == "__main__":
    main()
