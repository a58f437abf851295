"""Roles, and a route with the roles it opens to."""

from dataclasses import dataclass
from typing import Any

EVERYBODY = [
    "uploader",
    "controller",
    "unit_lead",
    "supervisor",
    "office",
    "reader",
    "auditor",
    "operator",
    "service",
    "public",
]
IDENTIFIED = [role for role in EVERYBODY if role != "public"]
NEGOTIATORS = ["unit_lead", "supervisor"]
MEASURERS = [role for role in IDENTIFIED if role != "reader"]
JUDGES = [role for role in MEASURERS if role != "uploader"]
FEED = ["auditor", "operator", "service"]


@dataclass(frozen=True)
class Row:
    """One route: its operation, how to call it, and the roles that may."""

    operation: str
    method: str
    path: str
    roles: list[str]
    body: Any = None
    content: tuple[str, bytes] | None = None
