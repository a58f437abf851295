"""The composition root of the reporting service: settings → ports → app."""

import httpx
from chassis.clock import new_id, now, today
from chassis.database import Database
from chassis.follow import FeedPage, follow
from chassis.outgoing import OwnToken, client_of
from chassis.service import create_service
from fastapi import FastAPI

from reporting.api import attainment, start
from reporting.api.reports import reports_router
from reporting.api.samples import SAMPLES
from reporting.clients.agreements.gateway import AgreementsGateway
from reporting.clients.indicators.gateway import IndicatorsGateway
from reporting.persistence.tables import outbox
from reporting.persistence.transactions import Transactions
from reporting.ports import Ports
from reporting.rendering.document import RENDERERS
from reporting.settings import Settings
from reporting.usecases.following import read_so_far, take_agreements, take_deliveries


def create_app(
    settings: Settings,
    agreements_transport: httpx.AsyncBaseTransport | None = None,
    indicators_transport: httpx.AsyncBaseTransport | None = None,
) -> FastAPI:
    """Build the reporting service; the transports stand in for the network in tests."""
    database, sign = Database(str(settings.database_url)), OwnToken(settings, "reporting").current
    to_agreements = client_of(settings.agreements_url, sign, agreements_transport)
    to_indicators = client_of(settings.indicators_url, sign, indicators_transport)
    agreements, indicators = AgreementsGateway(to_agreements), IndicatorsGateway(to_indicators)
    transactions = Transactions(database, now)
    ports = Ports(
        begin=transactions.begin,
        look=transactions.look,
        agreements=agreements,
        indicators=indicators,
        units=transactions.units,
        today=today,
        new_id=new_id,
    )

    async def follow_agreements() -> None:
        async def take(page: FeedPage) -> None:
            await take_agreements(ports, page.events, page.next, now())

        await follow("agreements", lambda: read_so_far(ports, "agreements"), agreements.events, take)

    async def follow_indicators() -> None:
        async def take(page: FeedPage) -> None:
            await take_deliveries(ports, page.events, page.next, now())

        await follow("indicators", lambda: read_so_far(ports, "indicators"), indicators.events, take)

    return create_service(
        name="reporting",
        title="Zielwerk reporting",
        summary="How far it has come: attainment, traffic lights, reports.",
        settings=settings,
        database=database,
        ports=ports,
        routers=[start.router, attainment.router, reports_router(RENDERERS)],
        outbox=outbox,
        samples=SAMPLES,
        background=[follow_agreements, follow_indicators],
        clients=[to_agreements, to_indicators],
    )
