"""An agreement's revision as JSON: what is signed, stored and sent, written and read in one place."""

from typing import cast

from domain.agreement import Revision
from domain.codec import Json, Payload, decode, encode
from domain.goal import Goal
from domain.identity import AgreementId

FORMAT = "zielwerk/agreement/1"


def goal_payload(goal: Goal) -> dict[str, Json]:
    """Write a goal flat: the common fields, its kind, the fields of its terms."""
    return cast("dict[str, Json]", encode(goal))


def goal_from(payload: Payload) -> Goal:
    """Read a goal back; members of other kinds are left alone."""
    return decode(Goal, payload)


def revision_payload(revision: Revision) -> dict[str, Json]:
    """Write a revision with all its goals and parties."""
    return cast("dict[str, Json]", encode(revision))


def revision_from(payload: Payload) -> Revision:
    """Read a revision back without loss."""
    return decode(Revision, payload)


def signed_payload(agreement: AgreementId, written: Payload) -> dict[str, Json]:
    """Write what every party signs: the format, the agreement and its whole revision, exactly as it was kept."""
    return {"format": FORMAT, "agreement": str(agreement), "revision": dict(written)}
