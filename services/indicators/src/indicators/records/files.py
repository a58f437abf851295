"""Files of one unit and month: rows become Parquet and come back; what a delivery leaves in place of what was there."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import polars as pl
from domain.delivery import DeliveryMode
from domain.identity import UnitCode
from domain.period import Month

from indicators.ports.records import RecordFile, RecordKind
from indicators.records.columns import FOLLOW_UP, RECORD

SCHEMAS = {RecordKind.CASE_RECORDS: RECORD, RecordKind.FOLLOW_UP: FOLLOW_UP}
Place = tuple[UnitCode, Month]


def written(kind: RecordKind, rows: pl.DataFrame, delivery: int) -> list[RecordFile]:
    """Write one file a unit and month; the same rows give the same bytes, whatever order they came in."""
    parts = rows.select(list(SCHEMAS[kind])).sort("unit", "month", "person").partition_by(
        "unit", "month", maintain_order=True
    )  # fmt: skip
    return [
        RecordFile(
            unit=UnitCode(part["unit"][0]),
            kind=kind,
            month=Month.numbered(part["month"][0]),
            delivery=delivery,
            rows=part.height,
            content=_parquet(part),
        )
        for part in parts
    ]


def scanned(kind: RecordKind, files: Sequence[RecordFile]) -> pl.LazyFrame:
    """Give the rows of files, read when they are needed; what is not in an older one is not known."""
    if not files:
        return pl.LazyFrame(schema=SCHEMAS[kind])
    schema = SCHEMAS[kind]
    return pl.concat(
        [pl.scan_parquet(BytesIO(file.content), schema=schema, missing_columns="insert") for file in files]
    )


def replaced(
    kind: RecordKind, known: Sequence[RecordFile], rows: pl.DataFrame, mode: DeliveryMode, delivery: int
) -> dict[Place, RecordFile]:
    """
    Write what a delivery leaves for its units and months.

    Complete replaces the month; partial replaces the persons it names and leaves the others as they were known.
    """
    before = {(file.unit, file.month): file for file in known}
    new = written(kind, rows, delivery)
    if mode is DeliveryMode.COMPLETE:
        return {(file.unit, file.month): file for file in new}
    touched = [before[place] for place in ((file.unit, file.month) for file in new) if place in before]
    others = scanned(kind, touched).join(rows.lazy(), on=["unit", "month", "person"], how="anti").collect()
    joined = pl.concat([others, rows.select(list(SCHEMAS[kind]))])
    return {(file.unit, file.month): file for file in written(kind, joined, delivery)}


def overlaid(known: Sequence[RecordFile], new: Mapping[Place, RecordFile]) -> list[RecordFile]:
    """Give all files as they are once the new ones are kept."""
    return [file for file in known if (file.unit, file.month) not in new] + list(new.values())


def _parquet(rows: pl.DataFrame) -> bytes:
    out = BytesIO()
    rows.write_parquet(out, compression="zstd", statistics=False)
    return out.getvalue()
