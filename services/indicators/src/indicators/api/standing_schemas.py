"""How figures stand, on the wire."""

from datetime import date

from chassis.wire import Told

from indicators.api.attestation_schemas import AttestationOut, attestation_out
from indicators.api.objection_schemas import ObjectionOut, objection_out
from indicators.usecases.standing import Standing


class StandingOut(Told):
    """
    How a unit's month stands: the attestation, if there is one, and the open objections.

    `attested` is false also where anything was recorded since the attestation (`changed_since`).
    """

    unit: str
    month: str
    attested: bool
    attestation: AttestationOut | None
    objections: list[ObjectionOut]


class StandingPage(Told):
    """Standings in the order of unit and month."""

    items: list[StandingOut]
    next: str | None


def standing_out(standing: Standing, today: date) -> StandingOut:
    """Tell how a unit's month stands."""
    return StandingOut(
        unit=standing.unit,
        month=str(standing.month),
        attested=standing.attested,
        attestation=None if standing.attestation is None else attestation_out(standing.attestation),
        objections=[objection_out(entry.filed, today) for entry in standing.objections],
    )
