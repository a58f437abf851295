"""The composition root of the indicators service: settings → ports → app."""

from functools import partial

import httpx
from chassis.clock import new_id, now, today
from chassis.database import Database
from chassis.every import every, once
from chassis.follow import FeedPage, follow
from chassis.outgoing import OwnToken, client_of
from chassis.service import create_service
from fastapi import FastAPI

from indicators.api import (
    catalogue,
    collecting,
    deliveries,
    duties,
    formulas,
    gates,
    objections,
    oversight,
    profiles,
    quality_rules,
    readings,
    reconciliations,
    releases,
    small_areas,
    soft_findings,
    standing,
    templates,
    uploads,
    variables,
)
from indicators.api.reviews import audits, consequences, files, grids, rounds, sums
from indicators.api.samples import SAMPLES
from indicators.clients.agreements.gateway import AgreementsGateway
from indicators.formats.blank import blank
from indicators.formats.official import read_official
from indicators.formats.reader import read
from indicators.formats.references import read_references
from indicators.formats.returning import give_back
from indicators.formats.xml import schema_text
from indicators.persistence.spool import Folder
from indicators.persistence.tables import outbox
from indicators.persistence.transactions import Transactions
from indicators.ports import Ports
from indicators.records.pseudonyms import rekeyed
from indicators.settings import Settings
from indicators.usecases.following import read_so_far, take_news
from indicators.usecases.line import Line
from indicators.usecases.recording import forget_old_records
from indicators.usecases.reminding import remind
from indicators.usecases.scrutinising import resume as resume_scrutinies
from indicators.usecases.scrutinising import scrutinise
from indicators.usecases.uploading import forget_expired
from indicators.usecases.working_off import resume, work_off

REMINDED_EVERY = 900.0
"""Seconds between rounds of reminders; each is sent once, however often its round comes."""
RESUMED_EVERY, TIDIED_EVERY, DAILY = 2.0, 3600.0, 24 * 3600.0
"""Seconds between looks for deliveries that another process left behind."""

ROUTERS = (
    variables.router,
    catalogue.router,
    formulas.router,
    collecting.router,
    small_areas.router,
    templates.router,
    deliveries.router,
    uploads.router,
    profiles.router,
    readings.router,
    duties.router,
    oversight.router,
    quality_rules.router,
    soft_findings.router,
    gates.router,
    grids.router,
    sums.router,
    consequences.router,
    rounds.router,
    files.router,
    audits.router,
    standing.router,
    objections.router,
    reconciliations.router,
    releases.router,
)


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
        give_back=give_back,
        blank=blank,
        xml_schema=schema_text,
        fetch_units=agreements.units,
        rekey=partial(rekeyed, key=settings.pseudonym_key),
        today=today,
        read_references=read_references,
        read_official=read_official,
    )

    async def follow_agreements() -> None:
        async def take(page: FeedPage) -> None:
            await take_news(ports, list(page.events), page.next)

        await follow("agreements", lambda: read_so_far(ports), agreements.events, take)

    async def reminded() -> None:
        await remind(ports, ports.today(), settings.reminder_days)

    async def forget() -> None:
        await every(DAILY, lambda: forget_old_records(ports, settings.records_months), "forget_old_records")

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
        background=[
            follow_agreements,
            forget,
            lambda: every(RESUMED_EVERY, lambda: resume_scrutinies(ports), "scrutinies"),
            lambda: every(REMINDED_EVERY, reminded, "reminders"),
            lambda: every(RESUMED_EVERY, lambda: resume(ports), "deliveries"),
            lambda: every(TIDIED_EVERY, lambda: forget_expired(ports, now()), "uploads"),
        ],
        clients=[client],
        file_paths=["/v1/deliveries", "/file", "/population"],
    )
