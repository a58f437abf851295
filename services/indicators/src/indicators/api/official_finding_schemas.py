"""Rows of official tables that could not be compared, on the wire."""

from chassis.wire import Told
from domain.errors import Language
from domain.official_fault import FAULTS, OfficialFault

from indicators.ports.reconciled import OfficialFinding


class OfficialFindingOut(Told):
    """What is wrong with one row, and what would be right."""

    row: int
    column: str
    code: OfficialFault
    value: str
    detail: str


class OfficialFindingPage(Told):
    """Rejected rows in their order; `found` says how many there are in all."""

    items: list[OfficialFindingOut]
    found: int
    next: str | None


def official_finding_out(finding: OfficialFinding, language: Language) -> OfficialFindingOut:
    """Tell a finding with its remedy."""
    detail = FAULTS[finding.code].in_language(language)
    return OfficialFindingOut(
        row=finding.row, column=finding.column, code=finding.code, value=finding.value, detail=detail
    )
