"""Is it alive, is it ready, how is it doing."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from chassis.database import Database
from chassis.migrations import applied, head_of
from chassis.storing.failing import DatabaseAway
from chassis.wire import Told


class Health(Told):
    """The state of a service."""

    status: str
    detail: str


def health_router(service: str, database: Database, registry: CollectorRegistry) -> APIRouter:
    """Serve `/healthz`, `/readyz` and `/metrics`; open to everybody, telling nothing of anybody."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz")
    async def is_alive() -> Health:
        """Say that the process answers."""
        return Health(status="alive", detail=service)

    @router.get("/readyz", response_model=Health, responses={503: {"model": Health}})
    async def is_ready() -> Response:
        """Say whether requests can be served: the database answers and stands at the newest migration."""
        problem = await _obstacle(service, database)
        health = Health(status="waiting" if problem else "ready", detail=problem or service)
        return JSONResponse(health.model_dump(), 503 if problem else 200)

    @router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
    async def tell_metrics(_request: Request) -> Response:
        """Give counts and durations in the Prometheus text format."""
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router


async def _obstacle(service: str, database: Database) -> str | None:
    try:
        async with database.engine.connect() as connection:
            current = await applied(connection)
    except (SQLAlchemyError, DatabaseAway) as error:
        return f"the database does not answer ({type(error).__name__})"
    return (
        None if current == head_of(service) else f"the database stands at migration {current}, not {head_of(service)}"
    )
