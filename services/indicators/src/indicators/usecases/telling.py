"""Readings and observations as rows of text: digits as they are, at most ten decimal places."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Context, Decimal
from typing import Any

import numpy as np
import polars as pl
from domain.observation import Observation
from domain.quantity import half_up
from domain.variable import DIMENSIONS

from indicators.usecases.columns.column import Objects
from indicators.usecases.columns.sheet import Sheet
from indicators.usecases.looking_back import PastPart
from indicators.usecases.reading import Part

FINEST = 10
LONG = Context(prec=100)
PAST_COLUMNS = ("recorded_at", "changed_by")
READING_COLUMNS = (
    "unit",
    "indicator",
    "month",
    "view",
    "value",
    "numerator",
    "denominator",
    "unit_of_measure",
    "state",
    "definition",
    "reason",
    "missing_count",
    "attested",
    "objections",
)
PLACE_COLUMNS = ("neighbour", "rank")
OBSERVATION_COLUMNS = ("unit", "variable", "month", *DIMENSIONS, "value", "status", "recorded_at", "delivery")


def told(value: Decimal | None, places: int = FINEST) -> Decimal | None:
    """Give ten decimal places at the most; the rest of an endless quotient is cut by rounding half up."""
    text = _text(value, places)
    return None if text is None else Decimal(text)


def _text(value: Decimal | None, places: int = FINEST) -> str | None:
    if value is None:
        return None
    text = f"{value:f}"
    if len(text.partition(".")[2]) <= places:
        return text
    return f"{half_up(value, places).normalize(LONG):f}"


_texts: Callable[[Objects], Objects] = np.frompyfunc(_text, 1, 1)


def rows_of(part: Part, dimensions: Sequence[tuple[str, str]]) -> pl.DataFrame:
    """Write the readings of a part that changed as rows, in the order of the list."""
    frames = [[_rows(sheet) for sheet in of_pair] for of_pair in part.sheets.of_pairs]
    order = ["unit", "number", "column"]
    numbered = [
        frame.with_columns(number=pl.lit(number), column=pl.int_range(pl.len()).over("unit"))
        for number, of_pair in enumerate(frames)
        for frame in [pl.concat(of_pair)]
    ]
    whole = pl.concat(numbered).filter("changed").sort(order)
    names = pl.Series(part.sheets.tile.units, dtype=pl.String).gather(whole["unit"])
    split = [pl.lit(value).alias(name) for name, value in dimensions]
    marked = part.marks.beside(whole.with_columns(*split, unit=names))
    return marked.select(*READING_COLUMNS, *(name for name, _ in dimensions), *PLACE_COLUMNS)


def _rows(sheet: Sheet) -> pl.DataFrame:
    units, months = sheet.value.shape
    return pl.DataFrame(
        {
            "unit": np.repeat(np.arange(units), months),
            "month": [str(month) for month in sheet.months] * units,
            "value": _column(sheet.value),
            "numerator": _column(sheet.numerator),
            "denominator": _column(sheet.denominator),
            "state": pl.Series(sheet.states.reshape(-1).tolist(), dtype=pl.String),
            "reason": pl.Series(sheet.reasons.reshape(-1).tolist(), dtype=pl.String),
            "changed": sheet.changed.reshape(-1),
            "missing_count": sheet.missing.reshape(-1).astype(str).tolist(),
        }
    ).with_columns(
        indicator=pl.lit(str(sheet.definition.indicator)),
        view=pl.lit(str(sheet.view)),
        unit_of_measure=pl.lit(str(sheet.definition.measure_in(sheet.view))),
        definition=pl.lit(sheet.definition.name),
    )


def rows_of_vintages(part: PastPart, dimensions: Sequence[tuple[str, str]]) -> pl.DataFrame:
    """Write vintages of readings as rows; several deliveries at one instant stand beside one another."""
    rows = []
    for one in part.found:
        told, by = one.reading, " ".join(sorted(map(str, one.changed_by)))
        sides = (_text(told.value), _text(told.numerator), _text(told.denominator))
        firm = (str(told.measure), told.state.value, told.definition, told.reason and told.reason.value)
        place = (told.unit, told.indicator, str(told.month), told.view.value)
        rows.append((*place, *sides, *firm, str(len(told.missing)), _instant(one.recorded_at), by))
    told_columns = [name for name in READING_COLUMNS if name not in ("attested", "objections")]
    schema = dict.fromkeys((*told_columns, *PAST_COLUMNS), pl.String)
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    split = [pl.lit(value).alias(name) for name, value in dimensions]
    marked = part.marks.beside(frame.with_columns(*split))
    return marked.select(*READING_COLUMNS, *PAST_COLUMNS, *(name for name, _ in dimensions), *PLACE_COLUMNS)


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _column(values: Objects) -> pl.Series:
    return pl.Series(_texts(values).reshape(-1).tolist(), dtype=pl.String)


def rows_of_observations(found: Iterable[Observation]) -> pl.DataFrame:
    """Write observations as rows; without a value they withdraw."""
    rows: list[tuple[Any, ...]] = []
    for one in found:
        dimensions = dict(one.cell.dimensions)
        split = (dimensions.get(name) for name in DIMENSIONS)
        moment = _instant(one.recorded_at)
        value, status = (None, None) if one.value is None else (f"{one.value:f}", one.status.value)
        rows.append((one.unit, one.cell.variable, str(one.month), *split, value, status, moment, str(one.delivery)))
    return pl.DataFrame(rows, schema=dict.fromkeys(OBSERVATION_COLUMNS, pl.String), orient="row")
