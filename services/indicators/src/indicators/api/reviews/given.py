"""What routes of internal control are given."""

from typing import Annotated
from uuid import UUID

from chassis.conditional import IfMatch, must_match
from chassis.wire import KeyText, MonthText, Prose, Sent
from fastapi import Depends, Path, Query
from pydantic import Field

Key = Annotated[UUID, Path(description="the id")]
Rank = Annotated[int, Path(ge=1, le=100_000, description="the file's rank in the draw")]
Number = Annotated[int, Path(ge=1, le=10_000, description="its number")]
Code = Annotated[KeyText, Path(description="the grid's code")]
Units = Annotated[list[str] | None, Query(alias="unit", description="only of these units")]
Grids = Annotated[list[str] | None, Query(alias="grid", description="only by these grids")]
Months = Annotated[list[MonthText] | None, Query(alias="month", description="only for these months")]
From = Annotated[MonthText, Query(alias="from", description="first month")]
To = Annotated[MonthText, Query(alias="to", description="last month, inclusive")]
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]


class Held:
    """The version a client says it changes."""

    def __init__(self, tag: str) -> None:
        """Take the client's If-Match."""
        self._tag = tag

    def __call__(self, newest: int) -> None:
        """Refuse where there is a newer version."""
        must_match(self._tag, newest)


async def _held(tag: IfMatch) -> Held:
    return Held(tag)


HeldVersion = Annotated[Held, Depends(_held)]


class ReasonIn(Sent):
    """Why something is so; name no person."""

    reason: Prose
