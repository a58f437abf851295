"""Attestations on the wire."""

from typing import Annotated
from uuid import UUID

from chassis.wire import Instant, MonthText, Sent, Told
from domain.attestation import AttestationStatus
from domain.identity import UnitCode
from domain.period import Month
from pydantic import Field

from indicators.api.withdrawal_schemas import WithdrawalOut, withdrawal_out
from indicators.usecases.attesting import Attested, Stood

Code = Annotated[str, Field(min_length=1, max_length=60)]


class AttestationIn(Sent):
    """A lead says: this month is complete and checked, as of an instant (now where none is given)."""

    unit: Code
    month: MonthText
    as_of: Instant | None = None
    office: Annotated[str, Field(max_length=200)] | None = None
    note: Annotated[str, Field(max_length=2000)] | None = None

    def value(self) -> Attested:
        """Give what is said."""
        return Attested(
            unit=UnitCode(self.unit),
            month=Month.parse(self.month),
            as_of=self.as_of,
            office=self.office,
            note=self.note,
        )


class AttestationOut(Told):
    """
    An attestation: `covers` are the unit and its parts, `digest` is over the `values` values known at `as_of`.

    `changed_since` says that something was recorded of the month since.
    """

    id: UUID
    version: int
    unit: str
    month: str
    status: AttestationStatus
    as_of: Instant
    at: Instant
    by: str
    office: str | None
    note: str | None
    covers: list[str]
    digest: str
    values: int
    changed_since: bool
    withdrawal: WithdrawalOut | None


class AttestationPage(Told):
    """Attestations in the order they were made."""

    items: list[AttestationOut]
    next: str | None


def attestation_out(stood: Stood) -> AttestationOut:
    """Tell an attestation."""
    said = stood.filed.value
    return AttestationOut(
        id=stood.filed.id,
        version=stood.filed.version,
        unit=said.unit,
        month=str(said.month),
        status=said.status,
        as_of=said.as_of,
        at=said.at,
        by=said.by,
        office=said.office,
        note=said.note,
        covers=list(said.covers),
        digest=said.digest,
        values=said.values,
        changed_since=stood.changed,
        withdrawal=withdrawal_out(said.withdrawal),
    )
