"""The corpus of bad files, continued: files that are wrong as a whole, and those that are odd but good."""

import gzip

from support.bad_files import (
    ANNOUNCED,
    HEADER,
    JSON,
    NAMES,
    NDJSON,
    PACKED,
    PARQUET,
    RECORD,
    SDMX,
    TOWN,
    UTF16,
    XML,
    ZEROS,
    Bad,
    delivery,
    objects,
    of_rows,
    parquet,
    rows,
    workbook,
)
from support.bad_sheets import ROW, SHEETS, WRITTEN_MONTHS

LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n'
OUTSIDE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
TEXTS = [
    Bad("csv: empty", b"", "file-empty"),
    Bad("csv: a blank line", b"\n", "file-empty"),
    Bad("csv: header only", f"{HEADER}\n".encode(), "file-empty"),
    Bad("csv: only a byte order mark", b"\xef\xbb\xbf", "file-empty"),
    Bad("csv: no value column", b"unit,variable,month\n1,2,3\n", "columns-missing"),
    Bad("csv: no header", ",".join(ROW).encode() + b"\n" + ",".join(ROW).encode(), "columns-missing"),
    Bad("csv: a column twice", f"{HEADER},value\n1,2,3,4,5\n".encode(), "columns-twice"),
    Bad("csv: a column twice by synonym", f"{HEADER},Wert\n1,2,3,4,5\n".encode(), "columns-twice"),
    Bad("csv: a column nobody knows", f"{HEADER},height\n1,2,3,4,5\n".encode(), "columns-unknown"),
    Bad("csv: ten thousand columns", ",".join(f"c{n}" for n in range(10_000)).encode() + b"\n1\n", "too-many-columns"),
    Bad("csv: one line of a hundred megabytes", lambda: b"u" * 100_000_000, "file-broken"),
    Bad("csv: an endless quote", f'{HEADER}\n"{TOWN},'.encode() + b"x" * 3_000_000, "file-broken"),
    Bad("csv: bytes of no encoding", f"{HEADER}\n\x81\x8d,2,3,4\n".encode("latin-1"), "file-broken"),
    Bad("csv: half a UTF-16 character", UTF16[:-1], "file-broken"),
    Bad("csv: a workbook by mistake", workbook(NAMES, ROW), "file-broken"),
    Bad("csv: a short row", rows(f"{TOWN},ltr_inflow,2009-02"), codes=("empty_value",), good=1),
    Bad("csv: a comma too many", rows(f"{TOWN},ltr_inflow,2009-02,1,5"), codes=("too_many_cells",), good=1),
    Bad("csv: three commas too many", rows(f"{TOWN},ltr_inflow,2009-02,1,5,6,7"), codes=("too_many_cells",), good=1),
    Bad("csv: a row twice", rows(f"{TOWN},ltr_inflow,2009-01,8"), codes=("duplicate_row",), good=1),
    Bad("csv: a row thrice", rows(*[f"{TOWN},ltr_inflow,2009-01,8"] * 2), codes=("duplicate_row",) * 2, good=1),
    Bad("csv: two faults in a row", rows("x,y,2009-02,1"), codes=("unknown_unit", "unknown_variable"), good=1),
    Bad(
        "csv: commas and points mixed",
        f"{HEADER}\n{TOWN},ltr_inflow,2009-01,7,5\n{TOWN},ltr_inflow,2009-02,7.5\n".replace(",", ";")
        .replace("7;5", "7,5")
        .encode(),
        codes=("mixed_decimals",),
        good=1,
    ),
    Bad(
        "csv: points, and commas in quotes",
        rows(f"{TOWN},ltr_inflow,2009-02,7.5", f'{TOWN},ltr_inflow,2009-03,"1,5"'),
        codes=("mixed_decimals",),
        good=2,
    ),
    Bad(
        "csv: thousands or thousandths between tabs",
        rows(f"{TOWN},ltr_inflow,2009-02,1.200").replace(b",", b"\t"),
        codes=("ambiguous_number",),
        good=1,
    ),
    Bad("csv: not packed", rows(), "file-broken", headers=PACKED),
    Bad("csv: packed and cut off", gzip.compress(rows())[:-6], "file-broken", headers=PACKED),
    Bad("csv: packed with junk behind", gzip.compress(rows()) + b"junk", "file-broken", headers=PACKED),
    Bad("csv: packed to burst", ZEROS, "file-broken", headers=PACKED),
    Bad("csv: packed in a way nobody knows", rows(), "encoding-unknown", headers={"Content-Encoding": "br"}),
    Bad("csv: not what was announced", rows(), "digest-differs", headers=ANNOUNCED),
    Bad("csv: a profile nobody knows", rows(), "unknown-profile", status=404, query="?profile=none"),
    Bad("csv: a mode nobody knows", rows(), "bad-input", query="?mode=some"),
    Bad("csv: a kind nobody knows", rows(), "bad-input", query="?kind=retraction"),
    Bad("csv: a parameter nobody knows", rows(), "unknown-parameter", query="?colour=red"),
    Bad("text of no format", rows(), "not-this-format", status=415, media_type="text/plain"),
    Bad("sdmx: no structure", rows(), "columns-missing", media_type=SDMX),
    Bad(
        "sdmx: an action nobody knows",
        b"STRUCTURE,STRUCTURE_ID,ACTION,UNIT,VARIABLE,TIME_PERIOD,OBS_VALUE\ndataflow,Z:O(1.0),X,"
        + f"{TOWN},ltr_inflow,2009-02,1\n".encode(),
        codes=("unknown_action",),
        media_type=SDMX,
    ),
]
JSONS = [
    Bad("json: empty", b"", "file-empty", media_type=JSON),
    Bad("json: no rows", b"[]", "file-empty", media_type=JSON),
    Bad("json: rows are no list", b'{"rows": 1}', "file-broken", media_type=JSON),
    Bad("json: rows are no objects", b"[1, 2]", "file-broken", media_type=JSON),
    Bad("json: NaN", b'[{"value": NaN}]', "file-broken", media_type=JSON),
    Bad("json: cut off", b'[{"unit": ', "file-broken", media_type=JSON),
    Bad("json: a hundred thousand deep", b"[" * 100_000, "file-broken", media_type=JSON),
    Bad("json: objects a hundred thousand deep", b'{"a":' * 100_000, "file-broken", media_type=JSON),
    Bad("json: not UTF-8", b'[{"unit": "\xff"}]', "file-broken", media_type=JSON),
    Bad("json: a comma too many", b'[{"unit": "x"},]', "file-broken", media_type=JSON),
    Bad("json: a lone surrogate", objects({"unit": "\ud800"}), codes=("unknown_unit",), good=1, media_type=JSON),
    Bad("json: an object as value", objects({"value": {"a": 1}}), codes=("not_a_decimal",), good=1, media_type=JSON),
    Bad("json: a list as value", objects({"value": [1]}), codes=("not_a_decimal",), good=1, media_type=JSON),
    Bad("json: a truth value", objects({"value": True}), codes=("not_a_decimal",), good=1, media_type=JSON),
    Bad("json: null", objects({"value": None}), codes=("empty_value",), good=1, media_type=JSON),
    Bad("json: a number as month", objects({"month": 201413}), codes=("bad_month",), good=1, media_type=JSON),
    Bad(
        "json: ten to the four hundred", objects({"value": 10**400}), codes=("not_a_decimal",), good=1, media_type=JSON
    ),
    Bad("json: an exponent", objects({"value": 1e300}), codes=("not_a_decimal",), good=1, media_type=JSON),
    Bad("ndjson: empty", b"", "file-empty", media_type=NDJSON),
    Bad("ndjson: a broken line", b'{"unit": "1"}\n{broken\n', "file-broken", media_type=NDJSON),
    Bad("ndjson: a list", b"[1]\n", "file-broken", media_type=NDJSON),
]
BINARIES = [
    Bad("parquet: junk", b"PAR1junkPAR1", "file-broken", media_type=PARQUET),
    Bad("parquet: empty", b"", "file-broken", media_type=PARQUET),
    Bad("parquet: cut off", parquet(**{name: ["x"] for name in NAMES})[:-20], "file-broken", media_type=PARQUET),
    Bad("parquet: lists", parquet(**{name: [["x"]] for name in NAMES}), "file-broken", media_type=PARQUET),
    Bad("parquet: no rows", parquet(**{name: [""][:0] for name in NAMES}), "file-empty", media_type=PARQUET),
    Bad("parquet: columns missing", parquet(unit=["x"]), "columns-missing", media_type=PARQUET),
    Bad(
        "parquet: not a number",
        parquet(unit=[TOWN], variable=["ltr_inflow"], month=["2009-02"], value=[float("nan")]),
        codes=("not_a_decimal",),
        media_type=PARQUET,
    ),
]
XMLS = [
    Bad("xml: empty", b"", "file-empty", media_type=XML),
    Bad("xml: no XML", b"unit,variable", "file-broken", media_type=XML),
    Bad("xml: cut off", delivery(RECORD)[:-20], "file-broken", media_type=XML),
    Bad("xml: entities that laugh", delivery(RECORD, before=LAUGHS), "file-broken", media_type=XML),
    Bad(
        "xml: an entity from outside",
        delivery(RECORD.replace("7", "&x;"), before=OUTSIDE),
        "file-broken",
        media_type=XML,
    ),
    Bad(
        "xml: another namespace", delivery(RECORD).replace(b"urn:zielwerk", b"urn:other"), "file-broken", media_type=XML
    ),
    Bad("xml: an element nobody knows", delivery("<record><height>1</height></record>"), "file-broken", media_type=XML),
    Bad("xml: no head", delivery(RECORD, head=""), "file-broken", media_type=XML),
    Bad(
        "xml: a month that is not",
        delivery(RECORD, head="<reporting_month>2014-13</reporting_month>"),
        "file-broken",
        media_type=XML,
    ),
    Bad("xml: a thousand elements deep", delivery("<record>" * 1000), "file-broken", media_type=XML),
    Bad("xml: a text without end", delivery(RECORD.replace("7", "7" * 11_000_000)), "file-broken", media_type=XML),
    Bad(
        "xml: a month that is not, beside a good one on the same line",
        delivery(RECORD + RECORD.replace("<value>", "<month>2009-13</month><value>")),
        codes=("bad_month",),
        good=1,
        media_type=XML,
    ),
    Bad(
        "xml: sent as another kind than its head says",
        delivery(RECORD),
        "head-differs",
        media_type=XML,
        query="?kind=follow_up",
    ),
    Bad(
        "xml: another kind of rows by its head",
        delivery(RECORD).replace(b"observations", b"case_records"),
        "head-differs",
        media_type=XML,
    ),
    Bad(
        "xml: of another sender",
        delivery(RECORD).replace(b"<sender/>", b"<sender>somebody</sender>"),
        "head-differs",
        media_type=XML,
    ),
    Bad("xml: no records", delivery(""), "file-empty", media_type=XML),
    Bad(
        "xml: another version",
        delivery(RECORD).replace(b'version="1.0">', b'version="9.9">'),
        "file-broken",
        media_type=XML,
    ),
]
RECORDS = [
    Bad("records: columns missing", rows(), "columns-missing", query="?kind=case_records"),
    Bad("records: follow-ups without months", b"unit,person\n1,2\n", "columns-missing", query="?kind=follow_up"),
    Bad(
        "records: nobody",
        f"unit,person,month,insured_1\n{TOWN},,2009-01,ja\n".encode(),
        codes=("empty_cell",),
        query="?kind=follow_up",
    ),
    Bad(
        "records: neither yes nor no",
        f"unit,person,month,insured_1\n{TOWN},p,2009-01,vielleicht\n".encode(),
        codes=("not_yes_or_no",),
        query="?kind=follow_up",
    ),
]
ODD_BUT_GOOD = [
    Bad("good: carriage returns only", rows(end="\r"), good=1),
    Bad("good: both line ends", rows(end="\r\n"), good=1),
    Bad("good: UTF-16", UTF16, good=1),
    Bad("good: tabs", rows().replace(b",", b"\t"), good=1),
    Bad("good: bars", rows().replace(b",", b"|"), good=1),
    Bad("good: blanks around", f"{HEADER}\n {TOWN} , ltr_inflow , 2009-01 , 7 \n".encode(), good=1),
    Bad("good: blank lines between", rows("", "", f"{TOWN},ltr_inflow,2009-02,1"), good=2),
    Bad("good: German header", rows(header="Einheit,Merkmal,Monat,Wert"), good=1),
    Bad(
        "good: XML of another month than its head says",
        delivery(RECORD.replace("<value>", "<month>2008-12</month><value>")),
        good=1,
        media_type=XML,
    ),
    Bad("good: minus nought", rows(f"{TOWN},ltr_inflow,2009-02,-0"), good=2),
    Bad("good: a comma in quotes", rows(f'{TOWN},ltr_inflow,2009-02,"1,5"'), good=2),
    Bad("good: months by name", rows(*(f"{TOWN},ltr_inflow,{month},1" for month in WRITTEN_MONTHS)), good=5),
    Bad(
        "good: months by name in json",
        objects(*({"month": month} for month in WRITTEN_MONTHS)),
        good=5,
        media_type=JSON,
    ),
    Bad("good: packed", gzip.compress(rows()), good=1, headers=PACKED),
    Bad(
        "good: packed in two members",
        gzip.compress(rows()) + gzip.compress(f"{TOWN},ltr_inflow,2009-02,1\n".encode()),
        good=2,
        headers=PACKED,
    ),
]
CORPUS = [*of_rows(), *TEXTS, *JSONS, *BINARIES, *SHEETS, *XMLS, *RECORDS, *ODD_BUT_GOOD]
