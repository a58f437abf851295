"""Reference values row by row: each row becomes a value, or says which cells are wrong and what would be right."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.corridor import ReferenceValue
from domain.errors import CellPlace, Text
from domain.identity import IndicatorCode, UnitCode
from domain.indicator import Direction
from domain.quantity import NotADecimal, decimal_of

NEEDED = ("unit", "indicator", "direction", "value", "low", "high")
OPTIONAL = ("weight", "basis", "outcome")
COLUMNS = (*NEEDED, *OPTIONAL)
SIDES = (Direction.AT_LEAST, Direction.AT_MOST)
LONGEST_TEXT, LONGEST_SHOWN = 2_000, 80
_INDICATOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?")
_ONE_GROUP = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_COMMA = re.compile(r"-?[0-9]+,[0-9]+")

REMEDIES: Mapping[str, Text] = {
    "empty_value": Text("is empty; write it or leave the row out", "ist leer; ausfüllen oder die Zeile weglassen"),
    "unknown_unit": Text(
        "this unit does not exist; take its code from GET /v1/units, leading zeros included",
        "diese Einheit gibt es nicht; den Schlüssel nennt GET /v1/units, führende Nullen gehören dazu",
    ),
    "unit_not_below": Text(
        "the lead of the round has no authority over this unit; leave the row out or load the relation",
        "die Einheit untersteht nicht der Leitung der Runde; lassen Sie die Zeile weg oder laden Sie die Beziehung",
    ),
    "bad_indicator": Text(
        "write an indicator's code such as K2: letters, digits, point, hyphen, underscore, at most 40",
        "schreiben Sie einen Kennzahlschlüssel wie K2: Buchstaben, Ziffern, Punkt, - und _, höchstens 40",
    ),
    "bad_direction": Text("write at_least or at_most", "schreiben Sie at_least oder at_most"),
    "not_a_decimal": Text(
        "write a plain decimal such as 20.6 or 20,6: at most 18 digits before and 10 behind the point",
        "schreiben Sie eine einfache Dezimalzahl wie 20,6 oder 20.6: höchstens 18 Stellen vor und 10 nach dem Komma",
    ),
    "ambiguous_number": Text(
        "this may be thousands or thousandths; write 17283 or 17.283,0 or 17,283",
        "das können Tausender oder Tausendstel sein; schreiben Sie 17283 oder 17.283,0 oder 17,283",
    ),
    "outside_low_high": Text(
        "the reference value lies within its corridor: low ≤ value ≤ high",
        "der Referenzwert liegt in seinem Korridor: low ≤ value ≤ high",
    ),
    "not_positive": Text(
        "a weight is more than 0; leave it empty for none", "ein Gewicht ist größer als 0, sonst leer"
    ),
    "not_a_text": Text("write at most 2000 printable characters", "schreiben Sie höchstens 2000 druckbare Zeichen"),
    "duplicate_row": Text(
        "an earlier row stands for the same unit and indicator; keep one of them",
        "eine frühere Zeile steht für dieselbe Einheit und Kennzahl; behalten Sie eine",
    ),
    "corridor_fixed": Text(
        "from the conclusion on only the outcome changes; repeat the row as it is kept, with its outcome",
        "ab dem Abschluss ändert sich nur das Ergebnis; wiederholen Sie die Zeile wie gespeichert, mit dem Ergebnis",
    ),
    "extra_cell": Text("the row has more cells than the header", "die Zeile hat mehr Zellen als die Kopfzeile"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a file: its number as the sender's program shows it, its cells by column; `comma` marks German files."""

    number: int
    cells: Mapping[str, str]
    comma: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The good rows as values with their numbers, and the cells that are wrong."""

    good: tuple[tuple[Row, ReferenceValue], ...]
    faults: tuple[CellPlace, ...]

    @property
    def rejected(self) -> int:
        """Count the rows with a wrong cell."""
        return len({fault.row for fault in self.faults})


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What rows are held against: the round, all units, those below its lead, and what must stay as it is."""

    round: UUID
    units: Collection[str]
    below: Collection[str]
    fixed: Mapping[tuple[UnitCode, IndicatorCode], ReferenceValue] | None = None


def fault(row: Row, column: str, code: str) -> CellPlace:
    """Say what is wrong with a cell and what would be right."""
    shown = row.cells.get(column, "")[:LONGEST_SHOWN]
    return CellPlace(row=row.number, column=column, code=code, value=shown, detail=REMEDIES[code])


