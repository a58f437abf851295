"""The composition root of the agreements service: settings → ports → app."""

import httpx
from chassis.audit.proofs import proved
from chassis.audit.seal import KeySeal
from chassis.clock import now, today
from chassis.database import Database
from chassis.every import every
from chassis.outgoing import OwnToken, client_of
from chassis.service import create_service
from fastapi import FastAPI

from agreements.api import (
    agreed_goals,
    agreements,
    attachments,
    budgets,
    committees,
    comparison_groups,
    concepts,
    evidence,
    goals,
    measures,
    meetings,
    nearest_neighbours,
    offers,
    oparl,
    papers,
    planning_rounds,
    proposals,
    reference_values,
    revisions,
    signatures,
    tiers,
    unit_tables,
    units,
)
from agreements.api.samples import SAMPLES
from agreements.clients.indicators.gateway import IndicatorsGateway
from agreements.formats.csv import read_csv
from agreements.formats.inspection import inspect
from agreements.formats.reader import read
from agreements.formats.signed_pdf import PadesReader
from agreements.persistence.recount import recount_contents, recount_revisions, recount_signatures
from agreements.persistence.tables import outbox
from agreements.persistence.transactions import Transactions
from agreements.ports import Ports
from agreements.rendering.bundle import bundle
from agreements.rendering.document import document_of
from agreements.settings import Settings
from agreements.usecases.signing import repair_seals

SEALING_PAUSE = 5.0
ROUTERS = (
    unit_tables.router,
    units.router,
    tiers.router,
    agreements.router,
    planning_rounds.router,
    reference_values.router,
    comparison_groups.router,
    nearest_neighbours.router,
    offers.router,
    concepts.router,
    committees.router,
    papers.router,
    budgets.router,
    measures.router,
    oparl.router,
    goals.router,
    agreed_goals.router,
    meetings.router,
    revisions.router,
    proposals.router,
    attachments.router,
    signatures.router,
    evidence.router,
)


FILES = ("/attachments", "/signatures/pdf", "/reference-values", "/table", "/registers", "/rankings")
"""How paths end that take whole files."""


def create_app(settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> FastAPI:
    """Build the agreements service; `transport` stands in for the network in tests."""
    to_indicators = client_of(settings.indicators_url, OwnToken(settings, "agreements").current, transport)
    database = Database(str(settings.database_url))
    seal = KeySeal.of(settings, "agreements")
    transactions = Transactions(database, now)
    ports = Ports(
        begin=transactions.begin,
        look=transactions.look,
        seal=seal,
        today=today,
        indicators=IndicatorsGateway(to_indicators),
        inspect=inspect,
        read_rows=read,
        read_table=read_csv,
        signed_pdfs=PadesReader(settings.trust_roots),
        document=document_of,
        bundle=bundle,
        proved=lambda resource: proved(database.engine, "agreements", seal, resource, now()),
    )

    async def keep_sealing() -> None:
        await every(SEALING_PAUSE, lambda: repair_seals(ports, now()), "sealing")

    return create_service(
        name="agreements",
        title="Zielwerk agreements",
        summary="Who agrees on what: units over time, rounds, negotiation, committees, budgets, signatures, evidence.",
        settings=settings,
        database=database,
        ports=ports,
        routers=ROUTERS,
        outbox=outbox,
        background=[keep_sealing],
        clients=[to_indicators],
        file_limits=dict.fromkeys(FILES, settings.largest_file),
        samples=SAMPLES,
        checks=[recount_revisions, recount_contents, recount_signatures],
    )
