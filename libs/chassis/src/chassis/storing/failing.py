"""Failures of the database become problems: a text that it cannot keep, and its absence."""

from dataclasses import dataclass
from typing import Any, ClassVar

import asyncpg
import structlog
from domain.errors import Text
from fastapi import FastAPI, Request
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from starlette.responses import JSONResponse

from chassis.problems import INPUT, Refused, answer, language_of, of_domain, of_surprise

NOT_A_TEXT = frozenset({"22021", "22P05"})
"""What PostgreSQL calls a text that it cannot keep."""
AWAY = ("08", "57P")
"""How PostgreSQL's names of failures begin when it goes away or is not there yet."""
CUT = (asyncpg.InterfaceError, asyncpg.InternalClientError, ConnectionError)
"""What the driver raises on a connection that is cut while it is used."""
UNKEPT = Text(
    "a text holds the character NUL, which cannot be kept; leave it out",
    "ein Text enthält das Zeichen NUL, das nicht gespeichert werden kann; bitte weglassen",
)


@dataclass(eq=False)
class DatabaseAway(Refused):
    """The database does not answer; nothing of the request was kept."""

    title_de = "Die Datenbank antwortet nicht; von der Anfrage wurde nichts gespeichert."
    says = Text("try again shortly", "bitte gleich noch einmal versuchen")
    status = 503
    headers: ClassVar[dict[str, str]] = {"Retry-After": "5"}


def connected(dialect: Dialect, _record: object, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """Connect; whatever stands in the way is the database's absence."""
    try:
        adapted: Any = dialect.connect(*arguments, **named)
    except (OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError) as error:
        raise DatabaseAway from error
    adapted.driver_connection.add_termination_listener(_wake)
    return adapted


def _wake(lost: Any) -> None:
    """
    Let whoever waits to write more on a connection go on, and so learn that it is lost.

    The driver wakes only who waits for an answer; who sends many rows at once and is ahead of the database would wait
    for ever.
    """
    lost._protocol.resume_writing()  # noqa: SLF001  the driver offers no other way


def of_store(request: Request, error: Exception) -> JSONResponse:
    """Tell that a text cannot be kept, or that the database went away; whatever else it says is a surprise."""
    driven = getattr(error, "orig", None) or error
    state = str(getattr(driven, "sqlstate", None) or "")
    if state in NOT_A_TEXT:
        language = language_of(request)
        return answer(request, 422, "bad-input", INPUT.in_language(language), UNKEPT.in_language(language))
    if state.startswith(AWAY) or getattr(error, "connection_invalidated", False) or isinstance(driven, CUT):
        log = structlog.get_logger()
        log.warning("database_away", request_id=request.scope.get("request_id"), error=type(driven).__name__)
        return of_domain(request, DatabaseAway())
    return of_surprise(request, error)


def install(app: FastAPI) -> None:
    """Let failures of the database become problems."""
    for kind in (DBAPIError, asyncpg.PostgresError, *CUT):
        app.add_exception_handler(kind, of_store)
