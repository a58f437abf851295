"""Letting a contract say which operations are limited, and what a refusal looks like."""

from typing import Any

from fastapi import FastAPI

from chassis.limiting.asking import counted
from chassis.problems import MEDIA_TYPE

REFUSAL = "TooManyRequests"
FIELDS: dict[str, dict[str, Any]] = {
    "RateLimit-Policy": {
        "description": "the allowance: `q` requests in `w` seconds; every answer has it",
        "schema": {"type": "string", "examples": ['"caller";q=6000;w=60']},
    },
    "RateLimit": {
        "description": "what is left of it: `r` requests, all again in `t` seconds; every answer has it",
        "schema": {"type": "string", "examples": ['"caller";r=5999;t=60']},
    },
    "Retry-After": {
        "description": "in how many seconds requests are granted again",
        "schema": {"type": "integer", "examples": [12]},
    },
}


def declare(app: FastAPI) -> None:
    """Declare the refusal once, and name it in every operation that is counted."""
    written = app.openapi

    def contract() -> dict[str, Any]:
        if app.openapi_schema is None:
            parts = written()["components"]
            parts["headers"] = FIELDS
            parts["responses"] = {REFUSAL: _refusal()}
            limited = [operations for path, operations in written()["paths"].items() if counted(path)]
            for operation in (one for operations in limited for one in operations.values()):
                operation["responses"]["429"] = {"$ref": f"#/components/responses/{REFUSAL}"}
        return written()

    app.openapi = contract  # type: ignore[method-assign]  # FastAPI's own way to change a contract


def _refusal() -> dict[str, Any]:
    return {
        "description": "more requests came than are allowed in this time",
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in FIELDS},
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
