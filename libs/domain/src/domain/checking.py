"""Checking what is to be agreed by itself: completeness, responsibility, derivation, days."""

from collections import Counter
from collections.abc import Iterator, Mapping

from domain.agreement import Revision
from domain.errors import Text
from domain.finding import Finding, found
from domain.finding_rules import Rule
from domain.goal import Goal, Level, missing
from domain.party import PartyRole
from domain.responsibility import Scope, covers
from domain.terms import AppropriationTerms, DeliverableTerms, GoalKind, SupportOfferTerms

FEWEST_PARTIES = 2
AREAS: Mapping[Scope, str] = {Scope.FEDERAL: "Bund", Scope.MUNICIPAL: "Kommune", Scope.JOINT: "Bund und Kommune"}
HEIGHTS = {level: height for height, level in enumerate(Level)}


def check(revision: Revision) -> tuple[Finding, ...]:
    """Check a revision by every rule, in the order of its places."""
    of_goals = [found for number, goal in enumerate(revision.goals) for found in _of_goal(revision, number, goal)]
    return (*_of_parties(revision), *_of_codes(revision), *of_goals)


def _of_parties(revision: Revision) -> Iterator[Finding]:
    if len(revision.binding) < FEWEST_PARTIES:
        en, de = "an agreement needs two parties that bind themselves", "es braucht zwei Parteien, die sich binden"
        yield found(Rule.NO_BINDING_PARTIES, "/parties", Text(en, de))
    for unit, count in Counter(party.unit for party in revision.parties).items():
        if count > 1:
            en, de = f"unit {unit} is named {count} times", f"die Einheit {unit} ist {count}-mal genannt"
            yield found(Rule.DUPLICATE_PARTY, "/parties", Text(en, de))


def _of_codes(revision: Revision) -> Iterator[Finding]:
    if not revision.goals:
        yield found(Rule.NO_GOALS, "/goals", Text("there are no goals", "es gibt keine Ziele"))
    seen: set[str] = set()
    for number, goal in enumerate(revision.goals):
        if goal.code in seen:
            en, de = f"'{goal.code}' stands before", f"„{goal.code}“ steht schon weiter oben"
            yield found(Rule.DUPLICATE_GOAL_CODE, f"/goals/{number}/code", Text(en, de))
        seen.add(goal.code)


def _of_goal(revision: Revision, number: int, goal: Goal) -> Iterator[Finding]:
    at = f"/goals/{number}"
    for name in missing(goal):
        en, de = f"goal '{goal.code}' lacks {name}", f"dem Ziel „{goal.code}“ fehlt {name}"
        yield found(Rule.INCOMPLETE_GOAL, f"{at}/{name}", Text(en, de))
    yield from _of_responsibility(revision, at, goal)
    yield from _of_obligation(revision, at, goal)
    yield from _of_due_day(revision, at, goal)
    yield from _of_derivation(revision, at, goal)


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
    yield found(Rule.OUTSIDE_RESPONSIBILITY, f"{at}/carrier", Text(en, de))


def _of_obligation(revision: Revision, at: str, goal: Goal) -> Iterator[Finding]:
    if goal.obligated is None:
        return
    party = revision.party(goal.obligated)
    if party is None:
        en, de = f"unit {goal.obligated} is no party", f"die Einheit {goal.obligated} ist keine Partei"
        yield found(Rule.OBLIGATED_NO_PARTY, f"{at}/obligated", Text(en, de))
    elif goal.kind is GoalKind.SUPPORT_OFFER and party.role is not PartyRole.SUPERVISING_BODY:
        en, de = "a support offer is owed by the supervising body", "ein Unterstützungsangebot schuldet die Aufsicht"
        yield found(Rule.SUPPORT_NOT_OWED_BY_SUPERVISOR, f"{at}/obligated", Text(en, de))


def _of_due_day(revision: Revision, at: str, goal: Goal) -> Iterator[Finding]:
    match goal.terms:
        case DeliverableTerms(due=due) | SupportOfferTerms(due=due) | AppropriationTerms(due=due):
            start = revision.valid_from
            if due is not None and due < start:
                en = f"it is due on {due}, before the term begins on {start}"
                de = f"die Frist {due:%d.%m.%Y} liegt vor dem Beginn der Laufzeit am {start:%d.%m.%Y}"
                yield found(Rule.DUE_BEFORE_START, f"{at}/due", Text(en, de))


def _of_derivation(revision: Revision, at: str, goal: Goal) -> Iterator[Finding]:
    if goal.derived_from is None:
        return
    origin = next((other for other in revision.goals if other.code == goal.derived_from), None)
    if origin is None:
        en, de = f"there is no goal '{goal.derived_from}'", f"es gibt kein Ziel „{goal.derived_from}“"
        yield found(Rule.DERIVED_FROM_NOTHING, f"{at}/derived_from", Text(en, de))
    elif origin is goal or (goal.level and origin.level and HEIGHTS[origin.level] >= HEIGHTS[goal.level]):
        en = f"'{goal.derived_from}' stands no higher than '{goal.code}'"
        de = f"„{goal.derived_from}“ steht nicht höher als „{goal.code}“"
        yield found(Rule.DERIVED_UPWARDS, f"{at}/derived_from", Text(en, de))
