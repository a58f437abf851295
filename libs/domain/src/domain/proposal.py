"""Change proposals: from the proposed draft on, changes come in rounds that every party answers."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.agreement import Revision
from domain.errors import Conflict, Forbidden, Invalid, Text
from domain.goal import Goal
from domain.identity import GoalCode, UnitCode
from domain.refusal import ReasonNeeded


class ProposalStatus(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    TAKEN_OVER = "taken_over"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(eq=False)
class ProposalSettled(Conflict):
    """A proposal is answered while it is open."""

    title_de = "Ein Vorschlag wird beantwortet, solange er offen ist."
    says = Text("the proposal is {status} already", "der Vorschlag ist schon {status}")

    status: ProposalStatus


@dataclass(eq=False)
class ProposalOutdated(Conflict):
    """What a proposal changes has been changed in the meantime."""

    title_de = "Was der Vorschlag ändert, wurde inzwischen geändert."
    says = Text("changed meanwhile: {changed}; propose it anew", "inzwischen geändert: {changed}; schlagen Sie neu vor")

    changed: str


@dataclass(eq=False)
class ProposesNothing(Invalid):
    """A proposal changes something."""

    title_de = "Ein Vorschlag ändert etwas."
    says = Text(
        "name goals to put or to remove, or members of the head to change",
        "nennen Sie Ziele, die gesetzt oder gestrichen werden, oder Angaben des Kopfes, die sich ändern",
    )


@dataclass(eq=False)
class NotYours(Forbidden):
    """A party answers the others' proposals and withdraws its own."""

    title_de = "Eine Partei beantwortet die Vorschläge der anderen und nimmt eigene zurück."
    says = Text("the proposal was made by {needed}", "der Vorschlag stammt von {needed}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Members of the agreement's head to change; what is empty stays as it is."""

    title: str | None = None
    legal_basis: str | None = None
    planning_basis: str | None = None
    note: str | None = None
    meetings: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    trial: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalMade:
    """What a party proposes to change in one revision, and why."""

    party: UnitCode
    revision: int
    reason: str
    head: Head = Head()
    put: tuple[Goal, ...] = ()
    remove: tuple[GoalCode, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a proposal without content or reason."""
        if not (self.put or self.remove or self.head != Head()):
            raise ProposesNothing
        if not self.reason.strip():
            raise ReasonNeeded


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGiven:
    """A party's answer: taken over, or declined with a reason."""

    party: UnitCode
    taken_over: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as it is kept."""

    party: UnitCode
    taken_over: bool
    reason: str | None
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposal with its answers; `made.revision` names the round it belongs to."""

    agreement: UUID
    status: ProposalStatus
    made: ProposalMade
    subject: str
    at: datetime
    answers: tuple[Answer, ...] = ()


def answered(proposal: Proposal, answer: Answer, parties: Iterable[UnitCode]) -> Proposal:
    """Add a party's answer; one no declines the proposal, the last yes of `parties` takes it over."""
    _must_be_open(proposal)
    if answer.party == proposal.made.party:
        raise NotYours(needed=proposal.made.party)
    if not answer.taken_over and not (answer.reason or "").strip():
        raise ReasonNeeded
    answers = (*(known for known in proposal.answers if known.party != answer.party), answer)
    return replace(proposal, answers=answers, status=_status(proposal, answers, parties))


def withdrawn(proposal: Proposal, party: UnitCode) -> Proposal:
    """Take a proposal back."""
    _must_be_open(proposal)
    if party != proposal.made.party:
        raise NotYours(needed=proposal.made.party)
    return replace(proposal, status=ProposalStatus.WITHDRAWN)


def applied(made: ProposalMade, base: Revision, present: Revision) -> Revision:
    """Change the present revision as proposed; refuse where it differs from the base in what the proposal touches."""
    touched = {goal.code for goal in made.put} | set(made.remove)
    known, now = ({goal.code: goal for goal in revision.goals} for revision in (base, present))
    head = {field.name: getattr(made.head, field.name) for field in fields(Head)}
    changed = {name: value for name, value in head.items() if value is not None}
    outdated: list[str] = [code for code in sorted(touched) if known.get(code) != now.get(code)]
    outdated += [name for name in changed if getattr(base, name) != getattr(present, name)]
    if outdated:
        raise ProposalOutdated(", ".join(outdated))
    for code in made.remove:
        present.goal(code)
    return replace(present, goals=_goals(made, present), **changed)


def _goals(made: ProposalMade, present: Revision) -> tuple[Goal, ...]:
    put = {goal.code: goal for goal in made.put}
    kept = [put.pop(goal.code, goal) for goal in present.goals if goal.code not in made.remove]
    return (*kept, *put.values())


def _status(proposal: Proposal, answers: tuple[Answer, ...], parties: Iterable[UnitCode]) -> ProposalStatus:
    if not all(answer.taken_over for answer in answers):
        return ProposalStatus.DECLINED
    awaited = set(parties) - {proposal.made.party} - {answer.party for answer in answers}
    return ProposalStatus.OPEN if awaited else ProposalStatus.TAKEN_OVER


def _must_be_open(proposal: Proposal) -> None:
    if proposal.status is not ProposalStatus.OPEN:
        raise ProposalSettled(proposal.status)
