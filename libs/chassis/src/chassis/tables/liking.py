"""Choosing the form a client likes best of those that are known (RFC 9110, Accept)."""

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def liked(header: str, known: Mapping[str, T]) -> T | None:
    """Give the form a client likes best, the first of equals; a profile makes a form of its own."""
    found: list[tuple[float, int, T]] = []
    for number, part in enumerate(header.split(",")):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        names = (*(f"{media}; {one}" for one in parameters if one.startswith("profile=")), media)
        name = next((name for name in names if name in known), None)
        if name is not None:
            found.append((-_quality(parameters), number, known[name]))
    return min(found, key=lambda one: one[:2])[2] if found else None


def _quality(parameters: list[str]) -> float:
    given = next((parameter[2:] for parameter in parameters if parameter.startswith("q=")), "1")
    return float(given) if given.replace(".", "", 1).isdecimal() else 1.0
