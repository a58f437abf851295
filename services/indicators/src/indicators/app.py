"""The composition root of the indicators service: settings → ports → app."""

import httpx
from chassis.clock import now, today
from chassis.database import Database
from chassis.every import every
from chassis.follow import FeedPage, follow
from chassis.outgoing import OwnToken, client_of
from chassis.service import create_service
from fastapi import FastAPI

from indicators.api import catalogue, deliveries, duties, oversight, readings
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
from indicators.usecases.reminding import remind
from indicators.usecases.working_off import resume, work_off

RESUMED_EVERY = 2.0
"""Seconds between looks for deliveries that another process left behind."""
REMINDED_EVERY = 900.0
"""Seconds between rounds of reminders; each is sent once, however often its round comes."""


def create_app(settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> FastAPI:
    """Build the indicators service; `transport` stands in for the network in tests."""
    database = Database(str(settings.database_url))
    client = client_of(settings.agreements_url, OwnToken(settings, "indicators").current, transport)
    agreements = AgreementsGateway(client)
    transactions = Transactions(database, now)
    line = Line(lambda job: work_off(ports, job))
    ports = Ports(
        begin=transactions.begin,
        look=transactions.look,
        spool=Folder(settings.home / "spool" / "indicators"),
        line=line,
        read=read,
        fetch_units=agreements.units,
        today=today,
    )

    async def follow_agreements() -> None:
        async def take(page: FeedPage) -> None:
            await take_news(ports, list(page.events), page.next)

        await follow("agreements", lambda: read_so_far(ports), agreements.events, take)

    async def reminded() -> None:
        await remind(ports, ports.today(), settings.reminder_days)

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
            oversight.router,
        ],
        outbox=outbox,
        samples=SAMPLES,
        background=[
            follow_agreements,
            lambda: every(RESUMED_EVERY, lambda: resume(ports), "deliveries"),
            lambda: every(REMINDED_EVERY, reminded, "reminders"),
        ],
        clients=[client],
        file_paths=["/v1/deliveries"],
    )
