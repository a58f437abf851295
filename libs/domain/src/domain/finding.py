"""Checking what is to be agreed: each finding names rule, place, remedy and source."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.agreement import Revision
from domain.errors import Place, Text
from domain.goal import Goal, missing
from domain.party import PartyRole
from domain.responsibility import Scope, covers
from domain.terms import AppropriationTerms, DeliverableTerms, GoalKind, SupportOfferTerms

RESPONSIBILITY = "§ 44b (3) SGB II; preamble of the agreement of the Mettmann jobcenter 2014"
COMPLETENESS = "§ 48b SGB II"
FEWEST_PARTIES = 2
AREAS: Mapping[Scope, str] = {Scope.FEDERAL: "Bund", Scope.MUNICIPAL: "Kommune", Scope.JOINT: "Bund und Kommune"}


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
    DUE_BEFORE_START = "due_before_start"


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


REMEDIES: Mapping[Rule, tuple[Severity, Text, str]] = {
    Rule.NO_BINDING_PARTIES: (
        Severity.BLOCKING,
        Text("name them with their roles", "nennen Sie sie mit ihren Rollen"),
        COMPLETENESS,
    ),
    Rule.DUPLICATE_PARTY: (
        Severity.BLOCKING,
        Text("name each unit once", "nennen Sie jede Einheit einmal"),
        COMPLETENESS,
    ),
    Rule.NO_GOALS: (
        Severity.WARNING,
        Text("add at least one", "fügen Sie mindestens eines hinzu"),
        COMPLETENESS,
    ),
    Rule.DUPLICATE_GOAL_CODE: (
        Severity.BLOCKING,
        Text("give each goal its own code", "geben Sie jedem Ziel einen eigenen Schlüssel"),
        COMPLETENESS,
    ),
    Rule.INCOMPLETE_GOAL: (
        Severity.BLOCKING,
        Text("complete it, or take the goal out", "ergänzen Sie es oder nehmen Sie das Ziel heraus"),
        COMPLETENESS,
    ),
    Rule.OUTSIDE_RESPONSIBILITY: (
        Severity.BLOCKING,
        Text(
            "name a carrier whose area covers the goal, or change its scope",
            "nennen Sie einen Träger, dessen Bereich das Ziel umfasst, oder ändern Sie den Bereich",
        ),
        RESPONSIBILITY,
    ),
    Rule.OBLIGATED_NO_PARTY: (
        Severity.BLOCKING,
        Text("name a party of this agreement", "nennen Sie eine Partei dieser Vereinbarung"),
        COMPLETENESS,
    ),
    Rule.SUPPORT_NOT_OWED_BY_SUPERVISOR: (
        Severity.BLOCKING,
        Text("name the supervising body", "nennen Sie die Aufsicht"),
        "target agreement 2012 of the ministry with the district of Mettmann",
    ),
    Rule.DERIVED_FROM_NOTHING: (
        Severity.WARNING,
        Text("name a goal of this agreement", "nennen Sie ein Ziel dieser Vereinbarung"),
        "goal pyramid, council paper V/0715/2012 of Münster",
    ),
    Rule.DUE_BEFORE_START: (
        Severity.WARNING,
        Text("name a day within the term or after it", "nennen Sie einen Tag in der Laufzeit oder danach"),
        COMPLETENESS,
    ),
}
"""How grave each rule is, what would cure it, and where it comes from."""


def findings(revision: Revision) -> tuple[Finding, ...]:
    """Check a revision by every rule, in the order of its places."""
    of_goals = [found for number, goal in enumerate(revision.goals) for found in _of_goal(revision, number, goal)]
    return (*_of_parties(revision), *_of_codes(revision), *of_goals)


def blocking(revision: Revision) -> tuple[Finding, ...]:
    """Keep the findings that stop a proposal, an acceptance and a signature."""
    return tuple(found for found in findings(revision) if found.severity is Severity.BLOCKING)


def _found(rule: Rule, pointer: str, en: str, de: str) -> Finding:
    severity, remedy, source = REMEDIES[rule]
    return Finding(rule=rule, severity=severity, pointer=pointer, detail=Text(en, de), remedy=remedy, source=source)


def _of_parties(revision: Revision) -> Iterator[Finding]:
    if len(revision.binding) < FEWEST_PARTIES:
        en, de = "an agreement needs two parties that bind themselves", "es braucht zwei Parteien, die sich binden"
        yield _found(Rule.NO_BINDING_PARTIES, "/parties", en, de)
    for unit, count in Counter(party.unit for party in revision.parties).items():
        if count > 1:
            en, de = f"unit {unit} is named {count} times", f"die Einheit {unit} ist {count}-mal genannt"
            yield _found(Rule.DUPLICATE_PARTY, "/parties", en, de)


def _of_codes(revision: Revision) -> Iterator[Finding]:
    if not revision.goals:
        yield _found(Rule.NO_GOALS, "/goals", "there are no goals", "es gibt keine Ziele")
    seen: set[str] = set()
    for number, goal in enumerate(revision.goals):
        if goal.code in seen:
            en, de = f"'{goal.code}' stands before", f"„{goal.code}“ steht schon weiter oben"
            yield _found(Rule.DUPLICATE_GOAL_CODE, f"/goals/{number}/code", en, de)
        seen.add(goal.code)


def _of_goal(revision: Revision, number: int, goal: Goal) -> Iterator[Finding]:
    at = f"/goals/{number}"
    for name in missing(goal):
        en, de = f"goal '{goal.code}' lacks {name}", f"dem Ziel „{goal.code}“ fehlt {name}"
        yield _found(Rule.INCOMPLETE_GOAL, f"{at}/{name}", en, de)
    yield from _of_responsibility(revision, at, goal)
    yield from _of_obligation(revision, at, goal)
    yield from _of_due_day(revision, at, goal)
    if goal.derived_from and goal.derived_from not in {other.code for other in revision.goals}:
        en, de = f"there is no goal '{goal.derived_from}'", f"es gibt kein Ziel „{goal.derived_from}“"
        yield _found(Rule.DERIVED_FROM_NOTHING, f"{at}/derived_from", en, de)


def _of_responsibility(revision: Revision, at: str, goal: Goal) -> Iterator[Finding]:
    scope = goal.scope
    carriers = [party for party in revision.parties if goal.carrier in (None, party.unit)]
    if scope is None or any(covers(party.scope, scope) for party in carriers):
        return
    area = AREAS[scope]
    if goal.carrier is None:
        en, de = f"no party answers for the {scope} area", f"keine Partei ist für den Bereich {area} zuständig"
    elif not carriers:
        en, de = f"unit {goal.carrier} is no party", f"die Einheit {goal.carrier} ist keine Partei"
    else:
        en = f"unit {goal.carrier} does not answer for the {scope} area"
        de = f"die Einheit {goal.carrier} ist für den Bereich {area} nicht zuständig"
    yield _found(Rule.OUTSIDE_RESPONSIBILITY, f"{at}/carrier", en, de)


def _of_obligation(revision: Revision, at: str, goal: Goal) -> Iterator[Finding]:
    if goal.obligated is None:
        return
    party = revision.party(goal.obligated)
    if party is None:
        en, de = f"unit {goal.obligated} is no party", f"die Einheit {goal.obligated} ist keine Partei"
        yield _found(Rule.OBLIGATED_NO_PARTY, f"{at}/obligated", en, de)
    elif goal.kind is GoalKind.SUPPORT_OFFER and party.role is not PartyRole.SUPERVISING_BODY:
        en, de = "a support offer is owed by the supervising body", "ein Unterstützungsangebot schuldet die Aufsicht"
        yield _found(Rule.SUPPORT_NOT_OWED_BY_SUPERVISOR, f"{at}/obligated", en, de)


def _of_due_day(revision: Revision, at: str, goal: Goal) -> Iterator[Finding]:
    match goal.terms:
        case DeliverableTerms(due=due) | SupportOfferTerms(due=due) | AppropriationTerms(due=due):
            start = revision.valid_from
            if due is not None and due < start:
                en = f"it is due on {due}, before the term begins on {start}"
                de = f"die Frist {due:%d.%m.%Y} liegt vor dem Beginn der Laufzeit am {start:%d.%m.%Y}"
                yield _found(Rule.DUE_BEFORE_START, f"{at}/due", en, de)
