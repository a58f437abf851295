"""Who answers for what: federal agency, municipality, or both (§ 6, § 44b (3) SGB II)."""

from enum import StrEnum


class Scope(StrEnum):
    """An area of responsibility."""

    FEDERAL = "federal"
    MUNICIPAL = "municipal"
    JOINT = "joint"


def covers(own: Scope, scope: Scope) -> bool:
    """Say whether a body with its own area may carry a goal of a scope; joint bodies carry both areas."""
    return own in (scope, Scope.JOINT)
