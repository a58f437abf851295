"""Tokens of the development issuer for tests."""

import tempfile
from functools import cache
from pathlib import Path

from chassis.clock import now
from chassis.development.issuer import DevelopmentIssuer


@cache
def home() -> Path:
    """Give the folder in which the tests' issuer keeps its key."""
    return Path(tempfile.mkdtemp(prefix="zielwerk-issuer-"))


def token(*roles: str, units: tuple[str, ...] = (), subject: str = "tester") -> str:
    """Sign a token."""
    return DevelopmentIssuer(home()).token(roles=roles, units=units, now=now(), subject=subject)


def bearer(*roles: str, units: tuple[str, ...] = (), subject: str = "tester") -> dict[str, str]:
    """Give the header that carries a token."""
    return {"Authorization": f"Bearer {token(*roles, units=units, subject=subject)}"}
