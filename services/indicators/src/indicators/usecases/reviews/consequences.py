"""Consequences of file reviews: set, done, overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.caller import Caller
from domain.consequence import Action, Consequence, ConsequenceKind
from domain.file_review import FileReview, ReviewNotInState, ReviewStatus

from indicators.ports import Ports, Work
from indicators.ports.documents import Filed
from indicators.usecases.filing import Check, file, refile
from indicators.usecases.reviews.errors import NotOnFile, UnknownCheckpoint
from indicators.usecases.reviews.sight import controlled, grid_of, must_own, reviewing


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which consequences are asked for; no wish is any."""

    units: Sequence[str] = ()
    reviews: Sequence[UUID] = ()
    kinds: Sequence[ConsequenceKind] = ()
    overdue: bool | None = None


async def draw(ports: Ports, caller: Caller, id: UUID, review: UUID, action: Action) -> Filed[Consequence]:
    """Set what follows from a round that is not withdrawn, or from one checkpoint of it."""
    units = await controlled(ports, caller)
    async with ports.begin() as work:
        known = must_own(units, await work.file_reviews.held(review))
        if known.value.status is ReviewStatus.WITHDRAWN:
            raise ReviewNotInState(known.value.status, ReviewStatus.CLOSED)
        value = await _checked(ports, work, known, action)
        return await file(work, caller, work.consequences, id, value, "consequence.set")


async def change(
    ports: Ports, caller: Caller, review: UUID, key: UUID, check: Check, action: Action
) -> Filed[Consequence]:
    """Change a consequence, such as to say that it is done."""
    units = await controlled(ports, caller)
    async with ports.begin() as work:
        of = must_own(units, await work.file_reviews.held(review))
        known = await work.consequences.locked(key)
        if known.value.review != review:
            raise NotOnFile(kind=Consequence.__name__, id=key)
        check(known.version)
        value = await _checked(ports, work, of, action)
        return await refile(work, caller, work.consequences, known, value, "consequence.changed")


async def matching(ports: Ports, caller: Caller, wanted: Wanted) -> list[Filed[Consequence]]:
    """List consequences within reach, the one due first at the top."""
    async with reviewing(ports, caller, wanted.units) as (work, _, _):
        for review in wanted.reviews:
            await work.file_reviews.get(review)
        found = await work.consequences.matching({"unit": wanted.units, "review": wanted.reviews})
    kept = [filed for filed in found if _is_wanted(filed.value.action, wanted, ports.today())]
    return sorted(kept, key=lambda filed: (filed.value.action.due_on, filed.id))


def _is_wanted(action: Action, wanted: Wanted, today: date) -> bool:
    if wanted.kinds and action.kind not in wanted.kinds:
        return False
    return wanted.overdue is None or action.overdue(today) is wanted.overdue


async def _checked(ports: Ports, work: Work, review: Filed[FileReview], action: Action) -> Consequence:
    grid = await grid_of(work, review.value)
    if action.checkpoint is not None and action.checkpoint not in grid.numbers:
        raise UnknownCheckpoint(action.checkpoint)
    action.must_be_done_between(review.value.month, ports.today())
    return Consequence(review=review.id, unit=review.value.unit, action=action)
