"""Chosen sets of units, read as if they were parts of one: their figures are summed, a ratio is a ratio of the sums."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.errors import Invalid, Text
from domain.identity import UnitCode
from domain.period import YEAR_LENGTH, Month
from domain.unit import Unit, UnitKind, Units
from domain.unit_parts import with_parts
from domain.unit_relation import Relation, RelationKind

from indicators.usecases.columns.structure import fresh_starts

MOST_MEMBERS = 1000
SIGN = "set:"
LOOKED_BACK = 24
"""How many months before the first one asked for formulas look at, as a rule."""


@dataclass(eq=False)
class SetUnreadable(Invalid):
    """A set of units is written name:code,code and has one name."""

    title_de = "Eine Auswahl von Einheiten wird Name:Nummer,Nummer geschrieben und hat einen Namen."
    says = Text(
        "'{text}' cannot be read, or its name is given twice; write e.g. set=north:05158004,05158008 (at most {limit})",
        "„{text}“ ist nicht lesbar, oder der Name kommt zweimal vor; schreiben Sie z. B."
        " set=nord:05158004,05158008 (höchstens {limit})",
    )

    text: str
    limit: int = MOST_MEMBERS


@dataclass(eq=False)
class SetOverlaps(Invalid):
    """A set counts nobody twice."""

    title_de = "Eine Auswahl zählt niemanden doppelt."
    says = Text(
        "in '{name}' the figures of {code} would be counted twice; leave it or what it is part of out",
        "in „{name}“ würden die Werte von {code} doppelt gezählt; lassen Sie diese Einheit oder ihre übergeordnete weg",
    )

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class ChosenSet:
    """Units chosen to be read together, under a name."""

    name: str
    members: tuple[UnitCode, ...]

    @classmethod
    def parse(cls, text: str) -> "ChosenSet":
        """Read `name:code,code`."""
        name, colon, codes = text.partition(":")
        members = tuple(sorted({UnitCode(code.strip()) for code in codes.split(",") if code.strip()}))
        if not (name.strip() and colon and members) or len(members) > MOST_MEMBERS:
            raise SetUnreadable(text[:60])
        return cls(name.strip(), members)

    @property
    def code(self) -> UnitCode:
        """Name it as a unit."""
        return UnitCode(SIGN + self.name)


def with_sets(units: Units, sets: Sequence[ChosenSet], first: Month, last: Month) -> Units:
    """Add each set as a unit that its members are part of; refuse what would be counted twice."""
    names = [chosen.name for chosen in sets]
    for chosen in sets:
        if names.count(chosen.name) > 1:
            raise SetUnreadable(chosen.name)
        earliest = Month.numbered(max(first.ordinal - LOOKED_BACK, YEAR_LENGTH))
        must_not_overlap(units, chosen.name, chosen.members, fresh_starts(units, earliest, last))
    made = [Unit(code=chosen.code, name=chosen.name, kind=UnitKind.DEPARTMENT) for chosen in sets]
    parts = [
        Relation(kind=RelationKind.PART_OF, source=member, target=chosen.code)
        for chosen in sets
        for member in chosen.members
    ]
    return Units.of((*units.units.values(), *made), (*units.relations, *parts)) if sets else units


def must_not_overlap(units: Units, name: str, members: Sequence[UnitCode], months: Collection[Month]) -> None:
    """Refuse members of which one is part of another, or that share a part, in any of the months."""
    seen = set[UnitCode]()
    for member in members:
        below = with_parts(units, [member], months)
        for code in sorted(seen & below):
            raise SetOverlaps(name=name, code=code)
        seen |= below
