"""What differs between two revisions, field by field and goal by goal, in words a person can read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from domain.agreement import Revision
from domain.codec import Json, encode
from domain.errors import Text

LISTS = {"goals": "code", "parties": "unit", "attachments": "name", "standards": "code"}
"""The lists of a revision, and what tells their members apart."""
NAMES = {
    "goals": Text("goal", "Ziel"),
    "parties": Text("party", "Partei"),
    "attachments": Text("attachment", "Anlage"),
    "standards": Text("standard", "Standard"),
}


class Sort(StrEnum):
    """How something differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference; `pointer` names the place by codes, `goal` the goal it belongs to, if any."""

    sort: Sort
    pointer: str
    goal: str | None
    before: Json
    after: Json
    says: Text


def compare(before: Revision, after: Revision) -> tuple[Difference, ...]:
    """Compare two revisions: first their heads, then member by member of their lists, in the later one's order."""
    old, new = (cast("dict[str, Json]", encode(revision)) for revision in (before, after))
    head = [name for name in new if name not in (*LISTS, "number")]
    return (
        *_members("", old, new, head, Text("", ""), None),
        *(difference for name in LISTS for difference in _of_list(name, old[name], new[name])),
    )


def _of_list(name: str, before: Json, after: Json) -> Iterator[Difference]:
    key = LISTS[name]
    old, new = (_keyed(members, key) for members in (before, after))
    for code in [*new, *(code for code in old if code not in new)]:
        pointer, goal = f"/{name}/{code}", code if name == "goals" else None
        what = Text(f"{NAMES[name].en} '{code}'", f"{NAMES[name].de} „{code}“")
        if code not in old:
            says = Text(f"{what.en} was added", f"{what.de} ist neu")
            yield Difference(sort=Sort.ADDED, pointer=pointer, goal=goal, before=None, after=new[code], says=says)
        elif code not in new:
            says = Text(f"{what.en} was taken out", f"{what.de} ist entfallen")
            yield Difference(sort=Sort.REMOVED, pointer=pointer, goal=goal, before=old[code], after=None, says=says)
        else:
            names = [*new[code], *(member for member in old[code] if member not in new[code])]
            yield from _members(pointer, old[code], new[code], names, what, goal)


def _members(
    at: str, before: Mapping[str, Json], after: Mapping[str, Json], names: list[str], what: Text, goal: str | None
) -> Iterator[Difference]:
    for name in names:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        sort = Sort.ADDED if old in (None, [], {}) else Sort.REMOVED if new in (None, [], {}) else Sort.CHANGED
        says = Text(
            f"{what.en} {name}: {_shown(old, 'nothing')} → {_shown(new, 'nothing')}".strip(),
            f"{what.de} {name}: {_shown(old, 'nichts')} → {_shown(new, 'nichts')}".strip(),
        )
        yield Difference(sort=sort, pointer=f"{at}/{name}", goal=goal, before=old, after=new, says=says)


def _keyed(members: Json, key: str) -> dict[str, dict[str, Json]]:
    return {str(member[key]): member for member in cast("list[dict[str, Json]]", members)}


def _shown(value: Json, nothing: str) -> str:
    if value in (None, [], {}):
        return nothing
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_shown(member, nothing)}" for name, member in value.items() if member is not None)
    if isinstance(value, list):
        return "; ".join(_shown(member, nothing) for member in value)
    return str(value)
