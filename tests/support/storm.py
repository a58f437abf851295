"""Senders in a storm: each sends its files in order and each file until it is acknowledged, then all is recounted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from random import Random

import asyncpg
import httpx
from chassis.clock import now
from domain.period import Month
from indicators.app import create_app
from indicators.settings import Settings
from indicators.usecases.forgetting import UNCLAIMED, forget_files
from stack.tokens import token

from support.house import House, until

FIRST = Month(2000, 1)
SMALL, FILES, MONTHS = "contacts", 5, 12
LARGE = ("elb_stock", "elb_inflow", "elb_outflow", "ltr_stock", "ltr_inflow", "ltr_outflow", "integrations")
AGES = ("", "under_25", "25_to_54", "55_plus")

# What the history holds of some variables and months: how many keys, how many revisions, and the sum of what stands.
HELD = """
    SELECT count(*), coalesce(sum(revisions), 0), coalesce(sum(newest), 0) FROM (
        SELECT count(*) AS revisions, (array_agg(o.value ORDER BY o.delivery DESC))[1] AS newest
        FROM observations o JOIN units u ON u.id = o.unit_id JOIN series s ON s.id = o.series_id
        WHERE u.code = ANY ($1) AND s.variable = ANY ($2) AND o.month BETWEEN $3 AND $4
        GROUP BY o.unit_id, o.month, o.series_id
    ) AS keys
"""


@dataclass
class Sender:
    """Somebody who sends files one behind the other, and remembers what was acknowledged."""

    units: Sequence[str]
    variables: Sequence[str]
    files: Sequence[bytes]
    first: Month
    last: Month
    held: tuple[int, int, int]
    acknowledged: list[str] = field(default_factory=list)

    async def send(self, house: House, client: httpx.AsyncClient, draw: Random) -> None:
        """Send every file until somebody says that it has arrived; every other one does not wait for its outcome."""
        bearer = token(house.place, "uploader", tuple(self.units))
        headers = {"Authorization": f"Bearer {bearer}", "Content-Type": "text/csv"}
        for content in self.files:
            wait = {"Prefer": f"wait={draw.choice((0, 10))}"}

            async def arrived(content: bytes = content, wait: dict[str, str] = wait) -> bool:
                return await self._sent(client, draw.choice(house.doors), content, {**headers, **wait})

            await until(arrived)

    async def _sent(self, client: httpx.AsyncClient, door: int, content: bytes, headers: dict[str, str]) -> bool:
        try:
            told = await client.post(f"http://127.0.0.1:{door}/v1/deliveries", content=content, headers=headers)
        except httpx.HTTPError:
            return False
        if told.is_success:
            self.acknowledged.append(told.json()["id"])
        assert told.is_success or told.is_server_error, told.text
        return told.is_success


def small(unit: str, draw: Random) -> Sender:
    """Send a unit's files of a year, each a month later than the one before and other in every month they share."""
    values: dict[Month, int] = {}
    files, revisions = [], 0
    for number in range(FILES):
        for month in (FIRST.plus(number + step) for step in range(MONTHS)):
            values[month] = values.get(month, draw.randrange(1000)) + 1
            revisions += 1
        told = (f"{unit},{SMALL},{month},{value}" for month, value in sorted(values.items())[-MONTHS:])
        files.append("\n".join(["unit,variable,month,value", *told, ""]).encode())
    held = (len(values), revisions, sum(values.values()))
    return Sender([unit], [SMALL], files, FIRST, max(values), held)


def large(units: Sequence[str], first: Month, months: int, draw: Random) -> Sender:
    """Send one file for all units."""
    keys = product(units, LARGE, (first.plus(number) for number in range(months)), AGES)
    rows = [(*key, draw.randrange(1000)) for key in keys]
    content = "\n".join(["unit,variable,month,age_group,value", *(",".join(map(str, row)) for row in rows), ""])
    held = (len(rows), len(rows), sum(row[-1] for row in rows))
    return Sender(units, LARGE, [content.encode()], first, first.plus(months - 1), held)


async def settled(house: House) -> None:
    """Wait until nothing waits any more."""
    connection = await asyncpg.connect(house.database)

    async def nobody_waits() -> bool:
        return not await connection.fetchval("SELECT count(*) FROM delivery_jobs")

    await until(nobody_waits)
    await connection.close()


async def must_leave_no_file(house: House) -> None:
    """Forget what nobody needs, as the service does every hour; behind that the folder is empty."""
    app = create_app(Settings(environment="development", home=house.place.home, database_url=house.database))
    await forget_files(app.state.ports, now() + 2 * UNCLAIMED)
    await app.state.database.close()
    assert list(house.spool.iterdir()) == []


async def must_be_whole(house: House, senders: Sequence[Sender]) -> None:
    """Recount: what was acknowledged is accepted, once, and the history holds exactly what the files say."""
    connection = await asyncpg.connect(house.database)
    outcomes = {str(row["id"]): row["status"] for row in await connection.fetch("SELECT id, status FROM deliveries")}
    acknowledged = [id for sender in senders for id in sender.acknowledged]
    assert sorted(outcomes) == sorted(acknowledged)
    assert set(outcomes.values()) == {"accepted"}
    for sender in senders:
        asked = (list(sender.units), list(sender.variables), sender.first.ordinal, sender.last.ordinal)
        assert tuple(await connection.fetchrow(HELD, *asked) or ()) == sender.held, sender.units[0]
    await connection.close()
