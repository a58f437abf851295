"""How values came to be, as a column: small, and in the order of firmness."""

import polars as pl
from domain.value_status import ValueStatus

STATUS = pl.Enum([status.value for status in ValueStatus])
"""The type of the column `status` wherever values travel in columns; its numbers grow as values get less firm."""
COUNTED = pl.lit(ValueStatus.COUNTED.value, STATUS)
