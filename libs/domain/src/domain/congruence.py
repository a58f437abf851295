"""Agreements of different tiers on the same subject must not contradict each other; parts add up to the whole."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.agreement import Status
from domain.errors import Text
from domain.finding import Finding, found
from domain.finding_rules import Rule
from domain.goal import Goal
from domain.identity import UnitCode
from domain.quantity import Measure
from domain.terms import ChangeTerms, TargetTerms

ADDITIVE = frozenset({Measure.PERSONS, Measure.CASES, Measure.CONTACTS, Measure.EUR, Measure.FTE})
CONCLUDED = (Status.SIGNED, Status.IN_FORCE, Status.CLOSED)
LIVE = (Status.DRAFT, Status.PROPOSED, Status.AGREED, Status.SEALING, Status.SIGNED, Status.IN_FORCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRef:
    """A goal of an agreement's present revision, with what it is found by."""

    agreement: UUID
    predecessor: UUID | None
    title: str
    year: int
    status: Status
    goal: Goal

    @property
    def subject(self) -> tuple[object, ...]:
        """Name what it is about: unit, year, indicator, view, filters."""
        match self.goal.terms:
            case TargetTerms(indicator=indicator, view=view) | ChangeTerms(indicator=indicator, view=view):
                about: tuple[object, ...] = (self.goal.kind, indicator, view)
            case _:
                about = (self.goal.kind, self.goal.code)
        return (self.goal.obligated, self.year, *about, tuple(sorted(self.goal.filters.items())))


def contradict(one: GoalRef, other: GoalRef) -> bool:
    """Say whether two goals of different agreements ask different things of the same unit, indicator and year."""
    same = one.agreement in (other.agreement, other.predecessor) or other.agreement == one.predecessor
    return not same and one.subject == other.subject and _asked(one.goal) != _asked(other.goal)


def contradictions(pointers: Mapping[str, GoalRef], others: Iterable[GoalRef]) -> Iterator[Finding]:
    """Find goals of an agreement, by their pointers, that others contradict; the detail names both places."""
    by_subject: dict[tuple[object, ...], list[GoalRef]] = defaultdict(list)
    for other in others:
        by_subject[other.subject].append(other)
    for pointer, own in pointers.items():
        for other in by_subject[own.subject]:
            if contradict(own, other):
                yield found(Rule.CONTRADICTION, pointer, _told(own, other))


def sums(
    pointers: Mapping[str, GoalRef], others: Iterable[GoalRef], parts: Mapping[UnitCode, tuple[UnitCode, ...]]
) -> Iterator[Finding]:
    """
    Find targets of a whole that the targets of its parts do not add up to.

    Only counts and amounts add up, rates do not. While parts are still without a target, their sum must not exceed
    the whole.
    """
    values: dict[tuple[object, ...], dict[UnitCode, Decimal]] = defaultdict(dict)
    for other in others:
        value = _additive(other.goal)
        if value is not None and other.goal.obligated is not None:
            values[other.subject[1:]][other.goal.obligated] = value
    for pointer, own in pointers.items():
        whole, among = _additive(own.goal), parts.get(own.goal.obligated or UnitCode(""), ())
        given = {part: value for part, value in values[own.subject[1:]].items() if part in among}
        total = sum(given.values(), Decimal(0))
        if whole is None or not given or total == whole or (len(given) < len(among) and total < whole):
            continue
        en = f"the parts ({', '.join(sorted(given))}) come to {total}, the whole is {whole}"
        de = f"die Teile ({', '.join(sorted(given))}) ergeben {total}, das Ganze ist {whole}"
        yield found(Rule.PARTS_DIFFER, f"{pointer}/target", Text(en, de))


def _asked(goal: Goal) -> tuple[object, ...]:
    match goal.terms:
        case TargetTerms(direction=direction, target=target, low=low, high=high):
            return (direction, target, low, high)
        case ChangeTerms(direction=direction, change=change):
            return (direction, change)
        case _:
            return ()


def _additive(goal: Goal) -> Decimal | None:
    terms = goal.terms
    return terms.target if isinstance(terms, TargetTerms) and terms.unit_of_measure in ADDITIVE else None


def _told(own: GoalRef, other: GoalRef) -> Text:
    mine, theirs = (" ".join(str(part) for part in _asked(ref.goal) if part is not None) for ref in (own, other))
    at = f"/v1/agreements/{other.agreement}/goals/{other.goal.code}"
    return Text(
        f"'{own.goal.code}' asks {mine}; '{other.goal.code}' in '{other.title}' ({at}) asks {theirs}",
        f"„{own.goal.code}“ verlangt {mine}; „{other.goal.code}“ in „{other.title}“ ({at}) verlangt {theirs}",
    )
