"""Mapping profiles of case records and follow-ups: a case-management system delivers its own export as it is."""

import base64
from typing import Any

import httpx
import pytest
from support.sending import TOWN
from support.tokens import bearer

JOBCENTER, PERSON = "36402", "PNR-00047110815"
SENDER = {**bearer("uploader", units=(JOBCENTER,), subject="fallsoftware"), "Content-Type": "text/csv"}
HEADER = "Träger;PNR;Zeitraum;Ort;Geschl;GebJahr;BG;AE;Erw;HB;LU;KdU;Abgang;Mini;Gef;Maßnahme"
RECORD = f"SME;{PERSON};11/2013;{TOWN};weiblich;1980;Paar mit Kindern;N;J;J;404,50;310,00;keiner;N;N;J"
YES_NO = {"J": "ja", "N": "nein"}
FLAGS = {
    "AE": "lone_parent",
    "Erw": "employable",
    "HB": "in_need",
    "Mini": "marginal_entry",
    "Gef": "subsidised_entry",
    "Maßnahme": "in_measure",
}
EXPORT: dict[str, Any] = {
    "title": "Ausgabe der Fallsoftware",
    "kind": "case_records",
    "media_type": "text/csv",
    "columns": {
        "Träger": "unit",
        "PNR": "person",
        "Zeitraum": "month",
        "Ort": "town",
        "Geschl": "sex",
        "GebJahr": "birth_year",
        "BG": "household_type",
        "LU": "benefit_living",
        "KdU": "benefit_housing",
        "Abgang": "integration",
        **FLAGS,
    },
    "translations": {
        "unit": {"SME": JOBCENTER},
        "sex": {"weiblich": "f", "männlich": "m"},
        "household_type": {"Paar mit Kindern": "couple_with_children"},
        "integration": {"keiner": "none", "Arbeit": "employment"},
        **dict.fromkeys(FLAGS.values(), YES_NO),
    },
    "delimiter": ";",
    "decimal": ",",
    "encoding": "cp1252",
    "months": "slash",
    "sample": f"{HEADER}\n{RECORD}\n",
}


async def put(http: httpx.AsyncClient, code: str, profile: dict[str, Any], query: str = "") -> httpx.Response:
    return await http.put(f"/v1/profiles/{code}{query}", json=profile, headers=bearer("operator"))


async def delivered(http: httpx.AsyncClient, content: str, query: str) -> httpx.Response:
    return await http.post(f"/v1/deliveries?{query}", content=content.encode("cp1252"), headers=SENDER)


async def test_an_export_of_case_records_is_read_by_its_profile(http: httpx.AsyncClient) -> None:
    tried = (await put(http, "faelle", EXPORT)).json()
    assert (tried["profile"]["kind"], tried["read"], tried["rejected"]) == ("case_records", 1, 0), tried
    shown = {"unit": JOBCENTER, "month": "2013-11", "sex": "f", "in_need": "ja", "benefit_living": "404.50"}
    assert tried["rows"][0].items() >= {**shown, "household_type": "couple_with_children", "person": "***"}.items()
    told = (await delivered(http, EXPORT["sample"], "kind=case_records&profile=faelle")).json()
    assert (told["status"], told["profile"], told["counts"]["accepted"]) == ("accepted", "faelle@1", 1), told
    asked = {"unit": JOBCENTER, "variable": "elb_stock", "from": "2013-11", "to": "2013-11"}
    items = (await http.get("/v1/observations", params=asked, headers=bearer("auditor"))).json()["items"]
    assert {one["value"] for one in items if one["dimensions"] == {"sex": "f"}} == {"1"}


async def test_an_export_of_follow_ups_is_read_by_its_profile(http: httpx.AsyncClient) -> None:
    profile = {
        "title": "Verbleib",
        "kind": "follow_up",
        "media_type": "text/csv",
        "columns": {"PNR": "person", "Monat": "month", "nach 1": "insured_1"},
        "constants": {"unit": JOBCENTER},
        "translations": {"insured_1": YES_NO},
        "sample": f"PNR;Monat;nach 1\n{PERSON};2013-11;J\n{PERSON};2013-12;?\n",
    }
    tried = await put(http, "verbleib", profile, "?dry_run=true")
    assert (tried.json()["read"], tried.json()["rejected"]) == (2, 1), tried.text
    assert [(one["row"], one["column"], one["code"]) for one in tried.json()["findings"]] == [
        (3, "insured_1", "not_yes_or_no")
    ]
    assert PERSON not in tried.text


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([RECORD, RECORD], id="a person stands twice"),
        pytest.param([RECORD.replace("404,50", PERSON)], id="a pseudonym stands where an amount should"),
        pytest.param([RECORD.replace(";", f";{PERSON};", 1)], id="a cell too many puts all columns out of place"),
        pytest.param([RECORD.replace("11/2013", PERSON)], id="a pseudonym stands where a month should"),
    ],
)
async def test_no_trial_names_a_person(http: httpx.AsyncClient, rows: list[str]) -> None:
    tried = await put(http, "faelle", {**EXPORT, "sample": "\n".join([HEADER, *rows, ""])}, "?dry_run=true")
    assert (tried.status_code, tried.json()["rejected"]) == (200, 1), tried.text
    assert PERSON not in tried.text


