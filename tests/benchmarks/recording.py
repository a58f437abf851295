"""One small unit's month of case records taken in beside a long history of many units, in PostgreSQL."""

import asyncio
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.records import FIRST, MONTHS, UNITS
from benchmarks.records import written as drawn
from chassis.clock import now
from chassis.database import Database
from domain.delivery import DeliveryMode
from domain.identity import UnitCode
from domain.unit import Unit, UnitKind, Units
from indicators.persistence.catalogue_rows import shipped
from indicators.persistence.transactions import Transactions
from indicators.ports.records import RecordKind
from indicators.records.columns import RECORD
from indicators.records.executors import Inline
from indicators.records.files import written
from indicators.records.naming import named_in
from indicators.usecases.recording import Guide, Terms, announced, take_records
from support import databases

ROWS = 5_000_000
RUNS = 3
KIND = RecordKind.CASE_RECORDS


async def measure(template: str, rows: int = ROWS) -> tuple[int, list[float]]:
    """Fill a database with a history, then take one unit's last month again and again; give its rows and seconds."""
    url = await databases.fresh(template)
    database = Database(url)
    with tempfile.TemporaryDirectory(prefix="zielwerk-bench-") as folder:
        records, follow_ups = Path(folder) / "records.parquet", Path(folder) / "follow_ups.parquet"
        drawn(records, follow_ups, rows)
        history = pl.read_parquet(records).cast(RECORD)
    last = history["month"].max()
    begin = Transactions(database, now).begin
    for part in history.partition_by("month"):
        async with begin() as work:
            await work.records.announce(named_in(part))
            await work.records.keep(written(KIND, part, 1))
    sizes = history.filter(pl.col("month") == last)["unit"].value_counts().sort("count")
    unit = sizes["unit"].cast(pl.String)[0]
    sent = history.filter((pl.col("month") == last) & (pl.col("unit").cast(pl.String) == unit)).with_row_index("row")
    del history
    units = Units.of([Unit(code=UnitCode(unit), name=unit, kind=UnitKind.CITY)], [])
    variables = {variable.code: (variable,) for variable in shipped()[0]}
    guide = Guide(variables=variables, units=units, present=FIRST.plus(MONTHS), executor=Inline())
    took = []
    for number in range(RUNS):
        begun = perf_counter()
        async with begin() as work:
            await announced(work.records, KIND, sent)
        async with begin() as work:
            terms = Terms(delivery=2 + number, mode=DeliveryMode.COMPLETE)
            await take_records(work.records, KIND, sent, guide, terms)
        took.append(perf_counter() - begun)
    await database.close()
    await databases.drop(url)
    return sent.height, took


if __name__ == "__main__":
    height, seconds = asyncio.run(
        measure(databases.template("indicators"), int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
    )
    peak = getrusage(RUSAGE_SELF).ru_maxrss // 1024
    print(f"{height} records of one of {UNITS} units: {median(seconds):.2f} s, peak {peak} MB  # {seconds}")
