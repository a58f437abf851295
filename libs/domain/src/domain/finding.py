"""Checking what is to be agreed: each finding names rule, place, remedy and source."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.agreement import Revision
from domain.errors import Place, Text
from domain.goal import Goal, missing
from domain.party import PartyRole
from domain.responsibility import covers
from domain.terms import GoalKind

RESPONSIBILITY = "§ 44b (3) SGB II; preamble of the agreement of the Mettmann jobcenter 2014"
COMPLETENESS = "§ 48b SGB II"


class Severity(StrEnum):
    """What a finding stops."""

    BLOCKING = "blocking"
    WARNING = "warning"
    NOTE = "note"


class Rule(StrEnum):
    """The rule a finding belongs to."""

    NO_BINDING_PARTIES = "no_binding_parties"
    DUPLICATE_PARTY = "duplicate_party"
    NO_GOALS = "no_goals"
    DUPLICATE_GOAL_CODE = "duplicate_goal_code"
    INCOMPLETE_GOAL = "incomplete_goal"
    OUTSIDE_RESPONSIBILITY = "outside_responsibility"
    OBLIGATED_NO_PARTY = "obligated_no_party"
    SUPPORT_NOT_OWED_BY_SUPERVISOR = "support_not_owed_by_supervisor"
    DERIVED_FROM_NOTHING = "derived_from_nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong or doubtful; `pointer` is RFC 6901 into the agreement."""

    rule: Rule
    severity: Severity
    pointer: str
    detail: Text
    remedy: Text
    source: str

    @property
    def place(self) -> Place:
        """Give the finding as a place in a problem."""
        both = Text(f"{self.detail.en}; {self.remedy.en}", f"{self.detail.de}; {self.remedy.de}")
        return Place(pointer=self.pointer, code=self.rule, detail=both)


def findings(revision: Revision) -> tuple[Finding, ...]:
    """Check a revision by every rule, in the order of its places."""
    of_goals = [found for number, goal in enumerate(revision.goals) for found in _of_goal(revision, number, goal)]
    return (*_of_parties(revision), *_of_codes(revision), *of_goals)


def blocking(revision: Revision) -> tuple[Finding, ...]:
    """Keep the findings that stop a proposal, an acceptance and a signature."""
    return tuple(found for found in findings(revision) if found.severity is Severity.BLOCKING)


def _of_parties(revision: Revision) -> Iterator[Finding]:
    minimum = 2
    if len(revision.binding) < minimum:
        yield Finding(
            rule=Rule.NO_BINDING_PARTIES,
            severity=Severity.BLOCKING,
            pointer="/parties",
            detail=Text(
                "an agreement needs two parties that bind themselves", "es braucht zwei Parteien, die sich binden"
            ),
            remedy=Text("name them with their roles", "nennen Sie sie mit ihren Rollen"),
            source=COMPLETENESS,
        )
    for unit, count in Counter(party.unit for party in revision.parties).items():
        if count > 1:
            yield Finding(
                rule=Rule.DUPLICATE_PARTY,
                severity=Severity.BLOCKING,
                pointer="/parties",
                detail=Text(f"unit {unit} is named {count} times", f"die Einheit {unit} ist {count}-mal genannt"),
                remedy=Text("name each unit once", "nennen Sie jede Einheit einmal"),
                source=COMPLETENESS,
            )


def _of_codes(revision: Revision) -> Iterator[Finding]:
    if not revision.goals:
        yield Finding(
            rule=Rule.NO_GOALS,
            severity=Severity.BLOCKING,
            pointer="/goals",
            detail=Text("there are no goals", "es gibt keine Ziele"),
            remedy=Text("add at least one", "fügen Sie mindestens eines hinzu"),
            source=COMPLETENESS,
        )
    seen: set[str] = set()
    for number, goal in enumerate(revision.goals):
        if goal.code in seen:
            yield Finding(
                rule=Rule.DUPLICATE_GOAL_CODE,
                severity=Severity.BLOCKING,
                pointer=f"/goals/{number}/code",
                detail=Text(f"'{goal.code}' stands before", f"„{goal.code}“ steht schon weiter oben"),
                remedy=Text("give each goal its own code", "geben Sie jedem Ziel einen eigenen Schlüssel"),
                source=COMPLETENESS,
            )
        seen.add(goal.code)


