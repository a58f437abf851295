"""Every failure as `application/problem+json` (RFC 9457), in English or German, with place and remedy."""

from collections.abc import Mapping
from dataclasses import fields
from http import HTTPStatus
from typing import Any, ClassVar

import structlog
from domain.errors import (
    CellPlace,
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    Language,
    Place,
    Stale,
    Text,
    Unknown,
    slug,
)
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from chassis.wording.faults import told

MEDIA_TYPE = "application/problem+json"
STATUS: Mapping[type[DomainError], int] = {Invalid: 422, Unknown: 404, Conflict: 409, Stale: 412, Forbidden: 403}

PLAIN: Mapping[int, Text] = {
    400: Text("The request cannot be read.", "Die Anfrage ist nicht lesbar."),
    404: Text("There is nothing at this address.", "Unter dieser Adresse gibt es nichts."),
    405: Text("This address does not know the method.", "Diese Adresse kennt die Methode nicht."),
    413: Text("The body is larger than this address takes.", "Der Inhalt ist größer, als diese Adresse annimmt."),
    500: Text(
        "Something went wrong on our side; nothing was changed.", "Bei uns ging etwas schief; geändert wurde nichts."
    ),
}
INPUT = Text("The input is not as described.", "Die Eingabe entspricht nicht der Beschreibung.")


class PlaceOut(BaseModel):
    """One place in the input that is wrong."""

    pointer: str
    code: str
    detail: str


class CellOut(BaseModel):
    """One cell of a file that is wrong."""

    row: int
    column: str
    code: str
    value: str
    detail: str


class Problem(BaseModel):
    """A failure (RFC 9457); further members belong to its type."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    errors: list[PlaceOut | CellOut] = []


class Refused(DomainError):
    """A refusal of the transport that carries its own status and headers."""

    status: ClassVar[int] = 400
    headers: ClassVar[Mapping[str, str]] = {}


def language_of(request: Request) -> Language:
    """Answer in German where German is asked for first."""
    return "de" if request.headers.get("accept-language", "").strip().lower().startswith("de") else "en"


def status_of(error: DomainError) -> int:
    """Find the status of the branch an error hangs on."""
    if isinstance(error, Refused):
        return error.status
    return next((status for branch, status in STATUS.items() if isinstance(error, branch)), 500)


def answer(request: Request, status: int, kind: str, title: str, detail: str, **more: Any) -> JSONResponse:
    """Write one problem."""
    headers = more.pop("headers", None)
    body = {
        "type": f"/problems/{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        "request_id": request.scope.get("request_id", ""),
        **more,
    }
    return JSONResponse(body, status, headers=headers, media_type=MEDIA_TYPE)


def of_domain(request: Request, error: Exception) -> JSONResponse:
    """Tell an error of the domain."""
    if not isinstance(error, DomainError):
        raise error
    language = language_of(request)
    errors = [place_out(place, language) for place in error.places()]
    more: dict[str, Any] = {"errors": errors} if errors else {}
    if isinstance(error, Refused):
        more["headers"] = dict(error.headers)
    detail = error.detail(language) or error.title(language)
    return answer(request, status_of(error), slug(type(error)), error.title(language), detail, **more)


def place_out(place: Place | CellPlace, language: Language) -> dict[str, str | int]:
    """Tell one place in the input, or one cell of a file."""
    told = {field.name: getattr(place, field.name) for field in fields(place)}
    return {**told, "detail": place.detail.in_language(language)}


def of_input(request: Request, error: Exception) -> JSONResponse:
    """Tell what in the input is not as the contract says; the value itself is never repeated."""
    if not isinstance(error, RequestValidationError):
        raise error
    language = language_of(request)
    errors = [_fault(fault, language) for fault in error.errors()]
    detail = "; ".join(f"{e['pointer'] or '/'} {e['detail']}" for e in errors[:5])
    return answer(request, 422, "bad-input", INPUT.in_language(language), detail, errors=errors)


def _fault(fault: Mapping[str, Any], language: Language) -> dict[str, str]:
    code, (source, *path) = str(fault["type"]), fault["loc"]
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)
    return {
        "pointer": pointer if source == "body" else f"{source}:{pointer.lstrip('/')}",
        "code": code,
        "detail": told(fault, language),
    }


def of_transport(request: Request, error: Exception) -> JSONResponse:
    """Tell what the router or a middleware refused."""
    if not isinstance(error, HTTPException):
        raise error
    text = PLAIN.get(error.status_code)
    phrase = HTTPStatus(error.status_code).phrase
    title = text.in_language(language_of(request)) if text else phrase
    kind = phrase.lower().replace(" ", "-")
    return answer(
        request, error.status_code, kind, title, f"{request.method} {request.url.path}: {title}", headers=error.headers
    )


def of_departure(request: Request, _error: Exception) -> JSONResponse:
    """End a request whose sender went away in the middle; nobody reads the answer, and nothing failed here."""
    title = PLAIN[400].in_language(language_of(request))
    return answer(request, 400, "bad-request", title, title)


def of_surprise(request: Request, error: Exception) -> JSONResponse:
    """Tell that something failed that nobody foresaw; the log has the rest under the request id."""
    structlog.get_logger().error("surprise", request_id=request.scope.get("request_id"), exc_info=error)
    title = PLAIN[500].in_language(language_of(request))
    return answer(request, 500, "internal-server-error", title, title)


def install(app: FastAPI) -> None:
    """Let every failure of an app become a problem."""
    app.add_exception_handler(DomainError, of_domain)
    app.add_exception_handler(RequestValidationError, of_input)
    app.add_exception_handler(HTTPException, of_transport)
    app.add_exception_handler(ClientDisconnect, of_departure)
    app.add_exception_handler(Exception, of_surprise)
