"""Bodies that consult and decide: carrier assembly, cooperation committee, council and its committees, boards."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.identity import UnitCode


class BodyKind(StrEnum):
    """What a body is; the first two by § 44c and § 18b SGB II."""

    CARRIER_ASSEMBLY = "carrier_assembly"
    COOPERATION_COMMITTEE = "cooperation_committee"
    COUNCIL = "council"
    COMMITTEE = "committee"
    BOARD = "board"
    CONFERENCE = "conference"
    ROUND_OF_LEADS = "round_of_leads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who sends how many members into a body."""

    unit: UnitCode
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body of a unit, valid half-open; states and municipalities differ, so bodies are data."""

    code: str
    name: str
    kind: BodyKind
    unit: UnitCode
    source: str | None = None
    land: str | None = None
    seats: tuple[Seat, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
