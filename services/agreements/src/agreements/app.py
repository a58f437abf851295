"""The composition root of the agreements service: settings → ports → app."""

from chassis.clock import now, today
from chassis.database import Database
from chassis.outbox import events_router
from chassis.service import create_service
from fastapi import FastAPI

from agreements.api import (
    agreements,
    comparison_groups,
    goals,
    offers,
    planning_rounds,
    reference_values,
    signatures,
    tiers,
    units,
)
from agreements.api.keys import Keys, keys_router
from agreements.formats.reader import read
from agreements.persistence.seal import KeySeal
from agreements.persistence.tables import outbox
from agreements.persistence.transactions import Transactions
from agreements.ports import Ports
from agreements.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """Build the agreements service."""
    database = Database(str(settings.database_url))
    secret = settings.signing_key.get_secret_value() if settings.signing_key else None
    seal = KeySeal.of(secret, settings.home)
    transactions = Transactions(database, now)
    ports = Ports(begin=transactions.begin, look=transactions.look, seal=seal, today=today, read_rows=read)
    return create_service(
        name="agreements",
        title="Zielwerk agreements",
        summary="Who agrees on what: units, parties, goals, agreements, their revisions and signatures.",
        settings=settings,
        database=database,
        ports=ports,
        routers=[
            units.router,
            tiers.router,
            agreements.router,
            planning_rounds.router,
            reference_values.router,
            comparison_groups.router,
            offers.router,
            goals.router,
            signatures.router,
            keys_router(Keys.model_validate(seal.public_keys())),
            events_router("agreements", outbox),
        ],
        file_paths=["/v1/planning-rounds/*/reference-values"],
    )
