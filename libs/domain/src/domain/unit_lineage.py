"""Where a unit comes from and what became of it: mergers, splits, new numbers, changes of kind (ST6)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.agreement import Revision
from domain.errors import Place, Text
from domain.identity import UnitCode
from domain.unit import Unit, Units
from domain.unit_relation import Relation, RelationKind


class Passage(StrEnum):
    """How one unit passed into another."""

    RENUMBERED = "renumbered"
    CHANGED_KIND = "changed_kind"
    MERGED = "merged"
    SPLIT = "split"
    SUCCEEDED = "succeeded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`after` succeeds `before` from a day on."""

    before: Unit
    after: Unit
    since: date | None
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLineage:
    """A unit with all steps that led to it and from it, oldest first."""

    unit: Unit
    steps: tuple[Step, ...]

    def codes(self) -> frozenset[UnitCode]:
        """Give the codes of everybody in the line."""
        return frozenset({self.unit.code, *(unit.code for step in self.steps for unit in (step.before, step.after))})


def lineage_of(units: Units, code: str) -> UnitLineage:
    """Follow `succeeds` from a unit in both directions, not from its relatives to theirs; fails if it is unknown."""
    unit = units.get(code)
    known = [relation for relation in units.relations if relation.kind is RelationKind.SUCCEEDS]
    before = _followed(known, unit.code, lambda relation: (relation.source, relation.target))
    after = _followed(known, unit.code, lambda relation: (relation.target, relation.source))
    ordered = sorted({*before, *after}, key=lambda r: (r.valid_from or date.min, r.target, r.source))
    return UnitLineage(unit=unit, steps=tuple(_step(units, known, relation) for relation in ordered))


def with_origins(units: Units, codes: Iterable[UnitCode], day: date) -> frozenset[UnitCode]:
    """Give units and those that had ended by a day whom they succeed, all the way back."""
    before: dict[UnitCode, list[UnitCode]] = defaultdict(list)
    for relation in units.relations:
        ended = units.units[relation.target].valid_until if relation.target in units.units else None
        if relation.kind is RelationKind.SUCCEEDS and ended and ended <= day:
            before[relation.source].append(relation.target)
    return _reached(before, codes)


def origins_of_each(units: Units, codes: Iterable[UnitCode], day: date) -> Mapping[UnitCode, frozenset[UnitCode]]:
    """Share out whom units succeed and who had ended by a day; whom two of them succeed counts with the first."""
    members = {*codes}
    left = with_origins(units, members, day) - members
    found = {}
    for one in sorted(members):
        found[one] = with_origins(units, [one], day) & left if left else frozenset[UnitCode]()
        left -= found[one]
    return found


def predecessors(units: Units) -> Mapping[str, frozenset[str]]:
    """Give for each unit that succeeds others whom it succeeds, directly or through them."""
    before: dict[UnitCode, list[UnitCode]] = defaultdict(list)
    for relation in units.relations:
        if relation.kind is RelationKind.SUCCEEDS:
            before[relation.source].append(relation.target)
    return {unit: _reached(before, direct) for unit, direct in dict(before).items()}


def _reached(before: Mapping[UnitCode, Sequence[UnitCode]], start: Iterable[UnitCode]) -> frozenset[UnitCode]:
    found, waiting = set[UnitCode](), list(start)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += before.get(code, ())
    return frozenset(found)


Ends = Callable[[Relation], tuple[UnitCode, UnitCode]]


def _followed(relations: Iterable[Relation], start: UnitCode, ends: Ends) -> list[Relation]:
    found: list[Relation] = []
    reached, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for relation in relations:
            origin, goal = ends(relation)
            if origin == here:
                found.append(relation)
                if goal not in reached:
                    reached.add(goal)
                    waiting.append(goal)
    return found


def _step(units: Units, known: Iterable[Relation], relation: Relation) -> Step:
    before, after = units.get(relation.target), units.get(relation.source)
    siblings = sum(other.target == before.code for other in known)
    parents = sum(other.source == after.code for other in known)
    passage = _passage(before, after, relation.valid_from, siblings, parents)
    return Step(before=before, after=after, since=relation.valid_from, passage=passage)


def _passage(before: Unit, after: Unit, since: date | None, siblings: int, parents: int) -> Passage:
    goes_on = since is not None and before.valid_on(since)
    was_there = since is not None and after.valid_from is not None and after.valid_from < since
    was_there = was_there or after.valid_from is None
    if goes_on or siblings > 1:
        return Passage.SPLIT
    if was_there or parents > 1:
        return Passage.MERGED
    if before.kind is not after.kind:
        return Passage.CHANGED_KIND
    return Passage.RENUMBERED if before.name == after.name else Passage.SUCCEEDED


def not_valid(revision: Revision, units: Units) -> Iterator[Place]:
    """Name parties that are not there on an agreement's first day, with who succeeds them."""
    for number, party in enumerate(revision.parties):
        unit, day = units.get(party.unit), revision.valid_from
        if not unit.valid_on(day):
            known = [r.source for r in units.relations if r.kind is RelationKind.SUCCEEDS and r.target == unit.code]
            after = ", ".join(sorted(known)) or "–"
            text = Text(
                f"{unit.code} is not valid on {day}; it is succeeded by: {after}",
                f"{unit.code} ist am {day:%d.%m.%Y} nicht gültig; Nachfolge: {after}",
            )
            yield Place(pointer=f"/parties/{number}/unit", code="unit_not_valid", detail=text)
