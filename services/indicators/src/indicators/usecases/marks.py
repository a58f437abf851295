"""Marks that every figure bears: whether somebody stands for its month, and how many contest it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from domain.attestation import AttestationStatus
from domain.identity import IndicatorCode, UnitCode
from domain.objection import ObjectionStatus
from domain.period import Month, View
from domain.reading import Reading

from indicators.ports import Work

Contested = tuple[UnitCode, IndicatorCode, View, Month]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The attested months of units, and the open objections against readings."""

    attested: frozenset[tuple[UnitCode, Month]]
    objections: Mapping[Contested, int]

    def stands(self, reading: Reading) -> bool:
        """Say whether somebody stands for the reading's month."""
        return (reading.unit, reading.month) in self.attested

    def against(self, reading: Reading) -> int:
        """Count the open objections against one reading."""
        return self.objections.get((reading.unit, reading.indicator, reading.view, reading.month), 0)

    def beside(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Put `attested` and `objections` beside rows of readings, as text; their order stays."""
        attested = _frame(["unit", "month", "attested"], [(*map(str, key), "true") for key in self.attested])
        counted = [(*map(str, key), str(count)) for key, count in self.objections.items()]
        objections = _frame(["unit", "indicator", "view", "month", "objections"], counted)
        marked = rows.join(attested, on=["unit", "month"], how="left", maintain_order="left")
        keys = ["unit", "indicator", "view", "month"]
        marked = marked.join(objections, on=keys, how="left", maintain_order="left")
        return marked.with_columns(pl.col("attested").fill_null("false"), pl.col("objections").fill_null("0"))


async def marks_of(work: Work, units: Sequence[UnitCode], months: Sequence[Month]) -> Marks:
    """Give the marks of some units and months: two queries, however many there are."""
    if not units or not months:
        return Marks(attested=frozenset(), objections={})
    places = {"unit": units, "month": months}
    attested = await work.attestations.matching({**places, "status": [AttestationStatus.ATTESTED]})
    contested = await work.objections.matching({**places, "status": [ObjectionStatus.OPEN]})
    objections = [filed.value for filed in contested]
    return Marks(
        attested=frozenset((filed.value.unit, filed.value.month) for filed in attested),
        objections=Counter((one.unit, one.indicator, one.view, one.month) for one in objections),
    )


def _frame(columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
