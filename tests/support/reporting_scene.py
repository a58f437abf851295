"""The reporting service between two neighbours that say what a test tells them to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import httpx
from chassis.clock import new_id
from chassis.event import Event
from domain.agreement import Status
from domain.identity import AgreementId, UnitCode
from domain.path import Path, PathKind
from domain.unit import Unit, UnitKind, Units
from domain.unit_relation import Relation, RelationKind
from fastapi import FastAPI
from reporting.app import create_app
from reporting.persistence.transactions import Transactions
from reporting.ports import Ports
from reporting.usecases.following import take_agreements, take_deliveries

from support import databases
from support.agreeing import a_goal, a_revision, a_target
from support.apps import settings_of
from support.reporting_twins import Clock, ToldAgreements, ToldIndicators
from support.tokens import bearer

JOBCENTER, TOWN, ELSEWHERE, AGENCY = (UnitCode(code) for code in ("36402", "05158004", "05162", "AA-METTMANN"))
HERE, THERE = AgreementId(UUID(int=1)), AgreementId(UUID(int=2))
ROUND = UUID(int=3)
"""A round whose news comes along with that of agreements, and concerns nobody here."""
UNITS = Units.of(
    [Unit(code=code, name=f"Stelle {code}", kind=UnitKind.CITY) for code in (JOBCENTER, TOWN, ELSEWHERE, AGENCY)],
    [
        Relation(kind=RelationKind.PART_OF, source=TOWN, target=JOBCENTER),
        Relation(kind=RelationKind.SUPERVISES, source=AGENCY, target=JOBCENTER),
    ],
)
LEVEL = Path(kind=PathKind.LEVEL)
PARTY = replace(a_revision().parties[0], unit=AGENCY)


@dataclass
class Scene:
    """The service, and what its neighbours say."""

    app: FastAPI
    ports: Ports
    agreements: ToldAgreements
    indicators: ToldIndicators
    clock: Clock

    async def agreed(self, id: AgreementId, unit: UnitCode, *goals: str, status: Status = Status.IN_FORCE) -> None:
        """Tell of an agreement on the stock of long-term recipients, at most 100."""
        terms = a_target("100", path=LEVEL)
        revision = a_revision(*(a_goal(terms, code, obligated=unit) for code in goals), parties=(PARTY,))
        self.agreements.agreements[id] = (status, revision, ())
        news = [
            Event(type="units.changed", subject="units", data={}),
            Event(type="planninground.begun", subject=str(ROUND), data={"id": str(ROUND), "version": 1}),
            Event(type="agreement.activated", subject=str(id), data={"id": str(id)}),
        ]
        await take_agreements(self.ports, news, "1", self.clock())

    async def delivered(self, unit: UnitCode, *, times: int = 1, sender: UnitCode | None = None, **months: int) -> None:
        """Have a unit's figures change, and the news of it arrive: `n11=95` is November 2014."""
        self.indicators.figures |= {(unit, f"2014-{month[1:]}"): figure for month, figure in months.items()}
        news = [Event(type="delivery.accepted", subject="d", data={"units": [sender or unit]}) for _ in range(times)]
        await take_deliveries(self.ports, news, "1", self.clock())

    async def attested(self, unit: UnitCode, month: str) -> None:
        """Have somebody stand for a unit's month, and the news of it arrive."""
        self.indicators.attested.add((unit, month))
        news = Event(type="attestation.made", subject="a", data={"unit": unit, "month": month})
        await take_deliveries(self.ports, [news], "1", self.clock())

    async def asks(self, path: str, role: str = "auditor", *units: str, **headers: str) -> httpx.Response:
        """Ask for something."""
        return await self.calls("GET", path, {**bearer(role, units=units), **headers})

    async def reports(self, **sent: str) -> httpx.Response:
        """Draft the quarterly report on the jobcenter."""
        body = {"kind": "quarterly", "unit": str(JOBCENTER), "period": "2014-Q4", **sent}
        return await self.calls("POST", "/v1/reports", bearer("controller", units=(JOBCENTER,)), body)

    async def goals(self, path: str, role: str = "auditor", *units: str) -> list[tuple[str, str, str | None]]:
        """List goal, month and actual value of the items at an address."""
        items = (await self.asks(path, role, *units)).json()["items"]
        return [(item["goal"], item["month"], item["actual"]) for item in items]

    async def position(self) -> str:
        """Say how far everything that changed has been read."""
        return str((await self.asks("/v1/attainment/changes?limit=1000")).json()["next"])

    async def calls(self, method: str, path: str, headers: dict[str, str], body: Any = None) -> httpx.Response:
        """Send a request to the app."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://reporting") as client:
            return await client.request(method, path, headers=headers, json=body)


@asynccontextmanager
async def scene_on(template: str) -> AsyncIterator[Scene]:
    """Open a scene with an agreement here on two goals and one elsewhere on one; no figures yet."""
    url = await databases.fresh(template)
    app, clock = create_app(settings_of("reporting", url)), Clock()
    agreements, indicators = ToldAgreements(UNITS), ToldIndicators()
    transactions = Transactions(app.state.database, clock)
    ports = Ports(
        begin=transactions.begin,
        look=transactions.look,
        agreements=agreements,
        indicators=indicators,
        units=transactions.units,
        today=lambda: date(2015, 1, 20),
        new_id=new_id,
    )
    app.state.ports = ports
    made = Scene(app, ports, agreements, indicators, clock)
    await made.agreed(HERE, JOBCENTER, "integration", "recipients")
    await made.agreed(THERE, ELSEWHERE, "integration")
    yield made
    await app.state.database.close()
    await databases.drop(url)
