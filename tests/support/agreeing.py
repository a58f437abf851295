"""Builders for what is agreed and judged: they show only what matters, the rest is boring."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from domain.agreement import (
    Acceptance,
    Agreement,
    Declaration,
    DeclarationKind,
    Revision,
    Signature,
    SignatureLevel,
    Status,
)
from domain.attainment import Readings
from domain.goal import Goal
from domain.identity import AgreementId, GoalCode, IndicatorCode, UnitCode
from domain.indicator import Direction
from domain.negotiation import agree, propose, seal, sign
from domain.party import Party, PartyRole
from domain.path import Path
from domain.period import Month, View
from domain.quantity import Measure
from domain.reading import DataState, NoValue, Reading
from domain.responsibility import Scope
from domain.terms import TargetTerms, Terms

NOON = datetime(2014, 1, 10, 12, tzinfo=UTC)
AGENCY, JOBCENTER, DISTRICT = UnitCode("AA-METTMANN"), UnitCode("36402"), UnitCode("05158")
CONSULTED = UnitCode("05158004")
PARTIES = (
    Party(unit=AGENCY, role=PartyRole.SUPERVISING_BODY, scope=Scope.FEDERAL, signs_as="chair of the management board"),
    Party(unit=JOBCENTER, role=PartyRole.OBLIGATED_UNIT, scope=Scope.JOINT, signs_as="managing director"),
    Party(unit=DISTRICT, role=PartyRole.MUNICIPAL_BODY, scope=Scope.MUNICIPAL, signs_as="Landrat"),
)
ASSOCIATED = Party(unit=CONSULTED, role=PartyRole.ASSOCIATED, scope=Scope.MUNICIPAL, signs_as="Bürgermeister")
BINDING = (AGENCY, JOBCENTER, DISTRICT)
DIGEST = "3b" * 32
FIRST, AMENDMENT = AgreementId(UUID(int=1)), AgreementId(UUID(int=2))


def a_target(
    target: str | None = "17283",
    *,
    direction: Direction = Direction.AT_MOST,
    view: View = View.YEAR_TO_DATE,
    measure: Measure = Measure.PERSONS,
    path: Path | None = None,
) -> TargetTerms:
    """Build a target for the figure `figure`."""
    return TargetTerms(
        indicator=IndicatorCode("figure"),
        view=view,
        unit_of_measure=measure,
        direction=direction,
        target=None if target is None else Decimal(target),
        path=path,
    )


def a_goal(
    terms: Terms | None = None,
    code: str = "goal",
    *,
    scope: Scope | None = Scope.MUNICIPAL,
    carrier: UnitCode | None = None,
    obligated: UnitCode | None = JOBCENTER,
    derived_from: str | None = None,
    trial: bool = False,
) -> Goal:
    """Build a complete goal the jobcenter must reach."""
    return Goal(
        code=GoalCode(code),
        title=code.replace("_", " "),
        scope=scope,
        terms=terms or a_target(),
        carrier=carrier,
        obligated=obligated,
        derived_from=GoalCode(derived_from) if derived_from else None,
        trial=trial,
    )


def a_revision(*goals: Goal, parties: tuple[Party, ...] = PARTIES) -> Revision:
    """Build the first revision for the year 2014; without goals it has one that is sound."""
    return Revision(
        number=1,
        title="Zielvereinbarung 2014",
        year=2014,
        tier=None,
        legal_basis="§ 48b SGB II",
        planning_basis="federal key economic assumptions, autumn 2013",
        note=None,
        valid_from=date(2014, 1, 1),
        valid_until=date(2015, 1, 1),
        trial=False,
        parties=parties,
        goals=goals or (a_goal(),),
    )


def an_agreement(*goals: Goal, parties: tuple[Party, ...] = PARTIES, status: Status = Status.DRAFT) -> Agreement:
    """Build an agreement nobody has accepted or signed."""
    return Agreement(id=FIRST, version=1, status=status, revision=a_revision(*goals, parties=parties))


def an_acceptance(party: UnitCode = AGENCY, revision: int = 1) -> Acceptance:
    """Build a party's yes."""
    return Acceptance(party=party, revision=revision, subject="somebody", accepted_at=NOON)


def a_signature(party: UnitCode = AGENCY, revision: int = 1, digest: str = DIGEST) -> Signature:
    """Build a party's signature."""
    return Signature(
        party=party,
        revision=revision,
        digest=digest,
        level=SignatureLevel.SIMPLE,
        signatory="chair",
        subject="somebody",
        jws="",
        signed_at=NOON,
    )


def agreed_by(agreement: Agreement, *parties: UnitCode) -> Agreement:
    """Have parties accept an agreement, proposing it first where it is a draft."""
    accepted = propose(agreement) if agreement.status is Status.DRAFT else agreement
    for party in parties:
        accepted = agree(accepted, an_acceptance(party, accepted.revision.number))
    return accepted


def signed_by(agreement: Agreement, *parties: UnitCode) -> Agreement:
    """Have parties sign an agreement; with the last signature it is sealed."""
    signed = agreement
    for party in parties:
        signed = sign(signed, a_signature(party, signed.revision.number), digest=DIGEST)
    return seal(signed) if signed.status is Status.SEALING else signed


def a_declaration(kind: DeclarationKind, on: date, *, party: UnitCode = JOBCENTER, goal: str = "goal") -> Declaration:
    """Build what a party declares of a goal."""
    return Declaration(goal=GoalCode(goal), kind=kind, on=on, party=party, subject="somebody", narrative="")


def a_reading(
    month: Month,
    value: str | int | Decimal | None,
    *,
    indicator: str = "figure",
    view: View = View.YEAR_TO_DATE,
    reason: NoValue | None = None,
) -> Reading:
    """Build a final reading of the jobcenter; without a value its input is missing."""
    absent = value is None
    return Reading(
        unit=JOBCENTER,
        indicator=IndicatorCode(indicator),
        month=month,
        view=view,
        value=None if value is None else Decimal(value),
        numerator=None,
        denominator=None,
        measure=Measure.PERSONS,
        state=DataState.INCOMPLETE if absent else DataState.FINAL,
        definition=f"{indicator}/1",
        reason=reason or (NoValue.MISSING_INPUT if absent else None),
    )


def readings_in(values: Mapping[str, str | int | Decimal | None], view: View = View.YEAR_TO_DATE) -> Readings:
    """Give readings of every indicator by month, as `2014-11`, in one view; elsewhere nothing was delivered."""

    def find(indicator: IndicatorCode, asked: View, month: Month) -> Reading | None:
        if asked is not view or str(month) not in values:
            return None
        return a_reading(month, values[str(month)], indicator=indicator, view=view)

    return find


def growing_by(steps: Mapping[int, int]) -> Callable[[Month], Decimal | None]:
    """Give a history that grew by the same step in every month of a year; other years are unknown."""
    return lambda month: Decimal(steps[month.year] * month.month) if month.year in steps else None
