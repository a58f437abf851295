"""What is signed and stored: complete, plain, and read back without loss."""

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from domain.agreement import Revision
from domain.agreement_payload import FORMAT, goal_from, goal_payload, revision_from, revision_payload, signed_payload
from domain.goal import Contribution, Goal, Level
from domain.path import Path, PathKind
from domain.terms import AppropriationTerms, SupportOfferTerms
from support import mettmann
from support.agreeing import AGENCY, CONSULTED, FIRST, a_goal, a_revision, a_target


def test_the_mettmann_agreement_survives_writing_and_reading() -> None:
    written = json.dumps(revision_payload(mettmann.the_revision()))
    assert revision_from(json.loads(written)) == mettmann.the_revision()


def test_a_goal_with_every_common_field_survives() -> None:
    goal = replace(
        a_goal(SupportOfferTerms(due=date(2015, 3, 31), topic="child care"), obligated=AGENCY, derived_from="guiding"),
        section="V",
        level=Level.PRODUCT_GROUP,
        contributions=(Contribution(unit=CONSULTED, product="places", resources="0.5 FTE"),),
        evidence="beneficiaries by town",
        legal_basis="§ 16a SGB II",
        note="kept with preference",
        filters={"age_group": "under_25"},
        trial=True,
        lineage="services_made_known",
    )
    assert goal_from(goal_payload(goal)) == goal


def test_what_is_signed_names_the_format_the_agreement_and_everything_agreed() -> None:
    signed = signed_payload(FIRST, revision_payload(a_revision()))
    revision = signed["revision"]
    assert (signed["format"], signed["agreement"]) == (FORMAT, str(FIRST))
    assert isinstance(revision, dict)
    assert set(revision) == {field.name for field in fields(Revision)}


def test_a_goal_is_written_flat_with_its_kind() -> None:
    written = goal_payload(a_goal(a_target("20.60")))
    assert (written["kind"], written["target"]) == ("target", "20.60")
    assert {field.name for field in fields(Goal)} - {"terms"} <= set(written)


def test_a_decimal_keeps_its_precision() -> None:
    goal = goal_from(goal_payload(a_goal(AppropriationTerms(amount=Decimal("72000.00")))))
    assert isinstance(goal.terms, AppropriationTerms)
    assert str(goal.terms.amount) == "72000.00"


def test_a_monthly_plan_survives() -> None:
    path = Path(kind=PathKind.EXPLICIT, values={"2014-01": Decimal("1.0"), "2014-12": Decimal(17283)})
    goal = a_goal(a_target(path=path))
    assert goal_from(goal_payload(goal)) == goal
