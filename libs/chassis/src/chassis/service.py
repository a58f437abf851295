"""The shape every service has: its routes between the same middleware, problems, health, docs and lifespan."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import httpx
import sqlalchemy as sa
from domain.errors import Invalid, Text
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute
from fastapi_swagger import patch_fastapi
from prometheus_client import CollectorRegistry

from chassis import problems
from chassis.audit.checkpoints import keep_sealing
from chassis.audit.keys import keys_router
from chassis.audit.recount import Check
from chassis.audit.routes import OpenLog
from chassis.audit.routes import router as audit_router
from chassis.audit.seal import KeySeal
from chassis.auth import Verifier
from chassis.contract.declaring import declare
from chassis.database import Database
from chassis.health import health_router
from chassis.limiting import limited
from chassis.observe import Observed
from chassis.outbox import events_router
from chassis.settings import ServiceSettings
from chassis.storing import failing
from chassis.webhooks.routes import router as webhooks_router
from chassis.webhooks.sending import Sender

Background = Callable[[], Coroutine[Any, Any, None]]


@dataclass(eq=False)
class UnknownParameter(Invalid):
    """A query parameter is not known here."""

    title_de = "Ein Abfrageparameter ist hier unbekannt."
    says = Text("'{name}' is not known here; known are: {known}", "„{name}“ ist hier unbekannt; bekannt sind: {known}")

    name: str
    known: str


@dataclass(eq=False)
class NotThisMediaType(problems.Refused):
    """The body has a media type that this address does not take."""

    title_de = "Diese Adresse nimmt den Medientyp nicht an."
    says = Text("'{given}' is not taken; send {taken}", "„{given}“ wird nicht angenommen; senden Sie {taken}")
    status = 415

    given: str
    taken: str


async def well_formed(request: Request) -> None:
    """Refuse unknown query parameters, and JSON bodies that do not say they are JSON."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    known = sorted(f.alias for f in get_flat_params(route.dependant) if isinstance(f.field_info, Query))
    for name in request.query_params:
        if name not in known:
            raise UnknownParameter(name=name, known=", ".join(known) or "none")
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if route.body_field is not None and given != "application/json" and not given.endswith("+json"):
        raise NotThisMediaType(given=given, taken="application/json")


def create_service(
    *,
    name: str,
    title: str,
    summary: str,
    settings: ServiceSettings,
    database: Database,
    ports: object,
    outbox: sa.Table,
    routers: Sequence[APIRouter],
    samples: Mapping[str, object],
    checks: Sequence[Check] = (),
    background: Sequence[Background] = (),
    clients: Sequence[httpx.AsyncClient] = (),
    file_limits: Mapping[str, int] = MappingProxyType({}),
) -> FastAPI:
    """
    Compose a service: its own routes beside those every service has (health, keys, events, audit).

    Paths that end like one of `file_limits` take whole files of so many bytes, all other bodies stay small; `checks`
    are recounted; `samples` are values for examples in the contract, by the names of members.
    """
    seal = KeySeal.of(settings, name)
    registry = CollectorRegistry()
    sender = Sender.of(settings, name, database.engine)
    checkpoints = keep_sealing(database.engine, name, seal, settings.checkpoint_seconds)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(work()) for work in (*background, checkpoints, sender.keep_sending)]
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for client in (*clients, sender.client):
            await client.aclose()
        await database.close()

    app = FastAPI(
        title=title,
        summary=summary,
        version="1.0.0",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        dependencies=[Depends(well_formed)],
        responses={"default": {"model": problems.Problem, "description": "a problem (RFC 9457)"}},
        generate_unique_id_function=lambda route: route.name,
        separate_input_output_schemas=False,
    )
    app.state.database, app.state.ports, app.state.verifier = database, ports, Verifier(settings, name)
    app.state.sender = sender
    app.state.log = OpenLog(service=name, engine=database.engine, seal=seal, checks=checks)
    problems.install(app)
    failing.install(app)
    declare(app, samples)
    patch_fastapi(app, redirect_from_root_to_docs=False)
    own = (events_router(name, outbox), audit_router, webhooks_router, keys_router(seal))
    for router in (health_router(name, database, registry), *routers, *own):
        app.include_router(router)

    def limit_of(path: str) -> int:
        return next((most for end, most in file_limits.items() if path.endswith(end)), settings.largest_body)

    limited.install(app, settings)
    app.add_middleware(Observed, registry=registry, limit_of=limit_of)
    return app
