"""A peer of the upload: what a user would take instead, how it takes a file, and what it leaves out."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
from benchmarks.month_end import jobcenters
from benchmarks.upload import VARIABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A running peer; `send` gives the seconds for a CSV file of so many rows, and raises where one was not taken."""

    name: str
    leaves_out: str
    send: Callable[[Path, int], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A peer's own database on the PostgreSQL that Zielwerk uses, reached by its socket."""

    url: str

    @property
    def name(self) -> str:
        """Give the database's name."""
        return urlsplit(self.url).path[1:]

    @property
    def user(self) -> str:
        """Give who signs in."""
        return urlsplit(self.url).username or "postgres"

    @property
    def socket(self) -> str:
        """Give the folder of the server's socket."""
        return parse_qs(urlsplit(self.url).query)["host"][0]

    async def register(self, units: str, variables: str, tables: str = "") -> None:
        """Create tables, and fill the registers of units and variables with what the files name."""
        connection = await asyncpg.connect(self.url)
        if tables:
            await connection.execute(tables)
        await connection.execute(f"INSERT INTO {units} (code) SELECT unnest($1::text[])", jobcenters())
        await connection.execute(f"INSERT INTO {variables} (code) SELECT unnest($1::text[])", VARIABLES)
        await connection.close()
