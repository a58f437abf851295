"""Persons that two units claim for the same month: who comes later is refused."""

import polars as pl
from domain.delivery import DeliveryMode
from domain.intake import FindingCode

from indicators.ports import RowFinding

REPLACED = {DeliveryMode.COMPLETE: ["unit", "month"], DeliveryMode.PARTIAL: ["unit", "month", "person"]}
"""What a row of a delivery stands in place of: its unit's month, or the person in it."""


def without_clashes(sent: pl.DataFrame, known: pl.LazyFrame, mode: DeliveryMode) -> tuple[pl.DataFrame, pl.DataFrame]:
    """
    Part rows into those that may be taken and those of persons whom another unit has in the month.

    What the delivery replaces does not stand in its way; where no row of a month is left, it replaces nothing there.
    """
    good, refused = sent, sent.clear()
    while True:
        staying = known.join(good.lazy(), on=REPLACED[mode], how="anti")
        clashing = good.lazy().join(staying, on=["person", "month"], how="semi").collect()
        if not clashing.height:
            return good, refused
        refused = pl.concat([refused, clashing])
        good = good.join(clashing.select("row"), on="row", how="anti", maintain_order="left")


def clashes(refused: pl.DataFrame) -> list[RowFinding]:
    """Name the refused rows."""
    rows = refused.sort("row").select("row", "unit").iter_rows()
    return [RowFinding(row=row, column="unit", code=FindingCode.PERSON_IN_TWO_UNITS, value=unit) for row, unit in rows]
