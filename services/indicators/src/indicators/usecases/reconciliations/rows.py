"""Checking the rows of an official table: what cannot be compared is named by row, column and remedy."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from chassis.caller import Reach
from domain.admission import EARLIEST
from domain.identity import IndicatorCode, UnitCode
from domain.indicator import Definition, named
from domain.official_fault import OfficialFault
from domain.period import BadMonth, Month, View
from domain.quantity import NotADecimal, decimal_of
from domain.unit import Units
from domain.variable import allowed_value

from indicators.ports.delivered import DOUBT
from indicators.usecases.reconciliations.questions import Questions

LONGEST_VALUE = 80
FINDING = ("row", "column", "code", "value")
FIGURE = ("unit", "indicator", "view", "month", "sex", "variant", "value", "row")
Judge = Callable[..., OfficialFault | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What rows are held against: units, the caller's reach and the catalogue."""

    units: Units
    reach: Reach
    questions: Questions

    @property
    def figures(self) -> pl.Schema:
        """Give the columns of figures: what stands in many rows is numbered, and sorts by its code."""
        codes: Mapping[str, Iterable[str]] = {
            "unit": self.units.units,
            "indicator": self.questions.definitions,
            "view": [view.value for view in View],
        }
        numbered = [(name, pl.Enum(sorted(known))) for name, known in codes.items()]
        text = [(name, pl.String()) for name in ("sex", "variant", "value")]
        return pl.Schema([*numbered, ("month", pl.Int32()), *text, ("row", pl.Int64())])

    def check(self, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Sort rows into figures, of which some may stand twice, and findings: the first fault of each bad row."""
        steps: Sequence[tuple[str, Sequence[str], Judge]] = (
            ("unit", ["unit"], self._of_unit),
            ("indicator", ["indicator"], self._of_indicator),
            ("view", ["view"], _of_view),
            ("month", ["month"], _of_month),
            ("value", ["value", DOUBT], _of_value),
            ("variant", ["indicator", "variant"], self._of_variant),
            ("sex", ["sex", "indicator", "variant", "month"], self._of_sex),
        )
        left, findings = rows, []
        for column, looked_at, judge in steps:
            judged = _judged(left, looked_at, judge)
            cut = pl.col(column).str.slice(0, LONGEST_VALUE)
            bad = judged.filter(pl.col("code").is_not_null())
            findings.append(bad.select("row", pl.lit(column).alias("column"), "code", cut.alias("value")))
            left = judged.filter(pl.col("code").is_null()).drop("code")
        return self._figures(left), pl.concat(findings).sort("row")

    def _figures(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Write good rows in numbers; a view that is not named is the indicator's own."""
        own = {str(code): str(versions[-1].default_view) for code, versions in self.questions.definitions.items()}
        view = pl.when(pl.col("view") == "").then(pl.col("indicator").replace_strict(own, return_dtype=pl.String))
        year, month = (pl.col("month").str.slice(*place).cast(pl.Int32) for place in ((0, 4), (5, 2)))
        plain = rows.with_columns(
            view=view.otherwise(pl.col("view")),
            month=year * 12 + month - 1,
            value=pl.when(pl.col("value") != "").then(pl.col("value")),
        )
        return plain.select(FIGURE).cast(self.figures)

    def _of_unit(self, unit: str) -> OfficialFault | None:
        if UnitCode(unit) not in self.units.units:
            return OfficialFault.UNKNOWN_UNIT
        return None if self.reach is None or unit in self.reach else OfficialFault.NOT_YOUR_UNIT

    def _versions(self, indicator: str) -> Sequence[Definition]:
        return self.questions.definitions.get(IndicatorCode(indicator), ())

    def _of_indicator(self, indicator: str) -> OfficialFault | None:
        return None if self._versions(indicator) else OfficialFault.UNKNOWN_INDICATOR

    def _of_variant(self, indicator: str, variant: str) -> OfficialFault | None:
        known = not variant or named(self._versions(indicator), variant)
        return None if known else OfficialFault.UNKNOWN_VARIANT

    def _of_sex(self, sex: str, indicator: str, variant: str, month: str) -> OfficialFault | None:
        if not sex:
            return None
        if not allowed_value("sex", sex):
            return OfficialFault.UNKNOWN_SEX
        asked = self.questions.question(
            IndicatorCode(indicator), View.MONTH, Month.parse(month), variant or None, (("sex", sex),)
        )
        return OfficialFault.NOT_BY_SEX if asked is None else None


def _judged(rows: pl.DataFrame, looked_at: Sequence[str], judge: Judge) -> pl.DataFrame:
    """Add the fault of each row, if any; what stands in many rows is judged once."""
    distinct = rows.select(looked_at).unique()
    codes = pl.Series("code", [judge(*row) for row in distinct.iter_rows()], dtype=pl.String)
    return rows.join(
        distinct.with_columns(codes), on=list(looked_at), how="left", nulls_equal=True, maintain_order="left"
    )


def _of_view(view: str) -> OfficialFault | None:
    return None if not view or view in list(View) else OfficialFault.UNKNOWN_VIEW


def _of_month(text: str) -> OfficialFault | None:
    try:
        return OfficialFault.BAD_MONTH if Month.parse(text) < EARLIEST else None
    except BadMonth:
        return OfficialFault.BAD_MONTH


def _of_value(text: str, doubt: str | None) -> OfficialFault | None:
    if doubt:
        return OfficialFault(doubt)
    try:
        decimal_of(text or "0")
    except NotADecimal:
        return OfficialFault.NOT_A_DECIMAL
    return None
