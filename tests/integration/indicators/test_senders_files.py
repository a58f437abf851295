"""What senders really send: their own columns, their own numbers, their own formats, and their file back."""

import io
import json

import httpx
import openpyxl
import polars as pl
import pytest
from support.bad_files import NAMESPACE
from support.sending import TOWN, delivered, known, sender
from support.tokens import bearer

OTHER = "05158008"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {
    "csv": "text/csv",
    "xlsx": XLSX,
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "sdmx.csv": "application/vnd.sdmx.data+csv",
    "xml": "application/xml",
}
VENDOR = "Einheit;Merkmal;Monat;Wert;Geschlecht;Bearbeiter\n"


@pytest.mark.parametrize("form", FORMS)
async def test_a_template_filled_in_is_a_good_delivery_in_every_format(http: httpx.AsyncClient, form: str) -> None:
    month = f"2010-{list(FORMS).index(form) + 1:02}"
    asked = {"format": form, "month": month, "unit": TOWN, "variable": "elb_stock"}
    blank = await http.get("/v1/deliveries/template", params=asked, headers=sender())
    assert blank.status_code == 200
    told = (await delivered(http, filled(form, blank.content), FORMS[form])).json()
    assert (told["status"], told["counts"]["accepted"]) == ("accepted", 1), told
    assert [one["value"] for one in await known(http, "elb_stock", month)] == ["4821.50"]


async def test_no_template_is_given_for_a_month_that_is_not_kept(http: httpx.AsyncClient) -> None:
    refused = await http.get("/v1/deliveries/template", params={"month": "1989-12"}, headers=sender())
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/month-too-early")


def filled(form: str, content: bytes) -> bytes:
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert book.active is not None
        book.active["D2"] = "4821.50"
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    if form == "parquet":
        out = io.BytesIO()
        pl.read_parquet(content).with_columns(value=pl.lit("4821.50").cast(pl.Decimal(18, 2))).write_parquet(out)
        return out.getvalue()
    if form == "xml":
        return content.replace(b"<value></value>", b"<value>4821.50</value>")
    if "json" in form:
        return content.replace(b'"value": ""', b'"value": 4821.50')
    text = content.decode()
    return text.rstrip("\n").removesuffix('""').encode() + b"4821.50\n"


async def test_a_vendors_file_is_read_by_its_profile(http: httpx.AsyncClient) -> None:
    content = f"{VENDOR}{TOWN};elb_stock;01/2011;1.234,50;w;Meier\n{TOWN};elb_stock;01/2011;2,5;männlich;X\n"
    told = (await delivered(http, content.encode("cp1252"), query="?profile=vendor-csv")).json()
    assert (told["status"], told["profile"]) == ("accepted", "vendor-csv@1")
    found = {one["dimensions"]["sex"]: one["value"] for one in await known(http, "elb_stock", "2011-01")}
    assert found == {"f": "1234.50", "m": "2.5"}


async def test_a_profile_that_is_not_ready_says_what_it_needs(http: httpx.AsyncClient) -> None:
    refused = await delivered(http, b"<x/>", "application/xml", "?profile=xsozial-ba-sgb-ii")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/profile-unready")
    assert "XML schema" in refused.json()["detail"]


async def test_a_profile_is_tried_on_its_sample_before_it_is_kept(http: httpx.AsyncClient) -> None:
    profile = {
        "title": "Stadtverwaltung",
        "media_type": "text/csv",
        "columns": {"Kennziffer": "unit", "Monat": "month", "Anzahl": "value"},
        "constants": {"variable": "elb_stock"},
        "translations": {"unit": {"ERK": TOWN}},
        "months": "german_day",
        "delimiter": ";",
        "senders": ["stadt"],
        "sample": "Kennziffer;Monat;Anzahl\nERK;28.02.2011;7\nERK;29.02.2011;8\n",
    }
    tried = (await http.put("/v1/profiles/stadt", json=profile, headers=bearer("operator"))).json()
    assert (tried["profile"]["version"], tried["read"], tried["rejected"]) == (1, 2, 1)
    assert tried["rows"][0] == {"unit": TOWN, "month": "2011-02", "value": "7", "variable": "elb_stock"}
    assert [(f["row"], f["code"]) for f in tried["findings"]] == [(3, "bad_month")]
    again = await http.put("/v1/profiles/stadt", json=profile, headers=bearer("operator"))
    assert again.json()["profile"]["version"] == 2
    own = {**sender(subject="stadt"), "Content-Type": "text/csv"}
    sent = await http.post("/v1/deliveries", content=str(profile["sample"]), headers=own)
    assert sent.json()["profile"] == "stadt@2"
    unfit = {**profile, "sample": "Anzahl;Datum\n1;2\n"}
    refused = await http.put("/v1/profiles/stadt", json=unfit, headers=bearer("operator"))
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/profile-unfit")


