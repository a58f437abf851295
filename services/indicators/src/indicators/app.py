"""The composition root of the indicators service: settings → ports → app."""

from functools import partial

import httpx
from chassis.clock import new_id, now, today
from chassis.database import Database
from chassis.every import once
from chassis.follow import FeedPage, follow
from chassis.outgoing import OwnToken, client_of
from chassis.service import create_service
from fastapi import FastAPI

from indicators.api.routers import ROUTERS
from indicators.api.samples import SAMPLES
from indicators.clients.agreements.gateway import AgreementsGateway
from indicators.formats.blank import blank
from indicators.formats.official import read_official
from indicators.formats.reader import read
from indicators.formats.references import read_references
from indicators.formats.returning import give_back
from indicators.formats.xml import head_of, schema_text
from indicators.persistence.spool import Folder
from indicators.persistence.tables import outbox
from indicators.persistence.transactions import Transactions
from indicators.ports import Ports
from indicators.records.executors import executor_named
from indicators.records.pseudonyms import rekeyed
from indicators.settings import Settings
from indicators.usecases.again import again
from indicators.usecases.following import read_so_far, take_news
from indicators.usecases.line import Line
from indicators.usecases.reconciliations.comparing import compare
from indicators.usecases.scrutinising import scrutinise
from indicators.usecases.working_off import work_off

FILES = ("/v1/deliveries", "/file", "/population")
"""How paths end that take whole files."""


def create_app(settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> FastAPI:
    """Build the indicators service; `transport` stands in for the network in tests."""
    database = Database(str(settings.database_url))
    client = client_of(settings.agreements_url, OwnToken(settings, "indicators").current, transport)
    agreements = AgreementsGateway(client)
    transactions = Transactions(database, now)
    ports = Ports(
        begin=transactions.begin,
        look=transactions.look,
        spool=Folder(settings.home / "spool" / "indicators"),
        line=Line(lambda job: work_off(ports, job)),
        scrutiny=Line(lambda job: once(lambda: scrutinise(ports, job.id), "scrutiny"), at_once=1),
        reconciling=Line(lambda job: compare(ports, job, settings.most_official_figures), at_once=1),
        new_id=new_id,
        read=read,
        head_of=head_of,
        give_back=give_back,
        blank=blank,
        xml_schema=schema_text,
        fetch_units=agreements.units,
        find_goals=agreements.goals,
        executor=executor_named(settings.records_executor),
        largest_file=settings.largest_file,
        ltr_variant=settings.ltr_variant,
        rekey=partial(rekeyed, key=settings.pseudonym_key),
        today=today,
        read_references=read_references,
        read_official=read_official,
    )
    rounds = again(
        ports,
        now,
        reminder_days=settings.reminder_days,
        records_months=settings.records_months,
        review_months=settings.review_months,
    )
    return create_service(
        name="indicators",
        title="Zielwerk indicators",
        summary="What is measured: variables, indicators, deliveries, observations with their history, readings.",
        settings=settings,
        database=database,
        ports=ports,
        routers=ROUTERS,
        outbox=outbox,
        samples=SAMPLES,
        background=[partial(_follow, ports, agreements), *rounds],
        clients=[client],
        file_limits=dict.fromkeys(FILES, settings.largest_file)
        | {"/v1/reconciliations": settings.largest_official_table},
    )


async def _follow(ports: Ports, agreements: AgreementsGateway) -> None:
    async def take(page: FeedPage) -> None:
        await take_news(ports, list(page.events), page.next)

    await follow("agreements", lambda: read_so_far(ports), agreements.events, take)