async def test_a_profile_is_not_used_for_another_kind_of_delivery(http: httpx.AsyncClient) -> None:
    await put(http, "faelle", EXPORT)
    for query in ("profile=faelle", "kind=follow_up&profile=faelle", "kind=case_records&profile=vendor-csv"):
        refused = await delivered(http, EXPORT["sample"], query)
        assert (refused.status_code, refused.json()["type"]) == (422, "/problems/profile-for-another-kind"), query
    assert "kind=case_records" in (await delivered(http, EXPORT["sample"], "profile=faelle")).json()["detail"]


async def test_a_sender_has_a_profile_for_each_kind_of_delivery(http: httpx.AsyncClient) -> None:
    values: dict[str, Any] = {
        "title": "Zahlen",
        "media_type": "text/csv",
        "columns": {"Zahl": "value"},
        "constants": {"unit": JOBCENTER, "variable": "elb_stock", "month": "2013-01"},
        "senders": ["fallsoftware"],
        "sample": "Zahl\n7\n",
    }
    await put(http, "a-zahlen", values)
    await put(http, "b-faelle", {**EXPORT, "senders": ["fallsoftware"]})
    of_values = await delivered(http, values["sample"], "dry_run=true")
    of_records = await delivered(http, EXPORT["sample"], "kind=case_records&dry_run=true")
    assert [one.json()["profile"].partition("@")[0] for one in (of_values, of_records)] == ["a-zahlen", "b-faelle"]


async def test_a_sample_sent_as_text_is_text_whatever_encoding_the_files_have(http: httpx.AsyncClient) -> None:
    as_bytes = {**EXPORT, "sample": "", "sample_base64": base64.b64encode(EXPORT["sample"].encode("cp1252")).decode()}
    text, packed = [await put(http, "faelle", one, "?dry_run=true") for one in (EXPORT, as_bytes)]
    assert (text.status_code, text.json()) == (200, packed.json())


async def test_a_sample_of_xml_sent_as_text_is_text_whatever_it_declares(http: httpx.AsyncClient) -> None:
    profile = {
        "title": "Meldung",
        "media_type": "application/xml",
        "record": "satz",
        "columns": {"Träger": "unit", "Zahl": "value"},
        "constants": {"variable": "elb_stock", "month": "2013-11"},
        "sample": '<?xml version="1.0" encoding="windows-1252"?>\n'
        f"<meldung><satz><Träger>{JOBCENTER}</Träger><Zahl>9</Zahl></satz></meldung>",
    }
    tried = await put(http, "meldung", profile, "?dry_run=true")
    assert (tried.status_code, tried.json()["rejected"]) == (200, 0), tried.text


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"constants": {"quark": "1"}}, "/constants/quark"),
        ({"translations": {"foo": {"a": "b"}}}, "/translations/foo"),
        ({"columns": {"A/B": "gibts_nicht"}}, "/columns/A~1B"),
        (
            {"figures": {"Zahl": {"variable": "elb_stock", "dimensions": {"quark": "x"}}}},
            "/figures/Zahl/dimensions/quark",
        ),
        ({"constants": {"benefit_living": "1"}}, "/constants/benefit_living"),
        ({"kind": "case_records", "constants": {"value": "1"}}, "/constants/value"),
        ({"kind": "follow_up", "figures": {"Zahl": {"variable": "elb_stock"}}}, "/figures/Zahl"),
        ({"kind": "case_records", "blank_withheld": True}, "/blank_withheld"),
    ],
)
async def test_what_a_kind_of_delivery_does_not_have_is_refused_with_its_place(
    http: httpx.AsyncClient, wrong: dict[str, Any], place: str
) -> None:
    profile = {"title": "x", "media_type": "text/csv", "sample": "unit,variable,month,value\n", **wrong}
    refused = await put(http, "falsch", profile)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/profile-targets-unknown"), refused.text
    assert [one["pointer"] for one in refused.json()["errors"]] == [place]
    assert "it has unit, " in refused.json()["detail"]


@pytest.mark.parametrize("wrong", [{"constants": {"person": "P1"}}, {"translations": {"person": {"P1": "P2"}}}])
async def test_a_profile_names_no_persons(http: httpx.AsyncClient, wrong: dict[str, Any]) -> None:
    refused = await put(http, "falsch", {**EXPORT, **wrong})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/persons-in-profile")
