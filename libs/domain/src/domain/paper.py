"""Papers (Vorlagen): what a council or committee treats, whole: proposals, finances, impacts, links."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from domain.bounds import SHARE, Bounded, Range
from domain.identity import UnitCode
from domain.quantity import Currency


class PaperKind(StrEnum):
    """What a paper asks: Beschlussvorlage, Berichtsvorlage, Anfrage."""

    RESOLUTION = "resolution"
    REPORT = "report"
    INQUIRY = "inquiry"


class Foreseen(StrEnum):
    """The answer to an impact question: ja, nein, noch nicht zu übersehen."""

    YES = "yes"
    NO = "no"
    NOT_YET_FORESEEABLE = "not_yet_foreseeable"


class LinkKind(StrEnum):
    """How a paper stands to another."""

    MANDATES = "mandates"
    IS_FULFILLED_BY = "is_fulfilled_by"
    CITES = "cites"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinancialLine(Bounded):
    """A line of the financial block: where in the budget, which year, how much, what share others refinance."""

    ranges: ClassVar[dict[str, Range]] = {"refinanced_percent": SHARE}

    plan: str
    product_group: str
    product_group_name: str
    line: str
    line_name: str
    year: int
    amount: Decimal
    refinanced_percent: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Impacts:
    """The impact questions every paper answers."""

    finance: Foreseen
    staff: Foreseen
    organisation: Foreseen


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to another paper by its number."""

    kind: LinkKind
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper of a unit's administration."""

    number: str
    title: str
    unit: UnitCode
    on: date
    kind: PaperKind
    public: bool = True
    proposals: tuple[str, ...] = ()
    grounds: str | None = None
    finances: tuple[FinancialLine, ...] = ()
    currency: Currency = Currency.EUR
    impacts: Impacts | None = None
    links: tuple[Link, ...] = ()
    annexes: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """Add the amounts of the financial block."""
        return sum((line.amount for line in self.finances), Decimal(0))
