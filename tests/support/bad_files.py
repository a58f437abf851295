"""A corpus of bad files: what senders get wrong, and what attackers try, each with what must come of it."""

import codecs
import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import polars as pl

TOWN, OTHER = "05158004", "05158008"
CSV, JSON, NDJSON = "text/csv", "application/json", "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
PARQUET, XML, SDMX = "application/vnd.apache.parquet", "application/xml", "application/vnd.sdmx.data+csv"
NAMES = ("unit", "variable", "month", "value")
HEADER = ",".join(NAMES)
NAMESPACE = "urn:zielwerk:delivery:1.0"


@dataclass(frozen=True)
class Bad:
    """A file and what must come of it: a problem of the whole file, or findings of rows beside so many good ones."""

    name: str
    content: bytes | Callable[[], bytes]
    problem: str = ""
    codes: tuple[str, ...] = ()
    good: int = 0
    media_type: str = CSV
    status: int = 422
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def bytes(self) -> bytes:
        """Give the file."""
        return self.content if isinstance(self.content, bytes) else self.content()


def rows(*more: str, header: str = HEADER, month: str = "2009-01", end: str = "\n") -> bytes:
    """Write a CSV file whose first row is good."""
    return end.join([header, f"{TOWN},ltr_inflow,{month},7{',' * (header.count(',') - 3)}", *more, ""]).encode()


def cell(value: str) -> bytes:
    """Write a good row and one with this value."""
    return rows(f'{TOWN},ltr_inflow,2009-02,"{value}"')


VALUES = {
    "empty": ("", "empty_value"),
    "blank": ("   ", "empty_value"),
    "not a number": ("NaN", "not_a_decimal"),
    "infinity": ("Infinity", "not_a_decimal"),
    "minus infinity": ("-inf", "not_a_decimal"),
    "exponent": ("1e5", "not_a_decimal"),
    "tiny exponent": ("1e-30", "not_a_decimal"),
    "ten to the four hundred": ("1" + "0" * 400, "not_a_decimal"),
    "nineteen digits": ("1" * 19, "not_a_decimal"),
    "eleven places": ("0." + "1" * 11, "not_a_decimal"),
    "hexadecimal": ("0x10", "not_a_decimal"),
    "underscores": ("1_000", "not_a_decimal"),
    "arabic digits": ("١٢٣", "not_a_decimal"),
    "wide digits": ("１２", "not_a_decimal"),
    "formula": ("=1+1", "not_a_decimal"),
    "formula with a link": ('=HYPERLINK(""http://x"")', "not_a_decimal"),
    "formula with a plus": ("+1", "not_a_decimal"),
    "formula with an at": ("@SUM(A1)", "not_a_decimal"),
    "command": ("|calc", "not_a_decimal"),
    "thousands or thousandths in quotes": ("18,353", "ambiguous_number"),
    "comma and points": ("1.5,5", "not_a_decimal"),
    "two points": ("1.2.3", "not_a_decimal"),
    "two signs": ("--1", "not_a_decimal"),
    "blank inside": ("1 000", "not_a_decimal"),
    "hard blank inside": ("1\u00a0000", "not_a_decimal"),
    "currency": ("12.50 €", "not_a_decimal"),
    "percent": ("12%", "not_a_decimal"),
    "null": ("null", "not_a_decimal"),
    "spreadsheet error": ("#REF!", "not_a_decimal"),
    "truth value": ("true", "not_a_decimal"),
    "apostrophe": ("'5", "not_a_decimal"),
    "no digit before the point": (".5", "not_a_decimal"),
    "no digit behind the point": ("5.", "not_a_decimal"),
    "NUL": ("1\0", "not_a_decimal"),
    "replacement character": ("�", "not_a_decimal"),
    "line break": ("1\n2", "not_a_decimal"),
    "below the bound": ("-1", "out_of_bounds"),
    "statement": ("1); DROP TABLE observations;--", "not_a_decimal"),
}
MONTHS = {
    "thirteenth": ("2014-13", "bad_month"),
    "zeroth": ("2014-00", "bad_month"),
    "day that is not": ("29.02.2013", "bad_month"),
    "year only": ("2014", "bad_month"),
    "one digit": ("2014-1", "bad_month"),
    "short year": ("14-11", "bad_month"),
    "another day than the first": ("2014-11-15", "bad_month"),
    "short year behind a slash": ("11/14", "bad_month"),
    "name nobody knows": ("Lenz 2014", "bad_month"),
    "empty": ("", "bad_month"),
    "other hyphen": ("2014‑11", "bad_month"),
    "NUL": ("2014-11\0", "bad_month"),
    "negative": ("-2014-11", "bad_month"),
    "ahead": ("2999-01", "future_month"),
    "last of all": ("9999-12", "future_month"),
}
UNITS = {
    "unknown": ("99999999", "unknown_unit"),
    "empty": ("", "unknown_unit"),
    "leading zero lost": ("5158004", "unknown_unit"),
    "of another sender": (OTHER, "not_your_unit"),
    "statement": ("05158004' OR '1'='1", "unknown_unit"),
    "path": ("../../etc/passwd", "unknown_unit"),
    "long": ("0" * 10_000, "unknown_unit"),
    "NUL": ("05158004\0", "unknown_unit"),
}
VARIABLES = {
    "unknown": ("ltr_inflows", "unknown_variable"),
    "empty": ("", "unknown_variable"),
    "capitals": ("LTR_INFLOW", "unknown_variable"),
    "formula": ("=ltr_inflow", "unknown_variable"),
}
GROUPS = {
    "unknown value": ("ltr_inflow", "sex", "x", "unknown_dimension_value"),
    "value of another": ("ltr_inflow", "sex", "under_25", "unknown_dimension_value"),
    "not split by it": ("first_contacts", "sex", "f", "dimension_not_allowed"),
    "long": ("ltr_inflow", "sex", "f" * 5000, "unknown_dimension_value"),
}


