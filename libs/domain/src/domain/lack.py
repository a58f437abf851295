"""Why an input is not there, and who can cure that."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.figures import MissingInput
from domain.gate import Gates
from domain.identity import DeliveryId


class Absence(StrEnum):
    """Why a value is not there: nobody told it, its rows were rejected, or its source keeps it back."""

    NOT_DELIVERED = "not_delivered"
    REJECTED = "rejected"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Bearer:
    """A delivery and who sent it."""

    delivery: DeliveryId
    sender: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """
    Why a value is not there, by which delivery, and who can bring it.

    Where nobody is named, that is whoever delivers for the unit. A closed month takes nothing before an operator
    permits it.
    """

    why: Absence
    delivery: DeliveryId | None
    senders: tuple[str, ...]
    month_closed: bool


def lack_of(
    missing: MissingInput, *, withheld: Bearer | None, rejected: Bearer | None, gates: Gates, today: date
) -> Lack:
    """Say why an input is not there; `withheld` and `rejected` are the newest deliveries that did that to it."""
    why, bearer = Absence.NOT_DELIVERED, None
    if missing.withheld:
        why, bearer = Absence.WITHHELD, withheld
    elif rejected:
        why, bearer = Absence.REJECTED, rejected
    named = gates.named(missing.unit, missing.cell.variable, missing.month)
    senders = named or ((bearer.sender,) if bearer else ())
    return Lack(
        why=why,
        delivery=bearer.delivery if bearer else None,
        senders=senders,
        month_closed=_closed(missing, senders, gates, today),
    )


def _closed(missing: MissingInput, senders: tuple[str, ...], gates: Gates, today: date) -> bool:
    """Say whether none of those who can bring it may do so now."""
    if (missing.unit, missing.month) not in gates.closed:
        return False
    permitted = gates.permitted(missing.unit, missing.month, today)
    return not (permitted.intersection(senders) if senders else permitted)
