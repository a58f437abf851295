"""Lists by keyset: a stable order, an opaque cursor, no offsets."""

import base64
import binascii
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar
from uuid import UUID

from domain.errors import Invalid, Text
from fastapi import Depends, Query
from pydantic import BaseModel

from chassis.canonical import sha256

T = TypeVar("T")
Page = TypeVar("Page", bound=BaseModel)
Limit = Annotated[int, Query(ge=1, le=1000, description="how many items at the most")]
Cursor = Annotated[str | None, Query(max_length=500, description="the `next` of the page before")]


@dataclass(eq=False)
class BadCursor(Invalid):
    """The cursor is not one that this list gave."""

    title_de = "Diesen Seitenzeiger hat die Liste nicht ausgegeben."
    says = Text(
        "'{cursor}' is no cursor of this list; take `next` of the page before, or leave it out to begin",
        "„{cursor}“ ist kein Seitenzeiger dieser Liste; nehmen Sie `next` der vorigen Seite oder lassen Sie ihn weg",
    )

    cursor: str


def cursor_of(*key: str | int) -> str:
    """Write the key of the last item shown as an opaque cursor."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def key_of(cursor: str | None, length: int) -> tuple[str, ...] | None:
    """Read the key back; None at the beginning of a list."""
    if cursor is None:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise BadCursor(cursor) from error
    if not isinstance(key, list) or len(key) != length or not all(isinstance(part, str | int) for part in key):
        raise BadCursor(cursor)
    return tuple(str(part) for part in key)


def integer_of(cursor: str | None) -> int:
    """Read a feed's cursor, which counts positions; 0 at the beginning."""
    if cursor is None:
        return 0
    if not cursor.isascii() or not cursor.isdecimal() or len(cursor) > 18:  # noqa: PLR2004  digits of a bigint
        raise BadCursor(cursor)
    return int(cursor)


def uuid_of(cursor: str | None) -> UUID | None:
    """Read a cursor over ids; None at the beginning."""
    key = key_of(cursor, 1)
    try:
        return UUID(key[0]) if key else None
    except ValueError as error:
        raise BadCursor(str(cursor)) from error


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list that is made whole a client asks for; the cursor names the last item shown before."""

    limit: int
    cursor: str | None

    def cut(self, items: Sequence[T], marks: Sequence[str]) -> tuple[Sequence[T], str | None]:
        """Cut the part out of items known by their marks; give it with the cursor behind it, if more follow."""
        last = key_of(self.cursor, 1)
        if last and last[0] not in marks:
            raise BadCursor(str(self.cursor))
        start = marks.index(last[0]) + 1 if last else 0
        end = start + self.limit
        return items[start:end], cursor_of(marks[end - 1]) if end < len(items) else None

    def page(self, kind: type[Page], items: Sequence[BaseModel]) -> Page:
        """Cut a page out; an item is known by its id, or by what it says and how often it was said before."""
        said: Counter[str] = Counter()
        shown, following = self.cut(items, [_mark(item, said) for item in items])
        return kind.model_construct(items=list(shown), next=following)


def _mark(item: BaseModel, said: Counter[str]) -> str:
    known = str(getattr(item, "id", None) or sha256(item.model_dump_json().encode()))
    said[known] += 1
    return f"{known}.{said[known]}"


async def _window(limit: Limit = 100, cursor: Cursor = None) -> Window:
    return Window(limit, cursor)


Asked = Annotated[Window, Depends(_window)]
