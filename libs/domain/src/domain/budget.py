"""Budgets (§ 46 SGB II): titles and instruments of a unit and year, reallocation, cost sharing, posts, care ratios."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from typing import ClassVar

from domain.bounds import NOT_NEGATIVE, SHARE, Bounded, Range
from domain.dated import Dated
from domain.errors import Conflict, Invalid, Text, Unknown
from domain.identity import UnitCode
from domain.quantity import PRECISE, Currency
from domain.refusal import ReasonNeeded

MOST_REALLOCATED = Decimal("0.10")
"""Between integration and administration at most a tenth of the giving title may move."""
WHOLE = Decimal(100)


class TitleKind(StrEnum):
    """What a title pays for: Eingliederung, Verwaltung, kommunale Leistungen."""

    INTEGRATION = "integration"
    ADMINISTRATION = "administration"
    MUNICIPAL_SERVICES = "municipal_services"


class Funding(StrEnum):
    """Whose money it is; federal and municipal money are never summed without saying so."""

    FEDERAL = "federal"
    MUNICIPAL = "municipal"
    SHARED = "shared"


class AgeGroup(StrEnum):
    """Whom caseworkers care for."""

    UNDER_25 = "under_25"
    FROM_25 = "from_25"


NORMS: Mapping[AgeGroup, Decimal] = {AgeGroup.UNDER_25: Decimal(75), AgeGroup.FROM_25: Decimal(150)}
"""Cases for each post: 1:75 under 25, 1:150 over 25 (§ 44c (4) SGB II; Stuttgart's concept 2010)."""


@dataclass(eq=False)
class UnknownTitle(Unknown):
    """The budget has no such title."""

    title_de = "Diesen Titel hat der Haushalt nicht."
    says = Text("there is no title '{code}'", "es gibt keinen Titel „{code}“")

    code: str


@dataclass(eq=False)
class TitleTwice(Invalid):
    """A title stands in a budget once."""

    title_de = "Ein Titel steht einmal im Haushalt."
    says = Text("'{code}' stands twice", "„{code}“ steht doppelt")

    code: str


@dataclass(eq=False)
class TooMuchReallocated(Conflict):
    """A title gives no more than it has, and at most a tenth to one of another kind."""

    title_de = "Ein Titel gibt nicht mehr, als er hat, und höchstens ein Zehntel an einen anderer Art."
    says = Text("of '{code}' {room} may still be moved", "aus „{code}“ dürfen noch {room} umgeschichtet werden")

    code: str
    room: Decimal


@dataclass(eq=False)
class MovedToItself(Invalid):
    """A reallocation leads from one title to another."""

    title_de = "Eine Umschichtung führt von einem Titel zu einem anderen."
    says = Text("'{code}' gives and takes", "„{code}“ gibt und nimmt")

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Bounded):
    """An "of which" row of a title, in EUR."""

    code: str
    name: str
    plan: Decimal
    committed: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Bounded):
    """What percent of a title the federation bears from a day on."""

    ranges: ClassVar[Mapping[str, Range]] = {"percent": SHARE}

    since: date
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Title(Bounded):
    """A title of a budget, in EUR; its instruments need not add up to it."""

    ranges: ClassVar[Mapping[str, Range]] = {"plan": NOT_NEGATIVE}

    code: str
    name: str
    kind: TitleKind
    funding: Funding
    plan: Decimal
    committed: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    instruments: tuple[Instrument, ...] = ()
    federal_shares: tuple[Share, ...] = ()

    @property
    def remainder(self) -> Decimal:
        """Give what the instruments leave of the plan; below zero they exceed it."""
        return PRECISE.subtract(self.plan, sum((row.plan for row in self.instruments), Decimal(0)))

    def federal_part(self, on: date) -> Decimal | None:
        """Give the federation's part of the plan on a day, by the rate in force; None where none is set."""
        if self.funding is not Funding.SHARED:
            return self.plan if self.funding is Funding.FEDERAL else Decimal(0)
        if not any(share.since <= on for share in self.federal_shares):
            return None
        rate = Dated.of({share.since: share.percent for share in self.federal_shares}).on(on)
        return PRECISE.divide(PRECISE.multiply(self.plan, rate), WHOLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts(Bounded):
    """Posts (FTE) of a profile group, and the cases they care for."""

    ranges: ClassVar[Mapping[str, Range]] = {"posts": NOT_NEGATIVE, "cases": NOT_NEGATIVE}

    profile: str
    age_group: AgeGroup
    posts: Decimal
    cases: Decimal

    @property
    def ratio(self) -> Decimal | None:
        """Give the cases for each post; None without posts."""
        return PRECISE.divide(self.cases, self.posts) if self.posts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reallocation(Bounded):
    """An amount moved from one title to another."""

    ranges: ClassVar[Mapping[str, Range]] = {"amount": NOT_NEGATIVE}

    giving: str
    taking: str
    amount: Decimal
    on: date
    reason: str

    def must_name_its_reason(self) -> None:
        """Refuse to move an amount without saying why."""
        if not self.reason.strip():
            raise ReasonNeeded


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The budget of a unit and year: the frame of its goals."""

    unit: UnitCode
    year: int
    titles: tuple[Title, ...]
    currency: Currency = Currency.EUR
    posts: tuple[Posts, ...] = ()
    reallocations: tuple[Reallocation, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two titles of one code, and reallocations between titles that are not there."""
        seen: set[str] = set()
        for title in self.titles:
            if title.code in seen:
                raise TitleTwice(title.code)
            seen.add(title.code)
        for moved in self.reallocations:
            self.title(moved.giving)
            self.title(moved.taking)

    def title(self, code: str) -> Title:
        """Give a title."""
        for title in self.titles:
            if title.code == code:
                return title
        raise UnknownTitle(code)

    def available(self, code: str) -> Decimal:
        """Give the plan of a title after all reallocations."""
        moved = sum((m.amount if m.taking == code else -m.amount for m in self._of(code)), Decimal(0))
        return PRECISE.add(self.title(code).plan, moved)

    def room(self, code: str) -> Decimal:
        """Give what may still be moved out of a title between integration and administration."""
        given = sum((m.amount for m in self.reallocations if m.giving == code and self._crosses(m)), Decimal(0))
        return PRECISE.subtract(PRECISE.multiply(self.title(code).plan, MOST_REALLOCATED), given)

    def _of(self, code: str) -> Iterator[Reallocation]:
        return (moved for moved in self.reallocations if code in (moved.giving, moved.taking))

    def _crosses(self, moved: Reallocation) -> bool:
        return self.title(moved.giving).kind is not self.title(moved.taking).kind


def reallocate(budget: Budget, moved: Reallocation) -> Budget:
    """Move an amount; between titles of different kinds at most a tenth of the giving one in all."""
    giving, taking = budget.title(moved.giving), budget.title(moved.taking)
    if giving is taking:
        raise MovedToItself(giving.code)
    available = budget.available(giving.code)
    room = available if giving.kind is taking.kind else min(available, budget.room(giving.code))
    if moved.amount > room:
        raise TooMuchReallocated(code=giving.code, room=room)
    return replace(budget, reallocations=(*budget.reallocations, moved))


def with_moves(budget: Budget, moves: Iterable[Reallocation]) -> Budget:
    """Give a budget with these reallocations alone, each held against the rule in its turn."""
    return reduce(reallocate, moves, replace(budget, reallocations=()))
