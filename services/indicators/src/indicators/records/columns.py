"""The columns of checked case records and follow-ups; months count from year 0, money is in cents."""

import polars as pl
from domain.case_record import FOLLOWED_MONTHS, Integration
from domain.period import YEAR_LENGTH
from domain.variable import DIMENSIONS

INTEGRATIONS = pl.Enum(["none", *map(str, Integration)])
SEXES = pl.Enum(DIMENSIONS["sex"])
HOUSEHOLDS = pl.Enum(DIMENSIONS["household_type"])
RECORD = pl.Schema(
    {
        "unit": pl.Categorical(),
        "person": pl.Int64(),
        "month": pl.Int32(),
        "town": pl.Categorical(),
        "sex": SEXES,
        "birth_year": pl.Int16(),
        "household_type": HOUSEHOLDS,
        "lone_parent": pl.Boolean(),
        "employable": pl.Boolean(),
        "in_need": pl.Boolean(),
        "benefit_living": pl.Int64(),
        "benefit_housing": pl.Int64(),
        "integration": INTEGRATIONS,
        "marginal_entry": pl.Boolean(),
        "subsidised_entry": pl.Boolean(),
        "in_measure": pl.Boolean(),
        "elb_days": pl.UInt8(),
    }
)


def days_of(month: pl.Expr) -> pl.Expr:
    """Give the number of days of a month by its ordinal."""
    return pl.date(month // YEAR_LENGTH, month % YEAR_LENGTH + 1, 1).dt.days_in_month().cast(pl.UInt8)


INSURED = [f"insured_{number}" for number in range(1, FOLLOWED_MONTHS + 1)]
FOLLOW_UP = pl.Schema(
    {
        "unit": pl.Categorical(),
        "person": pl.Int64(),
        "month": pl.Int32(),
        **dict.fromkeys(INSURED, pl.Boolean()),
    }
)
