"""The register of standards: expert concepts, quality standards, guidelines and instructions, by edition."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.agreement import Revision
from domain.errors import Place, Text
from domain.identity import UnitCode
from domain.validity import within


class StandardKind(StrEnum):
    """What a standard is: Fachkonzept, Qualitätsstandard, Richtlinie, Weisung."""

    CONCEPT = "concept"
    QUALITY_STANDARD = "quality_standard"
    GUIDELINE = "guideline"
    INSTRUCTION = "instruction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """One edition of a standard of a unit, valid half-open; the digest is that of its document."""

    code: str
    edition: str
    title: str
    kind: StandardKind
    unit: UnitCode
    valid_from: date
    valid_until: date | None = None
    source: str | None = None
    sha256: str | None = None


def doubtful(revision: Revision, register: Iterable[Standard]) -> Iterator[Place]:
    """Name editions an agreement refers to that nobody registered, or that do not hold on its first day."""
    known = {(standard.code, standard.edition): standard for standard in register}
    for number, named in enumerate(revision.standards):
        standard, told = known.get((named.code, named.edition)), f"{named.code} ({named.edition})"
        if standard is None:
            text = Text(f"{told} is not registered", f"{told} ist nicht eingetragen")
            yield Place(pointer=f"/standards/{number}", code="standard_unknown", detail=text)
        elif not within(revision.valid_from, standard.valid_from, standard.valid_until):
            text = Text(
                f"{told} does not hold on {revision.valid_from}", f"{told} gilt am {revision.valid_from:%d.%m.%Y} nicht"
            )
            yield Place(pointer=f"/standards/{number}", code="standard_superseded", detail=text)
