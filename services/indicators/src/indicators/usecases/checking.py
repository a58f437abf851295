"""Checking rows of a file slice by slice, as columns: what is known becomes a number, what is wrong a finding."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NewType

import polars as pl
from domain.admission import Admission
from domain.identity import VariableCode
from domain.intake import FindingCode
from domain.period import BadMonth, Month
from domain.variable import DIMENSIONS, Cell, Variable, allowed_value
from domain.written_month import month_of

from indicators.usecases.dated_variables import DatedVariables
from indicators.usecases.keeping_back import KEPT_BACK, kept_back_only, told_apart
from indicators.usecases.statuses import UNDERSTOOD, status_masks, understood
from indicators.usecases.value_masks import value_masks

LONGEST_VALUE = 80
DECIMAL = r"^-?[0-9]{1,18}(\.[0-9]{1,10})?$"
EXACT = pl.Decimal(38, 10)
BAD_SCHEMA = {"row": pl.Int64, "column": pl.String, "code": pl.String, "value": pl.String}
Numbered = NewType("Numbered", pl.DataFrame)
"""Rows with numbers beside their texts."""
PLACED = (pl.col("u").alias("unit"), pl.col("m").alias("month"), pl.col("s").alias("series"), "row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """
    Good rows (`unit`, `month`, `series` as numbers of the file, `row`, `value`, `status`), findings, counts of rows.

    Rows whose value their source keeps back have a finding and are neither good nor rejected: they have the same
    columns, with the word WITHHELD in place of the value.
    """

    good: pl.DataFrame
    bad: pl.DataFrame
    withheld: pl.DataFrame
    read: int
    rejected: int


@dataclass(slots=True)
class _Numbering:
    """Texts that are known, and the numbers they got."""

    texts: list[str] = field(default_factory=lambda: [""])
    _numbers: dict[str, int] = field(default_factory=lambda: {"": 0})

    def of(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers[text]


class Checker:
    """Checks slice after slice of one file and remembers which units and cells it has met."""

    def __init__(self, variables: Mapping[VariableCode, Sequence[Variable]], admission: Admission) -> None:
        """Hold rows against all versions of the catalogue's variables, and against what the sender may deliver."""
        self._admission = admission
        self.units = [unit.code for unit in admission.units.units.values()]
        self._unit_numbers = {str(code): number for number, code in enumerate(self.units)}
        self._free = pl.Series([admission.free(code) for code in self.units], dtype=pl.Boolean)
        self._variables = DatedVariables(variables)
        self._values: dict[str, _Numbering] = {name: _Numbering() for name in DIMENSIONS}
        self._combinations: dict[tuple[tuple[str, ...], tuple[int, ...]], int | str] = {}
        self.cells: list[Cell] = []
        self._cell_numbers: dict[Cell, int] = {}

    def check(self, rows: Numbered) -> Checked:
        """Sort one slice into good rows and findings; every row keeps its number."""
        dimensions = _dimensions(rows)
        series = self._series(rows, dimensions)
        judged = rows.join(series, on=["v", *_d(dimensions)], how="left", nulls_equal=True, maintain_order="left")
        findings = [self._place_findings(judged), self._findings(judged, dimensions), self._kept_out(judged)]
        bad = told_apart(pl.concat(findings)).sort("row", "column")
        good = judged.join(bad.select("row"), on="row", how="anti", maintain_order="left") if bad.height else judged
        withheld = kept_back_only(judged, bad) if bad.height else judged.clear()
        value = pl.when(pl.col("number").is_not_null()).then("value")
        return Checked(
            good=good.select(*PLACED, value=value, status=UNDERSTOOD),
            bad=bad,
            withheld=withheld.select(*PLACED, *KEPT_BACK),
            read=rows.height,
            rejected=rows.height - good.height - withheld.height,
        )

    def numbered(self, sent: pl.DataFrame) -> Numbered:
        """
        Put numbers beside texts: `u`, `v`, `m`, one for each dimension, `number`; none where one is not known.

        The next slice may be numbered while this one is checked.
        """
        rows = sent.with_columns(pl.col("value").str.strip_chars(), pl.col("row").cast(pl.Int64))
        readers: dict[str, tuple[str, Callable[[str], int | None]]] = {
            "unit": ("u", self._unit_numbers.get),
            "variable": ("v", self._variables.numbers.get),
            "month": ("m", _month),
            **{name: (f"d_{name}", partial(self._dimension, name)) for name in _dimensions(rows)},
        }
        distinct = rows.select(pl.col(list(readers)).fill_null("").unique().implode())
        value = pl.col("value")
        placed = rows.with_columns(
            *(
                _replaced(name, distinct[name].item(), number_of).alias(short)
                for name, (short, number_of) in readers.items()
            ),
            understood(rows),
            number=pl.when(value.str.contains(DECIMAL)).then(value).cast(EXACT, strict=False),
        )
        return Numbered(self._variables.in_month(placed))

    def _dimension(self, name: str, text: str) -> int | None:
        """Give the number of a dimension's value; the empty one is the total."""
        return self._values[name].of(text) if text == "" or allowed_value(name, text) else None

    def _series(self, rows: pl.DataFrame, dimensions: list[str]) -> pl.DataFrame:
        """Judge each distinct combination of variable and dimensions once, and number the cells it stands for."""
        names = ["v", *_d(dimensions)]
        judged = []
        for combination in rows.select(names).unique(maintain_order=True).drop_nulls().rows():
            key = (tuple(dimensions), combination)
            if key not in self._combinations:
                self._combinations[key] = self._judged(combination, dimensions)
            found = self._combinations[key]
            variable = self._variables.versions[combination[0]]
            number, fault = (found, None) if isinstance(found, int) else (None, found)
            judged.append((*combination, number, variable.low, variable.high, fault))
        schema: dict[str, pl.DataType | type[pl.DataType]] = {
            **dict.fromkeys(names, pl.Int32),
            "s": pl.Int32,
            "low": EXACT,
            "high": EXACT,
            "not_split_by": pl.String,
        }
        return pl.DataFrame(judged, schema=schema, orient="row")

    def _judged(self, combination: tuple[int, ...], dimensions: list[str]) -> int | str:
        """Give the number of a cell, or the dimension its variable does not have."""
        variable = self._variables.versions[combination[0]]
        named = {}
        for name, number in zip(dimensions, combination[1:], strict=True):
            if number:
                named[name] = self._values[name].texts[number]
                if name not in variable.dimensions:
                    return name
        cell = Cell.of(variable.code, **named)
        if cell not in self._cell_numbers:
            self._cell_numbers[cell] = len(self.cells)
            self.cells.append(cell)
        return self._cell_numbers[cell]

    def _place_findings(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Judge each distinct pair of unit and month once, where the unit alone does not tell that it is right."""
        free = pl.lit(self._free).gather("u") & pl.col("m").is_between(*self._admission.taken)
        faults = [
            (u, m, column, code.value)
            for u, m in rows.filter(~free.fill_null(value=False)).select("u", "m").unique().rows()
            for column, code in self._admission.faults(*self._place(u, m))
        ]
        if not faults:
            return pl.DataFrame(schema=BAD_SCHEMA)
        schema = {"u": pl.Int32, "m": pl.Int32, "column": pl.String, "code": pl.String}
        found = rows.join(pl.DataFrame(faults, schema=schema, orient="row"), on=["u", "m"], nulls_equal=True)
        shown = _shown(pl.when(pl.col("column") == "unit").then("unit").otherwise("month"))
        return found.select("row", "column", "code", value=shown)

    def _place(self, unit: int | None, month: int | None) -> tuple[str, Month | None]:
        return "" if unit is None else self.units[unit], None if month is None else Month.numbered(month)

    def _findings(self, rows: pl.DataFrame, dimensions: list[str]) -> pl.DataFrame:
        masks = [*_series_masks(dimensions), *value_masks(rows), *status_masks(rows)]
        masks.append((self._variables.outside, "variable", FindingCode.VARIABLE_NOT_VALID))
        marks = rows.select(mask.fill_null(value=False).alias(str(number)) for number, (mask, _, _) in enumerate(masks))
        found = [
            _named(rows.filter(marks[str(number)]), column, code)
            for number, (_, column, code) in enumerate(masks)
            if marks[str(number)].any()
        ]
        return pl.concat(found).sort("row", "column") if found else pl.DataFrame(schema=BAD_SCHEMA)

    def _kept_out(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Find rows that are right in themselves and not for this sender, or for a month that is closed."""
        gated = [self._unit_numbers.get(str(unit)) for unit in self._admission.gates.units]
        places = rows.filter(pl.col("u").is_in(gated)).select("u", "v", "m").drop_nulls()
        faults = [
            (u, v, m, code.value)
            for u, v, m in places.unique().rows()
            if (code := self._admission.kept_out(self.units[u], Month.numbered(m), [self._variables.versions[v].code]))
        ]
        if not faults:
            return pl.DataFrame(schema=BAD_SCHEMA)
        schema = {**dict.fromkeys(("u", "v", "m"), pl.Int32), "code": pl.String}
        found = rows.join(pl.DataFrame(faults, schema=schema, orient="row"), on=["u", "v", "m"])
        return found.select("row", column=pl.lit("unit"), code="code", value=_shown(pl.col("unit")))


def _series_masks(dimensions: list[str]) -> Iterable[tuple[pl.Expr, str, FindingCode]]:
    yield pl.col("v").is_null(), "variable", FindingCode.UNKNOWN_VARIABLE
    for name in dimensions:
        yield pl.col(f"d_{name}").is_null(), name, FindingCode.UNKNOWN_DIMENSION_VALUE
        yield pl.col("not_split_by") == name, name, FindingCode.DIMENSION_NOT_ALLOWED


def _replaced(name: str, texts: pl.Series, number_of: Callable[[str], int | None]) -> pl.Expr:
    """Put numbers for the distinct texts of a column; white space around them does not count."""
    numbers = [number_of(text) for text in texts.str.strip_chars()]
    return pl.col(name).fill_null("").replace_strict(texts, numbers, return_dtype=pl.Int32)


def _named(rows: pl.DataFrame, column: str, code: FindingCode) -> pl.DataFrame:
    return rows.select("row", column=pl.lit(column), code=pl.lit(code.value), value=_shown(pl.col(column)))


def _shown(value: pl.Expr) -> pl.Expr:
    return value.fill_null("").str.strip_chars().str.slice(0, LONGEST_VALUE).str.replace_all("\0", "�", literal=True)


def _dimensions(rows: pl.DataFrame) -> list[str]:
    return [name for name in DIMENSIONS if name in rows.columns]


def _d(dimensions: list[str]) -> list[str]:
    return [f"d_{name}" for name in dimensions]


def _month(text: str) -> int | None:
    try:
        return month_of(text).ordinal
    except BadMonth:
        return None
