"""What is wrong with the values of rows, as columns: each kind of finding marks its rows."""

from collections.abc import Iterable

import polars as pl
from domain.intake import WITHDRAWN, FindingCode

from indicators.ports.delivered import DOUBT

UNCLEAR = (FindingCode.MIXED_DECIMALS, FindingCode.AMBIGUOUS_NUMBER)
DOUBTS = (FindingCode.TOO_MANY_CELLS, *UNCLEAR, FindingCode.UNKNOWN_ACTION)
"""What the reader of a format says against a row's value; of those that are unclear the number is not asked for."""


def value_masks(rows: pl.DataFrame) -> Iterable[tuple[pl.Expr, str, FindingCode]]:
    """Judge values: doubted by the reader, empty, not a decimal, out of bounds; a withdrawal is none of them."""
    value, number = pl.col("value"), pl.col("number")
    doubt = pl.col(DOUBT) if DOUBT in rows.columns else pl.lit(None, pl.String)
    unclear = doubt.is_in([code.value for code in UNCLEAR]).fill_null(value=False)
    empty = value.is_null() | (value == "")
    word = pl.when(number.is_null()).then(value).str.to_lowercase()
    yield empty, "value", FindingCode.EMPTY_VALUE
    yield ~empty & ~unclear & (word != WITHDRAWN), "value", FindingCode.NOT_A_DECIMAL
    yield ~unclear & ((number < pl.col("low")) | (number > pl.col("high"))), "value", FindingCode.OUT_OF_BOUNDS
    yield from ((doubt == code.value, "value", code) for code in DOUBTS)
