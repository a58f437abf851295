"""Who concludes with whom: statutory relations and those of state law."""

import pytest
from domain.identity import UnitCode
from domain.party import Party, PartyRole
from domain.responsibility import Scope
from domain.tier import SHIPPED, misfits
from domain.unit import Unit, UnitKind, Units
from support.agreeing import PARTIES, a_revision

TIERS = {tier.code: tier for tier in SHIPPED}
KINDS = {
    "AA-METTMANN": UnitKind.EMPLOYMENT_AGENCY,
    "36402": UnitKind.JOBCENTER_JOINT,
    "05158": UnitKind.DISTRICT,
    "MAIS": UnitKind.MINISTRY,
    "BMAS": UnitKind.FEDERAL_MINISTRY,
}
UNITS = Units.of([Unit(code=UnitCode(code), name=code, kind=kind) for code, kind in KINDS.items()], [])


def a_party(unit: str, role: PartyRole) -> Party:
    return Party(unit=UnitCode(unit), role=role, scope=Scope.MUNICIPAL, signs_as="Leitung")


MINISTRY, DISTRICT = a_party("MAIS", PartyRole.SUPERVISING_BODY), a_party("05158", PartyRole.OBLIGATED_UNIT)


def pointers(tier: str, *parties: Party) -> list[str]:
    return [place.pointer for place in misfits(a_revision(parties=parties), TIERS[tier], UNITS)]


def test_the_agreement_of_2014_fits_the_statutory_tier_of_joint_jobcenters() -> None:
    assert pointers("carriers_joint_jobcenter", *PARTIES) == []


def test_the_agreement_of_2012_fits_the_tier_of_state_law() -> None:
    assert pointers("nrw_ministry_carrier", MINISTRY, DISTRICT) == []


@pytest.mark.parametrize("tier", ["ministry_federal_agency", "carriers_joint_jobcenter", "federal_state_ministry"])
def test_parties_of_another_tier_are_named(tier: str) -> None:
    assert {"/parties/0", "/parties/1"} & set(pointers(tier, MINISTRY, DISTRICT))


def test_a_side_nobody_takes_is_named() -> None:
    assert pointers("nrw_ministry_carrier", MINISTRY) == ["/parties"]


def test_a_tier_nobody_configured_is_named() -> None:
    assert [place.pointer for place in misfits(a_revision(), None, UNITS)] == ["/tier"]


def test_who_is_only_consulted_fits_everywhere() -> None:
    assert pointers("nrw_ministry_carrier", MINISTRY, DISTRICT, a_party("36402", PartyRole.ASSOCIATED)) == []


def test_the_four_relations_of_the_statute_ship_and_every_tier_names_its_source() -> None:
    assert sum(tier.statutory for tier in SHIPPED) == 4
    assert all(tier.source for tier in SHIPPED)
