"""Files of records outlive the columns they were written with."""

from dataclasses import replace
from io import BytesIO

import polars as pl
from indicators.ports.records import RecordKind
from indicators.records.files import scanned, written
from support.case_histories import START, a_record, frame_of


def test_a_file_of_before_a_column_was_there_is_read_with_those_of_after() -> None:
    rows = frame_of([a_record("old"), a_record("new", START.plus(1), elb_days=12)]).collect()
    before, after = written(RecordKind.CASE_RECORDS, rows, 1)
    content = BytesIO()
    pl.read_parquet(before.content).drop("elb_days").write_parquet(content)
    read = scanned(RecordKind.CASE_RECORDS, [replace(before, content=content.getvalue()), after]).collect()
    assert read.equals(rows)
