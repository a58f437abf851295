"""`make bench-peers`: the upload beside what a user would take instead, turn by turn on the same PostgreSQL.

Arguments: the folder the peers are installed in, then how many months each file holds (48 are a million rows).
"""

import asyncio
import atexit
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.peers.django_rest import django_rest
from benchmarks.peers.headless import headless
from benchmarks.peers.peer import Base, Peer
from benchmarks.peers.turns import Size, Turns
from benchmarks.run import free_ports
from benchmarks.upload import registered
from chassis.development.embedded import ensure_database, start
from stack.place import Place
from stack.services import running


def main() -> None:
    """Measure every size of file."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    os.environ["ZIELWERK_ENVIRONMENT"] = "development"
    installed, sizes = Path(sys.argv[1]).resolve(), [int(months) for months in sys.argv[2:]]
    folder = Path(tempfile.mkdtemp(prefix="zielwerk-peers-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # the last to go: PostgreSQL registers its end later
    place = Place(home=folder / "zielwerk", ports=free_ports())
    with running(place), _peers(installed, place, folder) as peers:
        asyncio.run(_registered(place))
        turns = Turns(place=place, peers=peers, folder=folder)
        for months in sizes:
            _print(turns.measure(months))
        for peer in peers:
            print(f"{peer.name} leaves out: {peer.leaves_out}")


@contextmanager
def _peers(installed: Path, place: Place, folder: Path) -> Iterator[list[Peer]]:
    """Serve all peers, each with a database, a folder and a port of its own; only one has work at a time."""
    ports = free_ports(["django", "directus"])
    bases = {name: Base(url=asyncio.run(ensure_database(start(place.home), f"peer_{name}"))) for name in ports}
    for name in ports:
        (folder / name).mkdir()
    with (
        django_rest(installed, bases["django"], folder / "django", ports["django"]) as django,
        headless(installed, bases["directus"], folder / "directus", ports["directus"]) as directus,
    ):
        yield [django, directus]


async def _registered(place: Place) -> None:
    async with httpx.AsyncClient(timeout=300) as client:
        await registered(client, place)


def _print(size: Size) -> None:
    """Print rates and ratios, with the fastest and the slowest run."""
    print(f"{size.rows:,} rows: Zielwerk {size.ours.told(size.rows)}", flush=True)
    for name, timed in size.peers.items():
        ratio = timed.median / size.ours.median
        print(f"{name} rows={size.rows} ratio={ratio:.1f}  # {name} {timed.told(size.rows)}", flush=True)
    for name in size.too_slow:
        print(f"{name} rows={size.rows} not measured: it would take more than five minutes a file", flush=True)


if __name__ == "__main__":
    main()
