"""Statistics of small areas (Sozialatlas): one row an area and year, one column a figure, small numbers left blank."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from domain.errors import Invalid, Text
from domain.identity import UnitCode, VariableCode
from domain.intake import FindingCode
from domain.period import YEAR_LENGTH, BadMonth, Month

YEAR = re.compile(r"[0-9]{4}")
MOST_ROWS = 10_000


@dataclass(eq=False)
class ColumnsUnmapped(Invalid):
    """A file has columns that its mapping does not speak of, or lacks some that it does."""

    title_de = "Eine Datei hat Spalten, von denen ihre Zuordnung nicht spricht, oder ihr fehlen welche."
    says = Text(
        "not spoken of: {extra}; missing: {missing}. Name each column under `columns`, or under `left_out` with the"
        " reason",
        "nicht genannt: {extra}; es fehlen: {missing}. Nennen Sie jede Spalte unter `columns` oder mit Grund unter"
        " `left_out`",
    )

    extra: str
    missing: str


@dataclass(eq=False)
class NotATable(Invalid):
    """A file of small areas is no table: each row has as many cells as the header."""

    title_de = "Eine Datei ist keine Tabelle: jede Zeile hat so viele Zellen wie die Kopfzeile."
    says = Text("row {row}: {why}", "Zeile {row}: {why}")

    row: int
    why: str


@dataclass(eq=False)
class TooManyAreas(Invalid):
    """A file of small areas has more rows than one translation takes."""

    title_de = "Eine Datei hat mehr Zeilen, als eine Übertragung annimmt."
    says = Text("more than {limit} rows; send it in parts", "mehr als {limit} Zeilen; senden Sie sie in Teilen")

    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a column counts."""

    variable: VariableCode
    dimensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallAreaMapping:
    """
    How a file of small areas becomes observations.

    `areas` are units by the name the file has for them, an empty name is what the source could not attribute; a yearly
    figure stands in `month` of its year. Each column is counted or left out for a reason: none goes unnoticed.
    """

    area: str
    year: str
    month: int
    areas: Mapping[str, UnitCode]
    columns: Mapping[str, Counted]
    left_out: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = ","

    def __post_init__(self) -> None:
        """Refuse a month that the year does not have."""
        if not 1 <= self.month <= YEAR_LENGTH:
            raise BadMonth(str(self.month))


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFigure:
    """One figure of a file, as it is delivered."""

    row: int
    unit: UnitCode
    counted: Counted
    month: Month
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFinding:
    """One cell of a file that gives no figure, and why; `row` counts the header as row 1."""

    row: int
    column: str
    code: FindingCode
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """The figures of a file and the cells that give none; every counted cell is one or the other."""

    rows: int
    figures: Sequence[AreaFigure]
    findings: Sequence[AreaFinding]

    @property
    def withheld(self) -> int:
        """Count the cells that the source keeps back."""
        return sum(finding.code is FindingCode.WITHHELD for finding in self.findings)


def translate(text: str, mapping: SmallAreaMapping) -> Translated:
    """Turn a file into figures; a blank cell is withheld, neither zero nor an error."""
    header, *lines = _lines(text, mapping.delimiter)
    names = [name.strip() for name in header]
    _must_speak_of(names, mapping)
    rows = [(number, line) for number, line in enumerate(lines, 2) if any(cell.strip() for cell in line)]
    for number, line in rows:
        if len(line) != len(names):
            raise NotATable(row=number, why=f"{len(line)} ≠ {len(names)}")
    found = [entry for number, line in rows for entry in _cells(number, dict(zip(names, line, strict=True)), mapping)]
    return Translated(
        rows=len(rows),
        figures=[entry for entry in found if isinstance(entry, AreaFigure)],
        findings=[entry for entry in found if isinstance(entry, AreaFinding)],
    )


def _lines(text: str, delimiter: str) -> list[list[str]]:
    lines: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter):
            lines.append(line)
            if len(lines) > MOST_ROWS + 1:
                raise TooManyAreas(limit=MOST_ROWS)
    except csv.Error as error:
        raise NotATable(row=len(lines) + 1, why=str(error)) from error
    return lines or [[]]


def _must_speak_of(header: Sequence[str], mapping: SmallAreaMapping) -> None:
    named = {mapping.area, mapping.year, *mapping.columns}
    extra = [name for name in header if name not in named and name not in mapping.left_out]
    extra += sorted({f"{name} (2×)" for name in header if header.count(name) > 1})
    missing = sorted(named - set(header))
    if extra or missing:
        raise ColumnsUnmapped(extra=", ".join(extra) or "–", missing=", ".join(missing) or "–")


def _cells(number: int, cells: Mapping[str, str], mapping: SmallAreaMapping) -> Iterator[AreaFigure | AreaFinding]:
    area, year = cells.get(mapping.area, "").strip(), cells.get(mapping.year, "").strip()
    unit = mapping.areas.get(area)
    month = Month(int(year), mapping.month) if YEAR.fullmatch(year) and year != "0000" else None
    for column, counted in mapping.columns.items():
        value = cells.get(column, "").strip()
        if unit is None:
            yield AreaFinding(row=number, column=mapping.area, code=FindingCode.UNKNOWN_UNIT, value=area)
        elif month is None:
            yield AreaFinding(row=number, column=mapping.year, code=FindingCode.BAD_MONTH, value=year)
        elif not value:
            yield AreaFinding(row=number, column=column, code=FindingCode.WITHHELD, value=value)
        else:
            yield AreaFigure(row=number, unit=unit, counted=counted, month=month, value=value)
