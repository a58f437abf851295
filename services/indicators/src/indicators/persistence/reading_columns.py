"""What is known of a span, or ever was, copied out of the history at once: one query however many values."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeAlias

import asyncpg
import polars as pl
from domain.identity import DeliveryId

from indicators.persistence.comparing import ABSENT
from indicators.persistence.statuses import restored
from indicators.ports import Known, Revisions, Span
from indicators.ports.statuses import STATUS

# Whatever was told by deliveries within reach and known by then; all three parts of the key bound the index scan.
REVISIONS = """
    WITH told AS MATERIALIZED (
        SELECT revision FROM deliveries
        WHERE revision IS NOT NULL AND ($4::timestamptz IS NULL OR recorded_at <= $4::timestamptz)
    )
    SELECT o.unit_id, o.series_id, o.month, o.value::text, o.status, o.delivery
    FROM observations o JOIN told ON told.revision = o.delivery
    WHERE o.month = ANY ($2::int[]) AND o.unit_id = ANY ($1::int[]) AND o.series_id = ANY ($3::int[])
"""
# What a dry run would make of them; its values stand under no revision of the history.
TRIED = """
    SELECT f.unit_id, f.series_id, f.month, f.new::text, f.new_status, 0
    FROM differences f JOIN deliveries d ON d.number = f.delivery
    WHERE d.id = $4::uuid
      AND f.unit_id = ANY ($1::int[]) AND f.month = ANY ($2::int[]) AND f.series_id = ANY ($3::int[])
"""
RECENT = "SELECT revision FROM deliveries WHERE revision IS NOT NULL AND recorded_at > $1"
UNITS = "SELECT code AS name, id FROM units WHERE code = ANY ($1::text[])"
SERIES = "SELECT name, id FROM series WHERE name = ANY ($1::text[])"
NAMED = "SELECT revision, id, recorded_at FROM deliveries WHERE revision = ANY ($1::bigint[])"
KEYS = ["unit_id", "series_id", "month"]
PLACE = ("unit", "cell", "month")
TOLD = ("value", "status", "delivery")
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    **dict.fromkeys(KEYS, pl.Int32),
    "value": pl.String,
    "status": STATUS,
    "revision": pl.Int64,
}
Driver: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


async def known_columns(
    driver: Driver, span: Span, as_of: datetime | None, dry_run: DeliveryId | None, since: datetime | None
) -> Known:
    """Give the newest value of each key as known at an instant, or as if a dry run were kept."""
    units = await _numbered(driver, UNITS, span.units)
    series = await _numbered(driver, SERIES, [str(cell) for cell in span.cells])
    months = list(range(span.first.ordinal, span.last.ordinal + 1))
    asked = (units["id"].to_list(), months, series["id"].to_list())
    revisions = await _copied(driver, REVISIONS, *asked, as_of)
    newest = revisions.sort("revision").unique(KEYS, keep="last")
    if dry_run is not None:
        tried = await _copied(driver, TRIED, *asked, dry_run)
        newest = pl.concat([newest.join(tried, on=KEYS, how="anti"), tried])
    told = newest.filter(pl.col("value").is_not_null()).with_columns(restored("status"))
    names, deliveries = await _deliveries(driver, told["revision"].unique(), dry_run)
    rows = _placed(told, units, series).join(names, on="revision").select(*PLACE, *TOLD)
    if since is None:
        return Known(rows=rows, deliveries=deliveries)
    recent = [row["revision"] for row in await driver.fetch(RECENT, since)]
    anew = revisions.filter(pl.col("revision").is_in(recent)).unique(KEYS)
    return Known(rows=rows, deliveries=deliveries, touched=_placed(anew, units, series).select(PLACE))


async def all_told(driver: Driver, span: Span, as_of: datetime | None) -> Revisions:
    """Give every revision known at an instant, those of one key oldest first."""
    units = await _numbered(driver, UNITS, span.units)
    series = await _numbered(driver, SERIES, [str(cell) for cell in span.cells])
    months = list(range(span.first.ordinal, span.last.ordinal + 1))
    rows = await _copied(driver, REVISIONS, units["id"].to_list(), months, series["id"].to_list(), as_of)
    firm = rows.with_columns(pl.when(pl.col("value").is_not_null()).then(restored("status")).alias("status"))
    ordered = _placed(firm.sort("unit_id", "month", "series_id", "revision"), units, series)
    told = await driver.fetch(NAMED, rows["revision"].unique().to_list())
    placed = ordered.join(_positions(row["revision"] for row in told), on="revision", maintain_order="left")
    deliveries = [(DeliveryId(row["id"]), row["recorded_at"]) for row in told]
    return Revisions(rows=placed.select(*PLACE, *TOLD), deliveries=deliveries)


def _placed(rows: pl.DataFrame, units: pl.DataFrame, series: pl.DataFrame) -> pl.DataFrame:
    """Say by positions in the span of which unit and cell rows are."""
    return (
        rows.join(units.rename({"id": "unit_id", "position": "unit"}), on="unit_id", maintain_order="left")
        .join(series.rename({"id": "series_id", "position": "cell"}), on="series_id", maintain_order="left")
        .with_columns(pl.col("month").cast(pl.Int64))
    )


async def _numbered(driver: Driver, query: str, names: Sequence[str]) -> pl.DataFrame:
    """Give the history's numbers of what it knows by name, with their positions in the span."""
    positions = {name: position for position, name in enumerate(names)}
    found = [(row["id"], positions[row["name"]]) for row in await driver.fetch(query, list(names))]
    return pl.DataFrame(found, schema={"id": pl.Int32, "position": pl.Int64}, orient="row")


async def _copied(driver: Driver, query: str, *asked: object) -> pl.DataFrame:
    out = io.BytesIO()
    await driver.copy_from_query(query, *asked, output=out, format="csv", null=ABSENT)
    if not out.tell():
        return pl.DataFrame(schema=SCHEMA)
    return pl.read_csv(out.getvalue(), has_header=False, schema=SCHEMA, null_values=[ABSENT])


async def _deliveries(
    driver: Driver, revisions: pl.Series, dry_run: DeliveryId | None
) -> tuple[pl.DataFrame, Sequence[DeliveryId]]:
    named = {row["revision"]: DeliveryId(row["id"]) for row in await driver.fetch(NAMED, revisions.to_list())}
    if dry_run is not None:
        named[0] = dry_run
    return _positions(named), list(named.values())


def _positions(revisions: Iterable[int]) -> pl.DataFrame:
    numbered = [(revision, position) for position, revision in enumerate(revisions)]
    return pl.DataFrame(numbered, schema={"revision": pl.Int64, "delivery": pl.Int64}, orient="row")
