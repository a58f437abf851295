"""Rows put into our words by a sender's mapping profile."""

from collections.abc import Mapping

import polars as pl
from domain.intake import WITHHELD
from domain.profile import PLAIN, MappingProfile, MonthForm, UnitScheme
from domain.unit import Units

WRITTEN: Mapping[MonthForm, tuple[str, str]] = {
    MonthForm.SLASH: (r"^([0-9]{2})/([0-9]{4})$", "${2}-${1}"),
    MonthForm.DOT: (r"^([0-9]{2})\.([0-9]{4})$", "${2}-${1}"),
    MonthForm.PLAIN: (r"^([0-9]{4})([0-9]{2})$", "${1}-${2}"),
    MonthForm.YEAR: (r"^([0-9]{4})$", "${1}-12"),
}
DAYS: Mapping[MonthForm, str] = {MonthForm.GERMAN_DAY: "%d.%m.%Y", MonthForm.ISO_DAY: "%Y-%m-%d"}

UNITS = ("unit", "town")
CELL = "%Y-%m-%d 00:00:00"
"""How a cell comes that holds a day, however it is shown."""


def translated(rows: pl.DataFrame, profile: MappingProfile, units: Units) -> pl.DataFrame:
    """Put rows into our words: constants, months, codes; what a profile does not name stays as it is."""
    if profile is PLAIN:
        return rows
    given = [pl.lit(value).alias(name) for name, value in profile.constants.items() if name not in rows.columns]
    rows = rows.with_columns(given)
    codes = {column: dict(known) for column, known in profile.translations.items() if column in rows.columns}
    if profile.units is UnitScheme.AGS:
        by_key = {unit.ags: str(unit.code) for unit in units.units.values() if unit.ags}
        codes |= {name: {**by_key, **codes.get(name, {})} for name in UNITS if name in rows.columns}
    return rows.with_columns(
        _month(profile.months),
        *(_replaced(column, known) for column, known in codes.items() if known),
        *([_withheld()] if profile.blank_withheld and "value" in rows.columns else []),
    )


def _replaced(column: str, known: Mapping[str, str]) -> pl.Expr:
    """Translate codes; a blank cell is a code where the profile says what it stands for."""
    code = pl.col(column).fill_null("") if "" in known else pl.col(column)
    return code.str.strip_chars().replace(known)


def _withheld() -> pl.Expr:
    value = pl.col("value").str.strip_chars()
    return pl.when(value.fill_null("") == "").then(pl.lit(WITHHELD)).otherwise(value).alias("value")


def _month(form: MonthForm) -> pl.Expr:
    month = pl.col("month").str.strip_chars()
    if form in WRITTEN:
        return month.str.replace(*WRITTEN[form])
    if form in DAYS:
        days = [month.str.to_date(written, strict=False) for written in (DAYS[form], "%Y-%m-%d", CELL)]
        return pl.coalesce(*(day.dt.strftime("%Y-%m") for day in days), month)
    return month
