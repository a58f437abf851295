"""An agreement's revision as JSON: what is signed, stored and sent, written and read in one place."""

from typing import cast

from domain.agreement import Revision
from domain.codec import Json, Payload, decode, decode_fields, encode
from domain.goal import Goal
from domain.identity import AgreementId
from domain.terms import TERMS, GoalKind

FORMAT = "zielwerk/agreement/1"
_TERMS = {terms.kind: terms for terms in TERMS}


def goal_payload(goal: Goal) -> dict[str, Json]:
    """Write a goal flat: the common fields, its kind, the fields of its terms."""
    common = cast("dict[str, Json]", encode(goal))
    terms = cast("dict[str, Json]", common.pop("terms"))
    return {**common, "kind": goal.kind.value, **terms}


def goal_from(payload: Payload) -> Goal:
    """Read a goal back; members of other kinds are left alone."""
    terms = decode(_TERMS[GoalKind(payload["kind"])], payload)
    return Goal(terms=terms, **decode_fields(Goal, payload, but="terms"))


def revision_payload(revision: Revision) -> dict[str, Json]:
    """Write a revision with all its goals and parties."""
    written = cast("dict[str, Json]", encode(revision))
    return {**written, "goals": [goal_payload(goal) for goal in revision.goals]}


def revision_from(payload: Payload) -> Revision:
    """Read a revision back without loss."""
    goals = tuple(goal_from(goal) for goal in payload["goals"])
    return Revision(goals=goals, **decode_fields(Revision, payload, but="goals"))


def signed_payload(agreement: AgreementId, revision: Revision) -> dict[str, Json]:
    """Write what every party signs: the format, the agreement and its whole revision."""
    return {"format": FORMAT, "agreement": str(agreement), "revision": revision_payload(revision)}