async def test_a_file_by_its_own_schema_is_read_by_its_own_elements(http: httpx.AsyncClient) -> None:
    schema = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="meldung"><xs:complexType>
      <xs:sequence><xs:element name="satz" maxOccurs="unbounded"><xs:complexType><xs:sequence>
      <xs:element name="traeger" type="xs:string"/><xs:element name="bestand" type="xs:decimal"/>
      </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>"""
    profile = {
        "title": "Meldung",
        "media_type": "application/xml",
        "record": "satz",
        "xml_schema": schema,
        "columns": {"traeger": "unit", "bestand": "value"},
        "constants": {"variable": "elb_stock", "month": "2011-03"},
        "sample": f"<meldung><satz><traeger>{TOWN}</traeger><bestand>9</bestand></satz></meldung>",
    }
    tried = await http.put("/v1/profiles/meldung", json=profile, headers=bearer("operator"))
    assert (tried.status_code, tried.json()["rejected"]) == (200, 0), tried.text
    broken = f"<meldung>\n<satz><traeger>{TOWN}</traeger><bestand>neun</bestand></satz></meldung>"
    refused = await delivered(http, broken.encode(), "application/xml", "?profile=meldung")
    assert (refused.status_code, "line 2" in refused.json()["detail"]) == (422, True)
    outside = {
        **profile,
        "xml_schema": schema.replace(
            '<xs:element name="meldung">',
            '<xs:include schemaLocation="file:///etc/hostname"/><xs:element name="meldung">',
        ),
    }
    leaking = await http.put("/v1/profiles/meldung", json=outside, headers=bearer("operator"))
    assert (leaking.status_code, leaking.json()["type"]) == (422, "/problems/profile-unfit")


ROWS = [(TOWN, "elb_stock", "2011-13", "1"), (TOWN, "elb_stock", "2011-05", "x"), (TOWN, "elb_stock", "2011-06", "3")]
NAMES = ("unit", "variable", "month", "value")


def written(form: str) -> bytes:
    rows = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    if form == "json":
        return json.dumps({"rows": rows}).encode()
    if form == "ndjson":
        return "\n".join(json.dumps(row) for row in rows).encode()
    if form == "parquet":
        out = io.BytesIO()
        pl.DataFrame(rows).write_parquet(out)
        return out.getvalue()
    if form == "xlsx":
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in (NAMES, *ROWS):
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    if form == "xml":
        records = ("".join(f"<{name}>{text}</{name}>" for name, text in row.items()) for row in rows)
        head = "<head><module>observations</module><sender/><reporting_month>2011-06</reporting_month></head>"
        sent = "".join(f"<record>{one}</record>" for one in records)
        return f'<delivery xmlns="{NAMESPACE}" version="1.0">{head}<records>{sent}</records></delivery>'.encode()
    separator = ";" if form == "csv" else ","
    return "\r\n".join(separator.join(row) for row in (NAMES, *ROWS)).encode("utf-16")


@pytest.mark.parametrize("form", ["csv", "json", "ndjson", "parquet", "xlsx", "xml"])
async def test_a_file_comes_back_with_its_findings_and_is_taken_when_fixed(http: httpx.AsyncClient, form: str) -> None:
    first = await delivered(http, written(form), FORMS[form])
    assert first.json()["counts"]["rejected"] == 2, first.text
    german = {**sender(), "Accept-Language": "de"}
    back = await http.get(f"{first.headers['location']}/returned-file", headers=german)
    charset = "; charset=utf-16" if form == "csv" else ""
    assert (back.status_code, back.headers["content-type"]) == (200, FORMS[form] + charset)
    fixed = mended(form, back.content)
    again = (await delivered(http, fixed, FORMS[form])).json()
    assert (again["status"], again["counts"]["rejected"]) == ("accepted", 0), again


def mended(form: str, content: bytes) -> bytes:
    """Fix the two rows as a person would, and leave the added columns where they are."""
    if form == "parquet":
        frame = pl.read_parquet(content)
        assert frame["finding_code"].to_list() == ["bad_month", "not_a_decimal", ""]
        fixed = frame.with_columns(
            pl.Series("month", ["2011-04", "2011-05", "2011-06"]), pl.Series("value", ["1", "2", "3"])
        )
        out = io.BytesIO()
        fixed.write_parquet(out)
        return out.getvalue()
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert book.active is not None
        assert [cell.value for cell in book.active[2]][4:6] == ["bad_month", "month"]
        book.active["C2"], book.active["D3"] = "2011-04", "2"
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    encoding = "utf-16" if form == "csv" else "utf-8"
    text = content.decode(encoding)
    assert "bad_month" in text
    assert "JJJJ-MM" in text
    return (
        text.replace("2011-13", "2011-04")
        .replace(";x;", ";2;")
        .replace('"value": "x"', '"value": "2"')
        .replace("<value>x<", "<value>2<")
        .encode(encoding)
    )


def headed(module: str, named: str) -> bytes:
    """Write an XML file of one row with such a head."""
    head = f"<head>\n<module>{module}</module><sender>{named}</sender><reporting_month>2011-07</reporting_month></head>"
    row = f"<record><unit>{TOWN}</unit><variable>elb_stock</variable><value>7</value></record>"
    return f'<delivery xmlns="{NAMESPACE}" version="1.0">\n{head}<records>{row}</records></delivery>'.encode()


async def test_a_head_that_contradicts_the_delivery_says_where_and_what_to_do(http: httpx.AsyncClient) -> None:
    refused = await delivered(http, headed("case_records", ""), FORMS["xml"], **{"Accept-Language": "de"})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/head-differs")
    assert refused.json()["detail"] == (
        "Zeile 2, module: der Kopf sagt „case_records“, geliefert wird sie als „observations“; liefern Sie sie als"
        " diese Art, oder berichtigen Sie den Kopf"
    )
    foreign = await delivered(http, headed("observations", "anderswo"), FORMS["xml"])
    assert "line 2, sender: the head says 'anderswo', it is delivered as 'fachverfahren'" in foreign.json()["detail"]


async def test_a_head_may_name_the_sender_that_delivers(http: httpx.AsyncClient) -> None:
    told = (await delivered(http, headed("observations", " fachverfahren "), FORMS["xml"])).json()
    assert (told["status"], told["sender"]) == ("accepted", "fachverfahren")
