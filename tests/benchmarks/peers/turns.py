"""Whose turn it is: files of one size go to Zielwerk and to each peer by turns, always for months not there yet."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import asyncpg
from benchmarks.month_end import settled, uploaded, written
from benchmarks.peers.peer import Peer
from chassis.development.embedded import start
from domain.period import Month
from stack.place import Place

OUR_RUNS, THEIR_RUNS = 5, 3
LONGEST = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """Seconds of the runs of one side."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Give the run in the middle."""
        return median(self.seconds)

    def told(self, rows: int) -> str:
        """Say rate, median and spread."""
        spread = f"{min(self.seconds):.2f} to {max(self.seconds):.2f}"
        return f"{rows / self.median:,.0f} rows/s: {self.median:.2f} s, median of {len(self.seconds)} ({spread})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """What files of one size took, and who was left out because they would take too long."""

    rows: int
    ours: Timed
    peers: Mapping[str, Timed]
    too_slow: Sequence[str]


@dataclass(slots=True, kw_only=True)
class Turns:
    """Measures sizes one after the other; a peer's time at the size before says whether it is asked at all."""

    place: Place
    peers: Sequence[Peer]
    folder: Path
    _next: Month = field(default_factory=lambda: Month(1900, 1))
    _a_row: dict[str, float] = field(default_factory=dict)

    def measure(self, months: int) -> Size:
        """Let everybody take files of so many months."""
        ours: list[float] = []
        theirs: dict[str, list[float]] = {}
        for run in range(OUR_RUNS):
            path, rows = self._written(months, run)
            asyncio.run(self._rested())
            ours.append(uploaded(self.place, path))
            for peer in self._asked(rows) if run < THEIR_RUNS else ():
                asyncio.run(self._rested())
                theirs.setdefault(peer.name, []).append(peer.send(path, rows))
        timed = {name: Timed(seconds=tuple(seconds)) for name, seconds in theirs.items()}
        too_slow = [peer.name for peer in self.peers if peer.name not in timed]
        self._a_row |= {name: one.median / rows for name, one in timed.items()}
        return Size(rows=rows, ours=Timed(seconds=tuple(ours)), peers=timed, too_slow=too_slow)

    def _written(self, months: int, seed: int) -> tuple[Path, int]:
        first, self._next = self._next, self._next.plus(months)
        return written(self.folder / "rows.csv", first, months, seed)

    def _asked(self, rows: int) -> list[Peer]:
        return [peer for peer in self.peers if self._a_row.get(peer.name, 0) * rows <= LONGEST]

    async def _rested(self) -> None:
        """Wait for what Zielwerk still does behind an answer, and let PostgreSQL write out what it holds."""
        await settled(self.place)
        connection = await asyncpg.connect(start(self.place.home))
        await connection.execute("CHECKPOINT")
        await connection.close()
