"""Request ids, structured logs, metrics and the limit of a body: one thin layer around every request."""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from time import perf_counter

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.clock import new_id

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")


def request_id() -> str:
    """Give the id of the request being served, to pass it on."""
    return _request_id.get()


def configure_logs() -> None:
    """Write one JSON object a line, levels and instants included, never a body or a token."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


class Observed:
    """ASGI middleware: names the request, counts and times it, stops a body that is too large."""

    def __init__(self, app: ASGIApp, *, registry: CollectorRegistry, limit_of: Callable[[str], int]) -> None:
        """Wrap an app; `limit_of` gives the largest body of a path in bytes."""
        self._app, self._limit_of = app, limit_of
        self._log = structlog.get_logger()
        labels = ["method", "route", "status"]
        self._count = Counter("http_requests_total", "Requests answered", labels, registry=registry)
        self._seconds = Histogram("http_request_seconds", "Time to answer", ["route"], registry=registry)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        given = headers.get(b"x-request-id", b"").decode("latin-1")
        identifier = given if _ACCEPTED_ID.fullmatch(given) else str(new_id())
        scope["request_id"] = identifier
        token = _request_id.set(identifier)
        status = 500

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", identifier.encode())]
            await send(message)

        began = perf_counter()
        try:
            await self._app(scope, _limited(receive, self._limit_of(scope["path"])), send_named)
        finally:
            _request_id.reset(token)
            self._done(scope, status, perf_counter() - began)

    def _done(self, scope: Scope, status: int, seconds: float) -> None:
        method, route = scope["method"], getattr(scope.get("route"), "path", "unknown")
        self._count.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        self._log.info(
            "request", method=method, route=route, status=status, seconds=round(seconds, 4), id=scope["request_id"]
        )


def _limited(receive: Receive, limit: int) -> Receive:
    """Count the body while it comes in and stop reading where it gets too large."""
    taken = 0

    async def receive_within() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413)
        return message

    return receive_within
