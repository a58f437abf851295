"""Templates of case records and follow-ups: ready files with every column, filled in and sent."""

import io
import json

import httpx
import openpyxl
import polars as pl
import pytest
from support.tokens import bearer

JOBCENTER = "36402"
SENDER = bearer("uploader", units=(JOBCENTER,), subject="fachverfahren")
FORMS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "xml": "application/xml",
}
NO = dict.fromkeys(("lone_parent", "marginal_entry", "subsidised_entry", "in_measure"), "nein")
AMOUNTS = {"benefit_living": "404.50", "benefit_housing": "310"}
CASE = {**NO, **AMOUNTS, "person": "0815", "employable": "ja", "in_need": "ja", "integration": "none"}
FILLED = {"case_records": CASE, "follow_up": {"person": "0815", "insured_1": "ja"}}


def filled(form: str, content: bytes, cells: dict[str, str]) -> bytes:
    out = io.BytesIO()
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert book.active is not None
        for cell in book.active[1]:
            if cell.value in cells:
                book.active.cell(2, cell.column, cells[str(cell.value)])
        book.save(out)
    elif form == "parquet":
        pl.read_parquet(content).with_columns(pl.lit(text).alias(name) for name, text in cells.items()).write_parquet(
            out
        )
    elif form == "xml":
        for name, text in cells.items():
            content = content.replace(f"<{name}></{name}>".encode(), f"<{name}>{text}</{name}>".encode())
        out.write(content)
    elif form == "csv":
        pl.read_csv(content, infer_schema=False).with_columns(
            pl.lit(text).alias(name) for name, text in cells.items()
        ).write_csv(out)
    else:
        row = json.loads(content) if form == "ndjson" else json.loads(content)["rows"][0]
        out.write(json.dumps({**row, **cells} if form == "ndjson" else {"rows": [{**row, **cells}]}).encode())
    return out.getvalue()


@pytest.mark.parametrize("kind", FILLED)
@pytest.mark.parametrize("form", FORMS)
async def test_a_template_of_records_filled_in_is_a_good_delivery(
    http: httpx.AsyncClient, form: str, kind: str
) -> None:
    asked = {"kind": kind, "format": form, "month": "2012-11", "unit": JOBCENTER}
    blank = await http.get("/v1/deliveries/template", params=asked, headers=SENDER)
    assert blank.status_code == 200, blank.text
    sent = {**SENDER, "Content-Type": FORMS[form]}
    content = filled(form, blank.content, FILLED[kind])
    told = (await http.post(f"/v1/deliveries?kind={kind}&dry_run=true", content=content, headers=sent)).json()
    assert (told["status"], told["counts"]["accepted"]) == ("accepted", 1), told


async def test_a_template_of_records_has_a_row_for_a_senders_own_units_and_none_for_their_towns(
    http: httpx.AsyncClient,
) -> None:
    asked = {"kind": "case_records", "month": "2012-11"}
    blank = await http.get("/v1/deliveries/template", params=asked, headers=SENDER)
    assert pl.read_csv(blank.content, infer_schema=False)["unit"].to_list() == [JOBCENTER]


async def test_sdmx_tells_observations_only(http: httpx.AsyncClient) -> None:
    asked = {"kind": "case_records", "format": "sdmx.csv", "month": "2012-11"}
    refused = await http.get("/v1/deliveries/template", params=asked, headers=SENDER)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/observations-only")


async def test_records_do_not_come_as_sdmx(http: httpx.AsyncClient) -> None:
    content = b"STRUCTURE,STRUCTURE_ID,ACTION,UNIT,PERSON,MONTH\ndataflow,X,I,36402,P1,2012-11\n"
    sent = {**SENDER, "Content-Type": "application/vnd.sdmx.data+csv"}
    refused = await http.post("/v1/deliveries?kind=follow_up", content=content, headers=sent)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/observations-only")