def _of_goal(revision: Revision, number: int, goal: Goal) -> Iterator[Finding]:
    at = f"/goals/{number}"
    for name in missing(goal):
        yield Finding(
            rule=Rule.INCOMPLETE_GOAL,
            severity=Severity.BLOCKING,
            pointer=f"{at}/{name}",
            detail=Text(f"goal '{goal.code}' lacks {name}", f"dem Ziel „{goal.code}“ fehlt {name}"),
            remedy=Text("complete it, or take the goal out", "ergänzen Sie es oder nehmen Sie das Ziel heraus"),
            source=COMPLETENESS,
        )
    yield from _of_responsibility(revision, at, goal)
    yield from _of_obligation(revision, at, goal)
    if goal.derived_from and goal.derived_from not in {other.code for other in revision.goals}:
        yield Finding(
            rule=Rule.DERIVED_FROM_NOTHING,
            severity=Severity.WARNING,
            pointer=f"{at}/derived_from",
            detail=Text(f"there is no goal '{goal.derived_from}'", f"es gibt kein Ziel „{goal.derived_from}“"),
            remedy=Text("name a goal of this agreement", "nennen Sie ein Ziel dieser Vereinbarung"),
            source="goal pyramid, council paper V/0715/2012 of Münster",
        )


def _of_responsibility(revision: Revision, at: str, goal: Goal) -> Iterator[Finding]:
    scope = goal.scope
    carriers = [party for party in revision.parties if goal.carrier in (None, party.unit)]
    if scope is None or any(covers(party.scope, scope) for party in carriers):
        return
    if goal.carrier is None:
        detail = Text(f"no party answers for the {scope} area", f"keine Partei ist für den Bereich {scope} zuständig")
    else:
        detail = Text(
            f"unit {goal.carrier} does not answer for the {scope} area",
            f"die Einheit {goal.carrier} ist für den Bereich {scope} nicht zuständig",
        )
    yield Finding(
        rule=Rule.OUTSIDE_RESPONSIBILITY,
        severity=Severity.BLOCKING,
        pointer=f"{at}/carrier",
        detail=detail,
        remedy=Text(
            "name a carrier whose area covers the goal, or change its scope",
            "nennen Sie einen Träger, dessen Bereich das Ziel umfasst, oder ändern Sie den Bereich",
        ),
        source=RESPONSIBILITY,
    )


def _of_obligation(revision: Revision, at: str, goal: Goal) -> Iterator[Finding]:
    if goal.obligated is None:
        return
    party = revision.party(goal.obligated)
    if party is None:
        yield Finding(
            rule=Rule.OBLIGATED_NO_PARTY,
            severity=Severity.BLOCKING,
            pointer=f"{at}/obligated",
            detail=Text(f"unit {goal.obligated} is no party", f"die Einheit {goal.obligated} ist keine Partei"),
            remedy=Text("name a party of this agreement", "nennen Sie eine Partei dieser Vereinbarung"),
            source=COMPLETENESS,
        )
    elif goal.kind is GoalKind.SUPPORT_OFFER and party.role is not PartyRole.SUPERVISING_BODY:
        yield Finding(
            rule=Rule.SUPPORT_NOT_OWED_BY_SUPERVISOR,
            severity=Severity.BLOCKING,
            pointer=f"{at}/obligated",
            detail=Text(
                "a support offer is owed by the supervising body", "ein Unterstützungsangebot schuldet die Aufsicht"
            ),
            remedy=Text("name the supervising body", "nennen Sie die Aufsicht"),
            source="target agreement 2012 of the ministry with the district of Mettmann",
        )