def sort(rows: Iterable[Row], yardstick: Yardstick) -> Sorted:
    """Sort rows into values and faults; of two rows for the same, the later is a fault."""
    good: dict[tuple[UnitCode, IndicatorCode], tuple[Row, ReferenceValue]] = {}
    faults: list[CellPlace] = []
    for row in rows:
        value, found = read_row(row, yardstick)
        if value is not None and value.key in good:
            found = [fault(row, "unit", "duplicate_row")]
        elif value is not None and not found:
            good[value.key] = row, value
        faults += found
    return Sorted(good=tuple(good.values()), faults=tuple(faults))


def read_row(row: Row, yardstick: Yardstick) -> tuple[ReferenceValue | None, list[CellPlace]]:
    """Read one row: its value, and what is wrong with it."""
    found = [fault(row, column, code) for column, code in _faults(row, yardstick)]
    if found:
        return None, found
    numbers = {name: _number(row, name) for name in ("value", "low", "high", "weight", "outcome")}
    value, low, high = numbers["value"], numbers["low"], numbers["high"]
    if value is None or low is None or high is None or not low <= value <= high:
        return None, [fault(row, "value", "outside_low_high")]
    read = ReferenceValue(
        round=yardstick.round,
        unit=UnitCode(row.cells["unit"]),
        indicator=IndicatorCode(row.cells["indicator"]),
        direction=Direction(row.cells["direction"]),
        value=value,
        low=low,
        high=high,
        weight=numbers["weight"],
        outcome=numbers["outcome"],
        basis=row.cells.get("basis") or None,
    )
    return read, [fault(row, "value", "corridor_fixed")] if _touches(read, yardstick) else []


def number_of(text: str, *, comma: bool) -> Decimal:
    """
    Read a number with a decimal point or comma; points that group thousands need a file with decimal commas.

    >>> number_of("17.283,50", comma=True), number_of("20,6", comma=False), number_of("20.612", comma=False)
    (Decimal('17283.50'), Decimal('20.6'), Decimal('20.612'))
    """
    if comma and _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    return decimal_of(text.replace(",", ".") if _COMMA.fullmatch(text) else text)


def _faults(row: Row, yardstick: Yardstick) -> Iterable[tuple[str, str]]:
    cells = row.cells
    lacking = [name for name in NEEDED if not cells.get(name)]
    yield from ((name, "empty_value") for name in lacking)
    for name, code, is_wrong in CHECKS:
        if cells.get(name) and is_wrong(cells[name], row, yardstick):
            yield name, code
    if "" in cells:
        yield "", "extra_cell"


def _no_number(text: str, row: Row, _: Yardstick) -> bool:
    try:
        number_of(text, comma=row.comma)
    except NotADecimal:
        return True
    return False


def _unclear(text: str, row: Row, _: Yardstick) -> bool:
    return row.comma and _ONE_GROUP.fullmatch(text) is not None


def _not_positive(text: str, row: Row, yardstick: Yardstick) -> bool:
    return not _no_number(text, row, yardstick) and number_of(text, comma=row.comma) <= 0


Check = Callable[[str, Row, Yardstick], bool]
CHECKS: tuple[tuple[str, str, Check], ...] = (
    ("unit", "unknown_unit", lambda text, _, yardstick: text not in yardstick.units),
    ("unit", "unit_not_below", lambda text, _, known: text in known.units and text not in known.below),
    ("indicator", "bad_indicator", lambda text, *_: _INDICATOR.fullmatch(text) is None),
    ("direction", "bad_direction", lambda text, *_: text not in SIDES),
    *((name, "not_a_decimal", _no_number) for name in ("value", "low", "high", "weight", "outcome")),
    *((name, "ambiguous_number", _unclear) for name in ("value", "low", "high", "weight", "outcome")),
    ("weight", "not_positive", _not_positive),
    ("basis", "not_a_text", lambda text, *_: len(text) > LONGEST_TEXT or not text.isprintable()),
)


def _number(row: Row, name: str) -> Decimal | None:
    text = row.cells.get(name)
    return number_of(text, comma=row.comma) if text else None


def _touches(read: ReferenceValue, yardstick: Yardstick) -> bool:
    """Say whether a value differs from what must stay as it is in more than its outcome."""
    if yardstick.fixed is None:
        return False
    known = yardstick.fixed.get(read.key)
    frozen = ("direction", "value", "low", "high", "weight", "basis")
    return known is None or any(getattr(known, name) != getattr(read, name) for name in frozen)
