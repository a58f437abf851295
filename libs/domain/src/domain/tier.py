"""Tiers: who agrees with whom on what ground; statutory everywhere (§ 48b SGB II), additional by state law."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.agreement import Revision
from domain.errors import Place, Text
from domain.party import PartyRole
from domain.unit import UnitKind, Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a tier: its role, and what kinds of units may take it."""

    role: PartyRole
    kinds: tuple[UnitKind, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A relation between bodies that conclude target agreements; `land` is empty where it holds in all states."""

    code: str
    name: str
    source: str
    sides: tuple[Side, ...]
    land: str | None = None
    statutory: bool = False


def _side(role: PartyRole, *kinds: UnitKind, optional: bool = False) -> Side:
    return Side(role=role, kinds=kinds, optional=optional)


SUPERVISES, OWES = PartyRole.SUPERVISING_BODY, PartyRole.OBLIGATED_UNIT
CARRIER_KINDS = (UnitKind.DISTRICT, UnitKind.CITY)
FEDERAL = _side(SUPERVISES, UnitKind.FEDERAL_MINISTRY)
STATE = (UnitKind.MINISTRY,)
SHIPPED: tuple[Tier, ...] = (
    Tier(
        code="ministry_federal_agency",
        name="Bundesministerium und Bundesagentur für Arbeit",
        source="§ 48b (1) 1 no. 1 SGB II",
        sides=(FEDERAL, _side(OWES, UnitKind.FEDERAL_AGENCY)),
        statutory=True,
    ),
    Tier(
        code="carriers_joint_jobcenter",
        name="Agentur für Arbeit und kommunaler Träger mit der gemeinsamen Einrichtung",
        source="§ 48b (1) 1 no. 2 SGB II",
        sides=(
            _side(SUPERVISES, UnitKind.EMPLOYMENT_AGENCY),
            _side(PartyRole.MUNICIPAL_BODY, *CARRIER_KINDS, optional=True),
            _side(OWES, UnitKind.JOBCENTER_JOINT),
        ),
        statutory=True,
    ),
    Tier(
        code="federal_state_ministry",
        name="Bundesministerium und zuständige Landesbehörde",
        source="§ 48b (1) 1 no. 3 SGB II",
        sides=(FEDERAL, _side(OWES, *STATE)),
        statutory=True,
    ),
    Tier(
        code="state_municipal_jobcenter",
        name="Zuständige Landesbehörde und zugelassener kommunaler Träger",
        source="§ 48b (1) 1 no. 4 SGB II",
        sides=(_side(SUPERVISES, *STATE), _side(OWES, *CARRIER_KINDS, UnitKind.JOBCENTER_MUNICIPAL)),
        statutory=True,
    ),
    Tier(
        code="nrw_ministry_carrier",
        name="Ministerium und kommunaler Träger einer gemeinsamen Einrichtung",
        source="§ 2a AG-SGB II NRW",
        sides=(_side(SUPERVISES, *STATE), _side(OWES, *CARRIER_KINDS)),
        land="NW",
    ),
    Tier(
        code="within_district",
        name="Kreis und Stadt mit Regionalstelle",
        source="steering system of the JobAgentur EN, no. 4",
        sides=(
            _side(SUPERVISES, UnitKind.DISTRICT),
            _side(OWES, UnitKind.CITY, UnitKind.REGIONAL_OFFICE, UnitKind.BRANCH_OFFICE),
        ),
    ),
    Tier(
        code="within_city",
        name="Verwaltungsvorstand und Ämter",
        source="council paper V/0715/2012 of Münster, no. 6.2.2",
        sides=(
            _side(SUPERVISES, UnitKind.CITY, UnitKind.DISTRICT),
            _side(OWES, UnitKind.DEPARTMENT, UnitKind.JOBCENTER_MUNICIPAL),
        ),
    ),
    Tier(
        code="provider",
        name="Träger der Grundsicherung und Anbieter sozialer Dienste",
        source="§ 17 (2) SGB II",
        sides=(
            _side(
                SUPERVISES,
                *CARRIER_KINDS,
                UnitKind.JOBCENTER_JOINT,
                UnitKind.JOBCENTER_MUNICIPAL,
                UnitKind.DEPARTMENT,
            ),
            _side(OWES, UnitKind.PROVIDER),
        ),
    ),
)
"""What holds without any configuration; a state adds its own and may replace those that are not statutory."""


def misfits(revision: Revision, tier: Tier | None, units: Units) -> Iterator[Place]:
    """Name the parties that did not fit their tier when it began, and sides nobody takes; or a tier nobody knows."""
    if tier is None:
        text = Text(f"there is no tier '{revision.tier}'", f"es gibt keine Ebene „{revision.tier}“")
        yield Place(pointer="/tier", code="tier_mismatch", detail=text)
        return
    for number, party in enumerate(revision.parties):
        kind = units.get(party.unit).on(revision.valid_from).kind
        sides = [side for side in tier.sides if side.role is party.role]
        if party.binds and not any(kind in side.kinds for side in sides):
            text = Text(
                f"a unit of kind {kind} takes no part as {party.role} in the tier '{tier.name}'",
                f"eine Einheit der Art {kind} wirkt in der Ebene „{tier.name}“ nicht als {party.role} mit",
            )
            yield Place(pointer=f"/parties/{number}", code="tier_mismatch", detail=text)
    taken = {party.role for party in revision.parties}
    for side in tier.sides:
        if not side.optional and side.role not in taken:
            text = Text(f"nobody takes part as {side.role}", f"niemand wirkt als {side.role} mit")
            yield Place(pointer="/parties", code="tier_mismatch", detail=text)