def of_rows() -> list[Bad]:
    """Give files with one good row and a bad one."""
    found = [Bad(f"value: {name}", cell(text), codes=(code,), good=1) for name, (text, code) in VALUES.items()]
    found += [
        Bad(f"month: {name}", rows(f"{TOWN},ltr_inflow,{text},1"), codes=(code,), good=1)
        for name, (text, code) in MONTHS.items()
    ]
    found += [
        Bad(f"unit: {name}", rows(f"{text},ltr_inflow,2009-02,1"), codes=(code,), good=1)
        for name, (text, code) in UNITS.items()
    ]
    found += [
        Bad(f"variable: {name}", rows(f"{TOWN},{text},2009-02,1"), codes=(code,), good=1)
        for name, (text, code) in VARIABLES.items()
    ]
    found += [
        Bad(f"group: {n}", rows(f"{TOWN},{v},2009-02,1,{text}", header=f"{HEADER},{d}"), codes=(code,), good=1)
        for n, (v, d, text, code) in GROUPS.items()
    ]
    return found


def workbook(*content: tuple[Any, ...]) -> bytes:
    """Write a workbook."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in content:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    """Write an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def parquet(**columns: Any) -> bytes:
    """Write a Parquet file."""
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out)
    return out.getvalue()


def objects(*members: Mapping[str, Any]) -> bytes:
    """Write JSON rows, the first of them good."""
    good = dict(zip(NAMES, (TOWN, "ltr_inflow", "2009-01", "7"), strict=True))
    return json.dumps({"rows": [good, *({**good, "month": "2009-02", **one} for one in members)]}).encode()


def delivery(records: str, head: str = "<reporting_month>2009-01</reporting_month>", before: str = "") -> bytes:
    """Write an XML file."""
    said = "<module>observations</module><sender/>"
    return (
        f'<?xml version="1.0"?>\n{before}<delivery xmlns="{NAMESPACE}" version="1.0">'
        f"<head>{said}{head}</head><records>{records}</records></delivery>"
    ).encode()


RECORD = f"<record><unit>{TOWN}</unit><variable>ltr_inflow</variable><value>7</value></record>"
ANNOUNCED = {"Content-Digest": "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"}
PACKED = {"Content-Encoding": "gzip"}
UTF16 = codecs.BOM_UTF16_LE + rows().decode().encode("utf-16-le")
ZEROS = gzip.compress(b"0" * 30_000_000)
