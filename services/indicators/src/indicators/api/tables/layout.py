"""Which columns a table has, which of them are numbers, and what SDMX calls them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
from domain.reading import NoValue
from domain.value_status import SDMX_CODES
from domain.variable import DIMENSIONS

from indicators.usecases.telling import OBSERVATION_COLUMNS, PAST_COLUMNS, PLACE_COLUMNS, READING_COLUMNS

AGENCY = "ZIELWERK"
TOTAL = "_T"
STATES = {"final": "A", "provisional": "P", "extrapolated": "E", "imputed": "I", "incomplete": "M"}
STATUSES = {status.value: code for status, code in SDMX_CODES.items()}
NO_VALUE, SUPPRESSED = "M", "Q"
"""What SDMX calls a value that is not there, and one that is kept back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    A table's columns in order; `truths` are true or false, `keys` and `notes` name SDMX dimensions and attributes.

    A key that is empty stands for the total; where `withdraws`, a row without value takes back what was told. How firm
    a value is, the column `firmness` says, and SDMX by `codes`.
    """

    name: str
    columns: Sequence[str]
    numbers: frozenset[str]
    truths: frozenset[str] = frozenset()
    keys: Mapping[str, str]
    notes: Mapping[str, str]
    withdraws: bool
    firmness: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def structure(self) -> str:
        """Name the dataflow."""
        return f"{AGENCY}:{self.name}(1.0.0)"

    def sdmx(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Write rows as SDMX has them: the action, dimensions, the value, attributes."""
        value = pl.col("value")
        action = pl.when(value.is_null() & pl.lit(self.withdraws)).then(pl.lit("D")).otherwise(pl.lit("I"))
        keys = [pl.col(column).fill_null(TOTAL).alias(name) for column, name in self.keys.items()]
        notes = [pl.col(column).alias(name) for column, name in self.notes.items()]
        if self.firmness:
            code = pl.col(self.firmness).replace_strict(self.codes, default=None, return_dtype=pl.String)
            notes.append(pl.when(value.is_null()).then(self._absent()).otherwise(code).alias("OBS_STATUS"))
        return rows.select(action.alias("ACTION"), pl.lit("M").alias("FREQ"), *keys, value.alias("OBS_VALUE"), *notes)

    def _absent(self) -> pl.Expr:
        """Tell a value that is not there from one that its source keeps back."""
        if "reason" not in self.columns:
            return pl.lit(NO_VALUE)
        return pl.when(pl.col("reason") == NoValue.WITHHELD).then(pl.lit(SUPPRESSED)).otherwise(pl.lit(NO_VALUE))

    @property
    def dimensions(self) -> list[str]:
        """Name the SDMX dimensions in order."""
        return ["FREQ", *self.keys.values()]

    @property
    def attributes(self) -> list[str]:
        """Name the SDMX attributes in order."""
        return [*self.notes.values(), *(["OBS_STATUS"] if self.firmness else [])]


def of_readings(dimensions: Sequence[tuple[str, str]], *, changed: bool, ranked: bool, history: bool) -> Layout:
    """
    Lay readings out; behind stand the groups they are of, and whose they are at which rank.

    Where only what changed is told, no value withdraws. With every vintage, the instant is part of the key, and nothing
    withdraws what was known before.
    """
    places = PLACE_COLUMNS if ranked else ()
    split = {name: name.upper() for name, _ in dimensions}
    since, by = ({name: name.upper()} if history else {} for name in PAST_COLUMNS)
    sides = ("numerator", "denominator")
    notes = (
        *sides,
        "unit_of_measure",
        "state",
        "definition",
        "reason",
        "missing_count",
        "attested",
        "objections",
        *places,
    )
    return Layout(
        name="READINGS",
        columns=(*READING_COLUMNS, *since, *by, *split, *places),
        numbers=frozenset({"value", "numerator", "denominator", "missing_count", "objections", *places[1:]}),
        truths=frozenset({"attested"}),
        keys={"unit": "UNIT", "indicator": "INDICATOR", "view": "VIEW", **split, "month": "TIME_PERIOD", **since},
        notes={name: "UNIT_MEASURE" if name == "unit_of_measure" else name.upper() for name in (*notes, *by)},
        withdraws=changed and not history,
        firmness="state",
        codes=STATES,
    )


def of_observations(*, history: bool) -> Layout:
    """Lay observations out; with every revision, the moment and the delivery are part of the key."""
    split = {name: name.upper() for name in DIMENSIONS}
    came = {"recorded_at": "RECORDED_AT", "delivery": "DELIVERY"}
    return Layout(
        name="OBSERVATIONS",
        columns=OBSERVATION_COLUMNS,
        numbers=frozenset({"value"}),
        keys={"unit": "UNIT", "variable": "VARIABLE", **split, "month": "TIME_PERIOD", **(came if history else {})},
        notes={} if history else came,
        withdraws=True,
        firmness="status",
        codes=STATUSES,
    )
