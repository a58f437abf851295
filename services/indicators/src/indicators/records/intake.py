"""Case records and follow-ups as they arrive: text columns in, typed columns out, and findings that name no person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl
from domain.admission import Admission
from domain.case_record import Integration
from domain.errors import Invalid, Text
from domain.identity import UnitCode, VariableCode
from domain.intake import FindingCode
from domain.period import YEAR_LENGTH, BadMonth, Month
from domain.variable import DIMENSIONS
from domain.written_month import month_of

from indicators.records.columns import INSURED, days_of
from indicators.records.question import DERIVED, FOLLOWED
from indicators.records.sorting import Sifted, fault, sifted

MOST_DAYS = 31
EARLIEST, LATEST = 1900, 9999 * YEAR_LENGTH
FLAGS = {"true": True, "false": False, "1": True, "0": False, "ja": True, "nein": False, "yes": True, "no": False}
AMOUNT = r"^[0-9]{1,9}([.,][0-9]{1,2})?$"
YES_OR_NO = ("lone_parent", "employable", "in_need", "marginal_entry", "subsidised_entry", "in_measure")
BENEFITS = ("benefit_living", "benefit_housing")
GROUPS = ("sex", "household_type")
OPTIONAL = ("town", "sex", "birth_year", "household_type", "elb_days")
RECORD_COLUMNS = ("unit", "person", "month", *OPTIONAL, *YES_OR_NO, *BENEFITS, "integration")
FOLLOW_UP_COLUMNS = ("unit", "person", "month", *INSURED)


@dataclass(eq=False)
class CaseColumnsMissing(Invalid):
    """The file of case records lacks columns."""

    title_de = "Der Datei mit Einzelfällen fehlen Spalten."
    says = Text("missing: {missing}", "es fehlen: {missing}")

    missing: str


def check_records(sent: pl.DataFrame, admission: Admission) -> Sifted:
    """Sift a slice of case records."""
    rows = _text(sent, RECORD_COLUMNS, OPTIONAL)
    judged = _placed(rows).with_columns(
        *(_flag(name) for name in YES_OR_NO),
        *(_cents(name) for name in BENEFITS),
        _birth_year(),
        _days(),
        _town(admission),
    )
    faults = [
        *_place_faults(judged, admission, DERIVED),
        *(fault(judged, name, FindingCode.EMPTY_CELL, _empty(name)) for name in (*YES_OR_NO, "integration")),
        *(fault(judged, name, FindingCode.EMPTY_VALUE, _empty(name)) for name in BENEFITS),
        *(fault(judged, name, FindingCode.NOT_YES_OR_NO, _unread(name)) for name in YES_OR_NO),
        *(fault(judged, name, FindingCode.NOT_AN_AMOUNT, _unread(name)) for name in BENEFITS),
        *(fault(judged, n, FindingCode.UNKNOWN_DIMENSION_VALUE, _foreign(n, DIMENSIONS[n])) for n in GROUPS),
        fault(judged, "integration", FindingCode.UNKNOWN_INTEGRATION, _foreign("integration", _INTEGRATIONS)),
        fault(judged, "birth_year", FindingCode.BAD_BIRTH_YEAR, _unread("birth_year")),
        fault(judged, "elb_days", FindingCode.BAD_DAYS, _unread("elb_days")),
        fault(judged, "town", FindingCode.UNKNOWN_UNIT, _unread("town")),
    ]
    typed = {f"{name}_read": name for name in (*YES_OR_NO, *BENEFITS, "birth_year", "elb_days", "town")}
    return sifted(sent.height, judged, faults, typed, RECORD_COLUMNS)


def check_follow_ups(sent: pl.DataFrame, admission: Admission) -> Sifted:
    """Sift a slice of follow-ups; an empty month is one that is not known."""
    rows = _text(sent, FOLLOW_UP_COLUMNS, tuple(INSURED))
    judged = _placed(rows).with_columns(_flag(name) for name in INSURED)
    unread = [fault(judged, name, FindingCode.NOT_YES_OR_NO, _unread(name)) for name in INSURED]
    typed = {f"{name}_read": name for name in INSURED}
    return sifted(sent.height, judged, [*_place_faults(judged, admission, FOLLOWED), *unread], typed, FOLLOW_UP_COLUMNS)


_INTEGRATIONS = ("none", *map(str, Integration))


def _text(sent: pl.DataFrame, columns: Sequence[str], optional: Sequence[str]) -> pl.DataFrame:
    """Give every known column as stripped text; truth values, numbers and decimals of typed files become text too."""
    missing = [name for name in columns if name not in sent.columns and name not in optional]
    if missing:
        raise CaseColumnsMissing(", ".join(missing))
    cleaned = [
        pl.col(name).cast(pl.String).str.strip_chars().fill_null("")
        if name in sent.columns
        else pl.lit("").alias(name)
        for name in columns
    ]  # fmt: skip
    lower = [pl.col(name).str.to_lowercase() for name in columns if name not in ("unit", "person", "month", "town")]
    return sent.select(pl.col("row").cast(pl.Int64), *cleaned).with_columns(lower)


def _placed(rows: pl.DataFrame) -> pl.DataFrame:
    """Put the number of the month beside its text."""
    months = {text: _month(text) for text in rows["month"].unique()}
    known = {text: month.ordinal for text, month in months.items() if month}
    ordinal = pl.col("month").replace_strict(known, default=None, return_dtype=pl.Int32)
    return rows.with_columns(ordinal=ordinal)


def _month(text: str) -> Month | None:
    try:
        return month_of(text)
    except BadMonth:
        return None


def _flag(name: str) -> pl.Expr:
    read = pl.col(name).replace_strict(FLAGS, default=None, return_dtype=pl.Boolean)
    return read.alias(f"{name}_read")


def _cents(name: str) -> pl.Expr:
    """Read euros with a point or a comma as whole cents."""
    sound = pl.when(pl.col(name).str.contains(AMOUNT)).then(pl.col(name).str.replace(",", ".", literal=True))
    return (sound.cast(pl.Decimal(15, 2)) * 100).cast(pl.Int64).alias(f"{name}_read")


def _birth_year() -> pl.Expr:
    year = pl.when(pl.col("birth_year").str.contains(r"^[0-9]{4}$")).then(pl.col("birth_year")).cast(pl.Int16)
    return (
        pl.when(year.is_between(EARLIEST, pl.col("ordinal").fill_null(LATEST) // YEAR_LENGTH))
        .then(year)
        .alias("birth_year_read")
    )


def _days() -> pl.Expr:
    days = pl.when(pl.col("elb_days").str.contains(r"^[0-9]{1,2}$")).then(pl.col("elb_days")).cast(pl.UInt8)
    return pl.when(days <= days_of(pl.col("ordinal")).fill_null(MOST_DAYS)).then(days).alias("elb_days_read")


def _town(admission: Admission) -> pl.Expr:
    return pl.when(pl.col("town").is_in(list(admission.units.units))).then(pl.col("town")).alias("town_read")


def _empty(name: str) -> pl.Expr:
    return pl.col(name) == ""


def _unread(name: str) -> pl.Expr:
    return (pl.col(name) != "") & pl.col(f"{name}_read").is_null()


def _foreign(name: str, known: Sequence[str]) -> pl.Expr:
    return (pl.col(name) != "") & ~pl.col(name).is_in(list(known))


def _place_faults(judged: pl.DataFrame, admission: Admission, figures: Iterable[str]) -> list[pl.DataFrame]:
    """Judge each distinct pair of unit and month once; rows stand for all figures that are derived from them."""
    variables = [VariableCode(code) for code in figures]
    faults = [
        (unit, month, column, code.value)
        for unit, month in judged.select("unit", "month").unique().rows()
        for column, code in _faults(unit, _month(month), admission, variables)
    ]
    schema = dict.fromkeys(("unit", "month", "column", "code"), pl.String)
    found = judged.join(pl.DataFrame(faults, schema=schema, orient="row"), on=["unit", "month"])
    value = pl.when(pl.col("column") == "unit").then("unit").otherwise("month")
    return [
        found.select("row", "column", "code", value=value),
        fault(judged, "person", FindingCode.EMPTY_CELL, _empty("person")),
    ]


def _faults(
    unit: str, month: Month | None, admission: Admission, variables: Sequence[VariableCode]
) -> Iterable[tuple[str, FindingCode]]:
    wrong = list(admission.faults(unit, month))
    if wrong or month is None:
        return wrong
    kept_out = admission.kept_out(UnitCode(unit), month, variables)
    return [("unit", kept_out)] if kept_out else []
