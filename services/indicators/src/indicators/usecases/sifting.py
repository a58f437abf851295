"""Sifting rows of case records and follow-ups, each by itself, and their findings as a table."""

from collections.abc import Callable, Mapping, Sequence

import polars as pl
from domain.admission import Admission
from domain.delivery import DeliveryKind

from indicators.ports import RowFinding
from indicators.ports.delivered import DOUBT
from indicators.records.intake import check_follow_ups, check_records
from indicators.records.sorting import HIDDEN, Sifted
from indicators.usecases.checking import BAD_SCHEMA

CHECKS: Mapping[DeliveryKind, Callable[[pl.DataFrame, Admission], Sifted]] = {
    DeliveryKind.CASE_RECORDS: check_records,
    DeliveryKind.FOLLOW_UP: check_follow_ups,
}


def sift(kind: DeliveryKind, sent: pl.DataFrame, admission: Admission) -> Sifted:
    """Judge rows in our words; what the reader of the file doubts is refused."""
    if DOUBT not in sent.columns:
        return CHECKS[kind](sent, admission)
    sound, doubted = sent.filter(pl.col(DOUBT).is_null()), sent.filter(pl.col(DOUBT).is_not_null())
    part = CHECKS[kind](sound.drop(DOUBT), admission)
    return part.with_faults(doubted.select("row", column=pl.lit("person"), code=DOUBT, value=pl.lit(HIDDEN)))


def table_of(findings: Sequence[RowFinding]) -> pl.DataFrame:
    """Give findings as columns."""
    rows = [(one.row, one.column, one.code.value, one.value) for one in findings]
    return pl.DataFrame(rows, schema=BAD_SCHEMA, orient="row")
