"""The version a client says it changes; what is derived beside it in a tag does not count."""

import re
from typing import Annotated

from chassis.conditional import IfMatch, must_match
from fastapi import Depends

DERIVED = re.compile(r"\.[a-z]+(?=\")")


class Held:
    """A client's If-Match."""

    def __init__(self, tag: str) -> None:
        """Take the tag without what is derived in it."""
        self._tag = DERIVED.sub("", tag)

    def __call__(self, newest: int) -> None:
        """Refuse where there is a newer version."""
        must_match(self._tag, newest)


async def _held(tag: IfMatch) -> Held:
    return Held(tag)


HeldVersion = Annotated[Held, Depends(_held)]


def tag_of(version: int, derived: str, present: bool) -> str:
    """Write a version with what is derived beside it, so that a change of that shows in the tag too."""
    return f"{version}.{derived}" if present else f"{version}"
