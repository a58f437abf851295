"""What can go wrong with attestations beyond the domain's own rules."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import Conflict, Text, Unknown


@dataclass(eq=False)
class UnknownAttestation(Unknown):
    """There is no such attestation, or not for you."""

    title_de = "Diese Bestätigung gibt es nicht, oder nicht für Sie."
    says = Text("there is no attestation {id} within your reach", "in Ihrem Bereich gibt es keine Bestätigung {id}")

    id: UUID


@dataclass(eq=False)
class AlreadyAttested(Conflict):
    """The month is attested already."""

    title_de = "Der Monat ist schon bestätigt."
    says = Text(
        "somebody stands for {unit} in {month}: withdraw that attestation first (GET /v1/attestations?unit={unit}"
        "&month={month}&status=attested)",
        "für {unit} im Monat {month} steht schon jemand ein: ziehen Sie diese Bestätigung zuerst zurück "
        "(GET /v1/attestations?unit={unit}&month={month}&status=attested)",
    )

    unit: str
    month: str


@dataclass(eq=False)
class NothingToAttest(Conflict):
    """Nothing is known of the month."""

    title_de = "Zu diesem Monat ist nichts bekannt."
    says = Text(
        "for {unit} nothing was known of {month} at {as_of}; deliver first, or give a later `as_of`",
        "für {unit} war am {as_of} nichts zum Monat {month} bekannt; liefern Sie zuerst, oder nennen Sie ein späteres "
        "`as_of`",
    )

    unit: str
    month: str
    as_of: str
