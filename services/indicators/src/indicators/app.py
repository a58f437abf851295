"""The composition root of the indicators service: settings → ports → app."""

import httpx
from chassis.clock import new_id, now, today
from chassis.database import Database
from chassis.every import every, once
from chassis.follow import FeedPage, follow
from chassis.outgoing import OwnToken, client_of
from chassis.service import create_service
from fastapi import FastAPI

from indicators.api import catalogue, deliveries, duties, quality_rules, readings, soft_findings
from indicators.api.samples import SAMPLES
from indicators.clients.agreements.gateway import AgreementsGateway
from indicators.formats.reader import read
from indicators.persistence.spool import Folder
from indicators.persistence.tables import outbox
from indicators.persistence.transactions import Transactions
from indicators.ports import Ports
from indicators.settings import Settings
from indicators.usecases.following import read_so_far, take_news
from indicators.usecases.line import Line
from indicators.usecases.scrutinising import resume as resume_scrutinies
from indicators.usecases.scrutinising import scrutinise
from indicators.usecases.working_off import resume, work_off

RESUMED_EVERY = 2.0
"""Seconds between looks for deliveries that another process left behind."""


def create_app(settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> FastAPI:
    """Build the indicators service; `transport` stands in for the network in tests."""
    database = Database(str(settings.database_url))
    client = client_of(settings.agreements_url, OwnToken(settings, "indicators").current, transport)
    agreements = AgreementsGateway(client)
    transactions = Transactions(database, now)
    line = Line(lambda job: work_off(ports, job))
    scrutiny = Line(lambda job: once(lambda: scrutinise(ports, job.id), "scrutiny"), at_once=1)
    ports = Ports(
        begin=transactions.begin,
        look=transactions.look,
        spool=Folder(settings.home / "spool" / "indicators"),
        line=line,
        scrutiny=scrutiny,
        new_id=new_id,
        read=read,
        fetch_units=agreements.units,
        today=today,
    )

    async def follow_agreements() -> None:
        async def take(page: FeedPage) -> None:
            await take_news(ports, list(page.events), page.next)

        await follow("agreements", lambda: read_so_far(ports), agreements.events, take)

    return create_service(
        name="indicators",
        title="Zielwerk indicators",
        summary="What is measured: variables, indicators, deliveries, observations with their history, readings.",
        settings=settings,
        database=database,
        ports=ports,
        routers=[
            catalogue.router,
            deliveries.router,
            readings.router,
            duties.router,
            quality_rules.router,
            soft_findings.router,
        ],
        outbox=outbox,
        samples=SAMPLES,
        background=[
            follow_agreements,
            lambda: every(RESUMED_EVERY, lambda: resume(ports), "deliveries"),
            lambda: every(RESUMED_EVERY, lambda: resume_scrutinies(ports), "scrutinies"),
        ],
        clients=[client],
        file_paths=["/v1/deliveries"],
    )
