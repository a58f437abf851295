"""The composition root of the indicators service: settings → ports → app."""

from functools import partial

import httpx
from chassis.clock import now, today
from chassis.database import Database
from chassis.every import every
from chassis.follow import FeedPage, follow
from chassis.outgoing import OwnToken, client_of
from chassis.service import create_service
from fastapi import FastAPI

from indicators.api import catalogue, deliveries, duties, readings
from indicators.api.samples import SAMPLES
from indicators.clients.agreements.gateway import AgreementsGateway
from indicators.formats.reader import read
from indicators.persistence.tables import outbox
from indicators.persistence.transactions import Transactions
from indicators.ports import Ports
from indicators.records.pseudonyms import rekeyed
from indicators.settings import Settings
from indicators.usecases.following import read_so_far, take_news
from indicators.usecases.recording import forget_old_records

DAILY = 24 * 3600


def create_app(settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> FastAPI:
    """Build the indicators service; `transport` stands in for the network in tests."""
    database = Database(str(settings.database_url))
    client = client_of(settings.agreements_url, OwnToken(settings, "indicators").current, transport)
    agreements = AgreementsGateway(client)
    transactions = Transactions(database, now)
    ports = Ports(
        begin=transactions.begin,
        look=transactions.look,
        read=read,
        fetch_units=agreements.units,
        rekey=partial(rekeyed, key=settings.pseudonym_key),
        today=today,
    )

    async def follow_agreements() -> None:
        async def take(page: FeedPage) -> None:
            await take_news(ports, list(page.events), page.next)

        await follow("agreements", lambda: read_so_far(ports), agreements.events, take)

    async def forget() -> None:
        await every(DAILY, lambda: forget_old_records(ports, settings.records_months), "forget_old_records")

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
        ],
        outbox=outbox,
        samples=SAMPLES,
        background=[follow_agreements, forget],
        clients=[client],
        file_paths=["/v1/deliveries"],
    )
