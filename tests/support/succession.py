"""Jobcenters of which one succeeds another in spring, told by HTTP with their figures of two years, and read."""

from typing import Any

import httpx

from support.tokens import bearer

BEFORE, AFTER, TURN = "jc-before", "jc-after", "2014-04-01"
AUDITOR, OPERATOR = bearer("auditor"), bearer("operator")
MONTHS = [f"2013-{number:02}" for number in range(1, 13)] + [f"2014-{number:02}" for number in range(1, 7)]
Q = {"from": "2014-01", "to": "2014-06", "view": "month"}


def succession_beside(*others: str) -> dict[str, Any]:
    """Give the succession and jobcenters that last."""
    return {
        "units": [
            *({"code": code, "name": code, "kind": "jobcenter_municipal"} for code in others),
            {"code": BEFORE, "name": BEFORE, "kind": "jobcenter_joint", "valid_until": TURN},
            {"code": AFTER, "name": AFTER, "kind": "jobcenter_municipal", "valid_from": TURN},
        ],
        "relations": [{"kind": "succeeds", "source": AFTER, "target": BEFORE, "valid_from": TURN}],
    }


async def figures_told(http: httpx.AsyncClient, stocks: dict[str, int]) -> None:
    """Deliver integrations and a stock that grows by one a month, for the months in which each unit is there."""
    lines = ["unit,variable,month,value"]
    for place, month in enumerate(MONTHS):
        there = [unit for unit in stocks if unit != (BEFORE if month >= TURN[:7] else AFTER)]
        lines += [f"{unit},elb_stock,{month},{stocks[unit] + place}" for unit in there]
        lines += [f"{unit},integrations,{month},{stocks[unit] // 20 + place % 5}" for unit in there]
    sender = {**bearer("uploader", units=tuple(stocks)), "Content-Type": "text/csv"}
    sent = await http.post("/v1/deliveries", content="\n".join([*lines, ""]).encode(), headers=sender)
    assert sent.json()["counts"]["rejected"] == 0, sent.text


async def asked(http: httpx.AsyncClient, token: dict[str, str] = AUDITOR, **more: Any) -> dict[str, dict[str, Any]]:
    """Read the integration rate, by unit and month."""
    answer = await http.get("/v1/readings", params={**Q, "indicator": "K2", **more}, headers=token)
    assert answer.status_code == 200, answer.text
    return {f"{item['unit']} {item['month']}": item for item in answer.json()["items"]}


async def refused(http: httpx.AsyncClient, token: dict[str, str] = AUDITOR, **more: Any) -> tuple[int, str]:
    """Give the status and the problem of a reading that is not given."""
    answer = await http.get("/v1/readings", params={**Q, "indicator": "K2", **more}, headers=token)
    return answer.status_code, str(answer.json()["type"]).rsplit("/", 1)[-1]
