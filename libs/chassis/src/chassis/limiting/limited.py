"""A thin layer around every request that counts it, tells what is left, and refuses what is too much."""

from dataclasses import dataclass

from domain.errors import Text
from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.auth import BEARER, identify
from chassis.caller import PUBLIC, Role
from chassis.clock import now
from chassis.limiting.allowance import Allowance, Taken
from chassis.limiting.asking import counted, stranger
from chassis.limiting.declaring import declare
from chassis.problems import Refused, of_domain
from chassis.settings import ServiceSettings


@dataclass(eq=False)
class TooManyRequests(Refused):
    """More requests came than are allowed in this time."""

    title_de = "In dieser Zeit kamen mehr Anfragen, als erlaubt sind."
    says = Text(
        "{requests} requests are allowed in {window} s; go on in {seconds} s",
        "erlaubt sind {requests} Anfragen in {window} s; in {seconds} s geht es weiter",
    )
    status = 429

    requests: int
    window: int
    seconds: int


class Limited:
    """
    ASGI middleware: counts a request before its body is read.

    Callers are counted by the subject of a token that holds, all others by their address; so nobody can use up what
    is somebody else's. Services are not counted: what they ask follows from requests that were.
    """

    def __init__(self, app: ASGIApp, *, callers: Allowance, public: Allowance) -> None:
        """Wrap an app; who has no identity draws on `public`."""
        self._app, self._callers, self._public = app, callers, public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        taken = await self._taken(scope) if scope["type"] == "http" and counted(scope["path"]) else None
        if taken is None:
            await self._app(scope, receive, send)
            return

        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *taken.fields()]
            await send(message)

        if taken.granted:
            await self._app(scope, receive, send_told)
        else:
            await _refusal(scope, taken)(scope, receive, send_told)

    async def _taken(self, scope: Scope) -> Taken | None:
        request = Request(scope)
        try:
            caller = await identify(request, await BEARER(request), now())
        except Refused:
            caller = PUBLIC
        if Role.SERVICE in caller.roles:
            return None
        return self._public.take(stranger(scope)) if caller is PUBLIC else self._callers.take(caller.subject)


def _refusal(scope: Scope, taken: Taken) -> ASGIApp:
    refused = TooManyRequests(requests=taken.requests, window=taken.window, seconds=taken.seconds)
    return of_domain(Request(scope), refused)


def install(app: FastAPI, settings: ServiceSettings) -> None:
    """Limit how often an app is asked, by a service's settings, and declare it in its contract."""
    callers = Allowance("caller", settings.rate_limit)
    app.add_middleware(Limited, callers=callers, public=Allowance("public", settings.public_rate_limit))
    declare(app)
