"""Numbers that know their unit; decimals keep the precision they came with."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from domain.errors import Invalid, Text

PRECISE = Context(prec=50)
_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,10})?")


class Currency(StrEnum):
    """What money is told in; a document has one."""

    EUR = "EUR"


class Measure(StrEnum):
    """The unit in which a quantity is told."""

    PERSONS = "persons"
    CASES = "cases"
    CONTACTS = "contacts"
    EUR = "EUR"
    FTE = "FTE"
    PERCENT = "percent"
    CONTACTS_PER_YEAR = "contacts_per_year"
    EUR_PER_PERSON = "EUR_per_person"
    PERSONS_PER_POST = "persons_per_post"
    ONE = "one"


RATIOS = frozenset(
    {Measure.PERCENT, Measure.CONTACTS_PER_YEAR, Measure.EUR_PER_PERSON, Measure.PERSONS_PER_POST, Measure.ONE}
)
"""Units of quotients: what is told in them does not add up."""


@dataclass(eq=False)
class NotADecimal(Invalid):
    """A number is not a plain decimal."""

    title_de = "Eine Zahl ist keine einfache Dezimalzahl."
    says = Text(
        "'{text}' is not a decimal number such as '12.5' with at most 18 digits before and 10 behind the point",
        "„{text}“ ist keine Dezimalzahl wie „12.5“ mit höchstens 18 Stellen vor und 10 nach dem Punkt",
    )

    text: str


@dataclass(eq=False)
class UnitsDiffer(Invalid):
    """Quantities of different units do not add up."""

    title_de = "Größen verschiedener Einheiten lassen sich nicht verrechnen."
    says = Text("{left} and {right} differ", "{left} und {right} sind verschieden")

    left: Measure
    right: Measure


@dataclass(frozen=True, slots=True)
class Quantity:
    """A finite number in a unit."""

    number: Decimal
    measure: Measure

    def __post_init__(self) -> None:
        """Refuse NaN and infinities."""
        if not self.number.is_finite():
            raise NotADecimal(str(self.number))

    def __add__(self, other: "Quantity") -> "Quantity":
        """Add a quantity of the same unit."""
        return Quantity(PRECISE.add(self.number, self._alike(other)), self.measure)

    def __sub__(self, other: "Quantity") -> "Quantity":
        """Subtract a quantity of the same unit."""
        return Quantity(PRECISE.subtract(self.number, self._alike(other)), self.measure)

    def _alike(self, other: "Quantity") -> Decimal:
        if other.measure != self.measure:
            raise UnitsDiffer(self.measure, other.measure)
        return other.number


def half_up(number: Decimal, places: int) -> Decimal:
    """Round half away from zero (kaufmännisch) to decimal places; a zero has no sign.

    >>> half_up(Decimal("2.345"), 2), half_up(Decimal("-0.5"), 0)
    (Decimal('2.35'), Decimal('-1'))
    """
    enough = Context(prec=max(PRECISE.prec, number.adjusted() + places + 2))
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=enough)
    return rounded or rounded.copy_abs()


def decimal_of(text: str) -> Decimal:
    """Read a plain decimal: digits, at most one point, no exponent, no group marks.

    >>> decimal_of("90295768.00")
    Decimal('90295768.00')
    """
    if not _DECIMAL.fullmatch(text):
        raise NotADecimal(text)
    return Decimal(text)
