"""How values came to be, as rows keep it: nothing is written of what was counted or withdrawn."""

from decimal import Decimal

import polars as pl
from domain.value_status import ValueStatus

from indicators.ports.statuses import COUNTED


def written(name: str, value: str) -> pl.Expr:
    """Write a column of statuses beside values."""
    return pl.when((pl.col(name) != COUNTED) & pl.col(value).is_not_null()).then(name)


def restored(name: str) -> pl.Expr:
    """Read a column of statuses beside values that are there."""
    return pl.col(name).fill_null(COUNTED)


def of_value(value: Decimal | None, kept: str | None) -> ValueStatus | None:
    """Read the status of one value; what was withdrawn or never told has none."""
    return None if value is None else ValueStatus(kept or ValueStatus.COUNTED)
