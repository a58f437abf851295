"""Letting a contract say what is true and show how it looks."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

from chassis import problems
from chassis.contract.examples import Examples


def declare(app: FastAPI, samples: Mapping[str, object]) -> None:
    """Declare problems in the media type of problems, and an example for every schema; samples by members' names."""
    written = app.openapi

    def contract() -> dict[str, Any]:
        if app.openapi_schema is None:
            schemas = written()["components"]["schemas"]
            for name in ("HTTPValidationError", "ValidationError"):
                schemas.pop(name, None)
            for operation in (one for path in written()["paths"].values() for one in path.values()):
                operation["responses"].pop("422", None)
                content = operation["responses"]["default"]["content"]
                content[problems.MEDIA_TYPE] = content.pop("application/json")
            Examples(schemas, samples).put()
        return written()

    app.openapi = contract  # type: ignore[method-assign]  # FastAPI's own way to change a contract
