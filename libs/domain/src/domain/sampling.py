"""Drawing files for internal control by a rule that anyone can redraw: nothing is left to a chance not written down.

The population is committed to first: SHA-256 over its references in the order of their code points, each ended by a
line feed. Every reference is then ranked by SHA-256(seed ‖ population digest ‖ reference), all three as UTF-8 text,
the digest in lower-case hexadecimal; the smallest are drawn. Without a seed the population's digest is the seed.
"""

import hashlib
import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.errors import CellPlace, Invalid, Text

MOST_REFERENCES = 200_000
LONGEST_REFERENCE = 100
COLUMN = "reference"
SHOWN = 100

BLANK = Text("a reference is missing; fill it in or leave the row out", "eine Referenz fehlt; ergänzen oder weglassen")
TOO_LONG = Text(
    f"a reference has at most {LONGEST_REFERENCE} characters",
    f"eine Referenz hat höchstens {LONGEST_REFERENCE} Zeichen",
)
UNPRINTABLE = Text(
    "a reference holds a character that cannot be printed, such as a line break; leave it out",
    "eine Referenz enthält ein nicht druckbares Zeichen, etwa einen Zeilenumbruch; bitte weglassen",
)


@dataclass(eq=False)
class PopulationRefused(Invalid):
    """Files are named once each, by a reference."""

    title_de = "Jede Akte ist einmal und mit einer Referenz genannt."
    says = Text(
        "{found} of {read} rows are refused, the first {shown} are listed; nothing was drawn",
        "{found} von {read} Zeilen sind abgelehnt, die ersten {shown} sind genannt; gezogen wurde nichts",
    )

    read: int
    found: int
    shown: int
    faults: tuple[CellPlace, ...]

    def places(self) -> tuple[CellPlace, ...]:
        """Name the rows."""
        return self.faults


@dataclass(eq=False)
class PopulationTooLarge(Invalid):
    """A population has at most 200,000 files."""

    title_de = "Eine Grundgesamtheit hat höchstens 200.000 Akten."
    says = Text("sent: {read}; send the files of one office", "gesendet: {read}; senden Sie die Akten einer Stelle")

    read: str


@dataclass(eq=False)
class PopulationEmpty(Invalid):
    """There is no file to draw from."""

    title_de = "Es gibt keine Akte, aus der gezogen werden kann."
    says = Text("send at least one reference", "senden Sie mindestens eine Referenz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """What is kept of a population once its sample is drawn; the reserve are those next in rank."""

    population_digest: str
    population_size: int
    seed: str
    reserve: tuple[str, ...]


def checked(rows: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """Give the references of numbered rows, blanks at their ends cut; refuse what is missing, doubled, unreadable."""
    if not rows:
        raise PopulationEmpty
    if len(rows) > MOST_REFERENCES:
        raise PopulationTooLarge(f"{len(rows)} rows")
    references = [(row, text.strip()) for row, text in rows]
    faults = list(_faults(references))
    if faults:
        shown = tuple(faults[:SHOWN])
        raise PopulationRefused(read=len(rows), found=len(faults), shown=len(shown), faults=shown)
    return tuple(reference for _, reference in references)


def population_digest(references: Iterable[str]) -> str:
    r"""Commit to a population.

    >>> population_digest(["b", "a"]) == hashlib.sha256(b"a\nb\n").hexdigest()
    True
    """
    return hashlib.sha256("".join(f"{reference}\n" for reference in sorted(references)).encode()).hexdigest()


def draw(references: Collection[str], size: int, seed: str | None = None) -> tuple[Draw, tuple[str, ...]]:
    """Draw a sample in the order of rank, and as many again in reserve; a smaller population is drawn whole."""
    digest = population_digest(references)
    start = hashlib.sha256(f"{seed or digest}{digest}".encode())

    def rank(reference: str) -> bytes:
        hashed = start.copy()
        hashed.update(reference.encode())
        return hashed.digest()

    ranked = tuple(heapq.nsmallest(2 * size, references, key=rank))
    kept = Draw(population_digest=digest, population_size=len(references), seed=seed or digest, reserve=ranked[size:])
    return kept, ranked[:size]


def _faults(references: Iterable[tuple[int, str]]) -> Iterator[CellPlace]:
    first: dict[str, int] = {}
    for row, reference in references:
        known = first.setdefault(reference, row)
        if not reference:
            yield _fault(row, "blank", reference, BLANK)
        elif len(reference) > LONGEST_REFERENCE:
            yield _fault(row, "too_long", reference[:LONGEST_REFERENCE], TOO_LONG)
        elif not reference.isprintable():
            yield _fault(row, "unprintable", ascii(reference), UNPRINTABLE)
        elif known != row:
            says = Text(f"it stands in row {known} already; name it once", f"sie steht schon in Zeile {known}")
            yield _fault(row, "duplicate", reference, says)


def _fault(row: int, code: str, value: str, detail: Text) -> CellPlace:
    return CellPlace(row=row, column=COLUMN, code=code, value=value, detail=detail)
