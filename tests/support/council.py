"""A council with its committees and the paper they treat, after V/0715/2012."""

from typing import Any

import httpx

from support.agreeing_online import DISTRICT, lead
from support.tokens import bearer

COMMITTEES = [
    ("schule", "2012-11-20", "preliminary"),
    ("soziales", "2012-11-21", "preliminary"),
    ("gleichstellung", "2012-11-27", "preliminary"),
    ("jugend", "2012-11-28", "preliminary"),
    ("haupt", "2012-12-12", "preliminary"),
    ("rat", "2012-12-12", "decision"),
]
PAPER: dict[str, Any] = {
    "number": "V/0715/2012",
    "title": "Steuerung von Leistungen mit Bezug auf Aufgaben der Grundsicherung für Arbeitsuchende",
    "unit": DISTRICT,
    "on": "2012-09-27",
    "kind": "resolution",
    "public": True,
    "proposals": ["Planungsgrundlagen jährlich parallel zum Haushalt", "Ermächtigung zu modifizierten Zielwerten"],
    "finances": [
        {
            "plan": "Teilergebnisplan",
            "product_group": group,
            "product_group_name": name,
            "line": "11",
            "line_name": "Personalaufwendungen",
            "year": 2013,
            "amount": "42660",
            "refinanced_percent": share,
        }
        for group, name, share in (
            ("0103", "Verwaltungsführung", None),
            ("0501", "Leistungen der Grundsicherung nach dem SGB II", "84.8"),
        )
    ],
    "impacts": {"finance": "yes", "staff": "yes", "organisation": "not_yet_foreseeable"},
    "links": [{"kind": "is_fulfilled_by", "number": "V/0395/2010"}, {"kind": "cites", "number": "V/0442/2012"}],
}


async def seat(http: httpx.AsyncClient) -> None:
    """Add the bodies."""
    for code, kind_of in [*((code, "committee") for code, *_ in COMMITTEES), ("vorstand", "board")]:
        sent = {"code": code, "name": f"Gremium {code}", "kind": kind_of, "unit": DISTRICT}
        assert (await http.post("/v1/bodies", json=sent, headers=bearer("operator"))).status_code == 201


def office(unit: str, **headers: str) -> dict[str, str]:
    """Give the headers of an office of a unit."""
    return {**bearer("office", units=(unit,)), **headers}


async def findings(http: httpx.AsyncClient, told: dict[str, Any]) -> list[tuple[str, str]]:
    """List the findings of an agreement by rule and place."""
    answer = await http.get(f"/v1/agreements/{told['id']}/findings", headers=lead(DISTRICT))
    return [(finding["rule"], finding["pointer"]) for finding in answer.json()["items"]]


async def planned(http: httpx.AsyncClient, told: dict[str, Any], **step: Any) -> dict[str, Any]:
    """Plan a step of an agreement's consultation sequence."""
    path = f"/v1/agreements/{told['id']}/consultations"
    answer = await http.post(path, json={"paper_number": "V/0715/2012", **step}, headers=office(DISTRICT))
    assert answer.status_code == 201, answer.text
    filed: dict[str, Any] = answer.json()
    return filed
