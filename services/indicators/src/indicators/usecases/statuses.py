"""What rows say of how their values came to be: in a column that may be left out, for then they were counted."""

from collections.abc import Iterator

import polars as pl
from domain.intake import FindingCode
from domain.value_status import WORDS

from indicators.ports.statuses import COUNTED, STATUS

SAID = "status"
"""The sender's column."""
UNDERSTOOD = "came_as"
"""The column that says the same in our words, and nothing where it is no word we know."""


def understood(rows: pl.DataFrame) -> pl.Expr:
    """Read what rows say; counted where nothing is said."""
    if SAID not in rows.columns:
        return COUNTED.alias(UNDERSTOOD)
    said = pl.col(SAID).fill_null("").str.strip_chars().str.to_lowercase()
    words = pl.Series([status.value for status in WORDS.values()], dtype=STATUS)
    return said.replace_strict([*WORDS], words, default=None, return_dtype=STATUS).alias(UNDERSTOOD)


def status_masks(rows: pl.DataFrame) -> Iterator[tuple[pl.Expr, str, FindingCode]]:
    """Find words that say nothing."""
    if SAID in rows.columns:
        yield pl.col(UNDERSTOOD).is_null(), SAID, FindingCode.UNKNOWN_STATUS
