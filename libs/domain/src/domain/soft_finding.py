"""A soft finding: a figure that was kept and is doubted, until a person answers for it or a correction removes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.errors import Conflict, Text, Unknown
from domain.identity import DeliveryId, UnitCode
from domain.period import Month
from domain.quality_rule import RuleKind
from domain.quantity import half_up
from domain.soft_finding_texts import DETAILS, REMEDIES
from domain.variable import Cell

PLACES = 4
"""How many decimal places a text tells at the most."""


class SoftStatus(StrEnum):
    """What became of a soft finding."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


@dataclass(eq=False)
class UnknownSoftFinding(Unknown):
    """There is no such soft finding, or not for you."""

    title_de = "Diesen weichen Befund gibt es nicht, oder nicht für Sie."
    says = Text("there is no soft finding {id} within your reach", "in Ihrem Bereich gibt es keinen Befund {id}")

    id: UUID


@dataclass(eq=False)
class SoftFindingDone(Conflict):
    """The soft finding is answered already."""

    title_de = "Der weiche Befund ist schon beantwortet."
    says = Text(
        "its state is '{status}'; it is acknowledged once, by one person",
        "sein Stand ist „{status}“; bestätigt wird er einmal, von einer Person",
    )

    status: SoftStatus


Key = tuple[UnitCode, Month, Cell, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftFinding:
    """What a rule doubts: the figure, where it was expected, and the numbers that rests on."""

    unit: UnitCode
    month: Month
    cell: Cell
    dimension: str
    rule: str
    version: int
    kind: RuleKind
    observed: Decimal
    expected: Decimal | None
    low: Decimal | None
    high: Decimal | None
    basis: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """Name what is doubted by what."""
        return self.unit, self.month, self.cell, self.dimension, self.rule

    @property
    def position(self) -> tuple[str, ...]:
        """Give its place in a list."""
        return self.unit, str(self.month), str(self.cell), self.dimension, self.rule

    def doubts_the_same(self, other: "SoftFinding") -> bool:
        """Say whether another finding is about the same figure, held against the same."""
        return self.key == other.key and _figures(self) == _figures(other)

    def detail(self) -> Text:
        """Say what was observed and what was expected."""
        return Text(self._told(DETAILS[self.kind], "en"), self._told(DETAILS[self.kind], "de"))

    def remedy(self) -> Text:
        """Say what cures it."""
        return Text(self._told(REMEDIES[self.kind], "en"), self._told(REMEDIES[self.kind], "de"))

    def _told(self, text: Text, language: str) -> str:
        numbers = {"observed": self.observed, "expected": self.expected, **self.basis}
        told = {name: number_in(number, language) for name, number in numbers.items() if number is not None}
        between = _between(self.low, self.high, language)
        sentence = text.de if language == "de" else text.en
        return sentence.format(cell=self.cell, month=self.month, dimension=self.dimension, between=between, **told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """Somebody stands for a doubted figure."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftFindingFiled:
    """A soft finding as it is kept: by which delivery it came, what became of it."""

    id: UUID
    finding: SoftFinding
    delivery: DeliveryId
    found_at: datetime
    status: SoftStatus = SoftStatus.OPEN
    resolved_by: DeliveryId | None = None
    acknowledgement: Acknowledgement | None = None

    def must_be_open(self) -> None:
        """Refuse where it is answered already."""
        if self.status is not SoftStatus.OPEN:
            raise SoftFindingDone(self.status)


def settled(
    standing: Iterable[SoftFindingFiled], found: Iterable[SoftFinding]
) -> tuple[list[SoftFinding], list[SoftFindingFiled]]:
    """
    Compare what stood with what is found now: give what is new, and what is found no more.

    A finding about another figure than before is new, and the old one is gone: who answered for it answered for that.
    """
    known = {filed.finding.key: filed for filed in standing}
    new, staying = [], set()
    for finding in found:
        before = known.get(finding.key)
        if before is not None and before.finding.doubts_the_same(finding):
            staying.add(finding.key)
        else:
            new.append(finding)
    return new, [filed for key, filed in known.items() if key not in staying]


def number_in(number: Decimal, language: str) -> str:
    """Write a number for people: at most four places, none that are zero.

    >>> number_in(Decimal("1234.500"), "de"), number_in(Decimal("17283.00"), "en")
    ('1234,5', '17283')
    """
    text = f"{half_up(number, PLACES):f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "de" else text


def _figures(finding: SoftFinding) -> tuple[Decimal | None, ...]:
    return finding.observed, finding.expected, finding.low, finding.high


def _between(low: Decimal | None, high: Decimal | None, language: str) -> str:
    german = language == "de"
    told = [number_in(limit, language) for limit in (low, high) if limit is not None]
    if len(told) > 1:
        return f"{'zwischen' if german else 'between'} {told[0]} {'und' if german else 'and'} {told[1]}"
    if low is not None:
        return f"{'mindestens' if german else 'at least'} {told[0]}"
    return f"{'höchstens' if german else 'at most'} {told[0]}"
