"""Internal control's ports behave alike, remembered in tests and stored in PostgreSQL."""

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from chassis.clock import now
from chassis.database import Database
from domain.consequence import Action, Consequence, ConsequenceKind
from domain.external_audit import AuditFinding, AuditorKind, CheckpointMade, ExternalAudit
from domain.file_review import Answer, FileReview, ReviewedFile, ReviewStatus, Verdict
from domain.identity import UnitCode
from domain.period import Month
from domain.review_grid import AuditSource, Checkpoint, ReviewGrid
from domain.review_results import Closed, Results, Tally
from domain.sampling import Draw
from indicators.persistence.transactions import Transactions
from indicators.ports import Work
from indicators.ports.documents import Documents, Filed
from indicators.ports.reviewed import ClosedRounds, LetGo, ReviewGrids, Samples
from indicators.usecases.filing_errors import ChangedOnFile
from indicators.usecases.reviews.errors import NotOnFile, OnFileAlready
from support import databases
from support.conformance import Begin as Opening
from support.conformance import remembered
from support.review_twins import RememberedGrids, RememberedSamples, RememberedSums, remembered_register

ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)
OFFICE, OTHER = UnitCode("36402"), UnitCode("05158004")
DRAW = Draw(population_digest="0" * 64, population_size=30, seed="Ä", reserve=("c",))
REVIEW = FileReview(unit=OFFICE, month=Month(2012, 3), grid="leistung", grid_version=1)
TALLY = Tally(checkpoint=1, right=3, errors=1, not_applicable=0, amount=Decimal("184.00"))
RESULTS = Results(reviewed=4, with_errors=1, not_found=1, tallies=(TALLY,))
ANSWER = Answer(checkpoint=1, answer=Verdict.NO, amount=Decimal("184.00"), note="Müller & Söhne")
FILE = ReviewedFile(review=ONE, unit=OFFICE, rank=1, reference="a", answers=(ANSWER,))
ACTION = Action(checkpoint=None, kind=ConsequenceKind.MEETING, text="Runde", due_on=date(2012, 5, 1))
FINDING = AuditFinding(
    number=1, text="fehlt", area="Bescheid", checkpoints=(CheckpointMade(grid="leistung", version=2, number=2),)
)
AUDIT = ExternalAudit(
    unit=None,
    audited_on=date(2012, 5, 2),
    auditor=AuditorKind.MINISTRY,
    auditing_body="BMAS",
    subject="Mittel",
    findings=(FINDING,),
)
GRID = ReviewGrid(
    code="leistung",
    version=1,
    title="Raster",
    checkpoints=(
        Checkpoint(number=1, question="?", area="x"),
        Checkpoint(number=2, question="!", area="y", source=AuditSource(audit=THREE, finding=1)),
    ),
)


@dataclass(frozen=True)
class Scene:
    """The ports in one transaction."""

    grids: ReviewGrids
    reviews: Documents[FileReview]
    sums: ClosedRounds
    files: Documents[ReviewedFile]
    samples: Samples
    consequences: Documents[Consequence]
    audits: Documents[ExternalAudit]


Begin = Opening[Scene]


def scene_of(work: Work) -> Scene:
    return Scene(
        work.review_grids,
        work.file_reviews,
        work.closed_rounds,
        work.reviewed_files,
        work.samples,
        work.consequences,
        work.external_audits,
    )


@asynccontextmanager
async def stored(template: str) -> AsyncIterator[Begin]:
    url = await databases.fresh(template)
    database = Database(url)
    transactions = Transactions(database, now)

    @asynccontextmanager
    async def open_stored() -> AsyncIterator[Scene]:
        async with transactions.begin() as work:
            yield scene_of(work)

    yield open_stored
    await database.close()
    await databases.drop(url)


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("indicators")


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, template: str) -> AsyncIterator[Begin]:
    if request.param == "stored":
        async with stored(template) as opened:
            yield opened
        return
    reviews = remembered_register("FileReview", "unit", "month", "grid", void=("status", ReviewStatus.WITHDRAWN))
    files = remembered_register("ReviewedFile", "review", "rank")
    consequences, audits = (
        remembered_register("Consequence"),
        remembered_register("ExternalAudit"),
    )
    sums, samples = RememberedSums(reviews), RememberedSamples(reviews, files)
    yield remembered(Scene(RememberedGrids(), reviews, sums, files, samples, consequences, audits))


def filed(id: UUID, value: FileReview = REVIEW) -> Filed[FileReview]:
    return Filed(id=id, version=1, value=value)


async def test_everything_is_read_back_as_it_was_kept(begin: Begin) -> None:
    closed = replace(REVIEW, status=ReviewStatus.CLOSED, draw=DRAW, results=RESULTS)
    consequence = Filed(id=TWO, version=1, value=Consequence(review=ONE, unit=OFFICE, action=ACTION))
    async with begin() as scene:
        await scene.reviews.add(filed(ONE, closed))
        await scene.files.add(Filed(id=TWO, version=1, value=FILE))
        await scene.consequences.add(consequence)
        await scene.audits.add(Filed(id=THREE, version=1, value=AUDIT))
        await scene.grids.add(GRID)
    async with begin() as scene:
        assert await scene.reviews.get(ONE) == await scene.reviews.held(ONE) == filed(ONE, closed)
        assert (await scene.files.locked(TWO)).value == FILE
        assert await scene.consequences.get(TWO) == consequence
        assert (await scene.audits.get(THREE)).value == AUDIT
        assert await scene.grids.versions("leistung", alone=True) == [GRID]


async def test_a_round_is_unique_until_it_is_withdrawn(begin: Begin) -> None:
    async with begin() as scene:
        await scene.reviews.add(filed(ONE))
        with pytest.raises(OnFileAlready):
            await scene.reviews.add(filed(TWO))
        await scene.reviews.update(filed(ONE).changed_to(REVIEW.withdrawn("falsch")))
        await scene.reviews.add(filed(TWO))
        assert [one.id for one in await scene.reviews.matching({})] == [ONE, TWO]


async def test_files_are_kept_all_or_none(begin: Begin) -> None:
    async with begin() as scene:
        await scene.reviews.add(filed(ONE))
        first, twin = Filed(id=ONE, version=1, value=FILE), Filed(id=TWO, version=1, value=FILE)
        with pytest.raises(OnFileAlready):
            await scene.files.add(first, twin)
        assert await scene.files.matching({"review": [ONE]}) == []


async def test_a_change_is_one_version_more(begin: Begin) -> None:
    async with begin() as scene:
        await scene.reviews.add(filed(ONE))
        drawn = filed(ONE).changed_to(REVIEW.drawn(DRAW))
        await scene.reviews.update(drawn)
        with pytest.raises(ChangedOnFile):
            await scene.reviews.update(drawn)
        assert await scene.reviews.get(ONE) == drawn
        with pytest.raises(NotOnFile):
            await scene.reviews.locked(TWO)


async def test_lists_are_narrowed_and_cut_into_pages(begin: Begin) -> None:
    later = replace(REVIEW, month=Month(2012, 4))
    async with begin() as scene:
        await scene.reviews.add(filed(ONE), filed(TWO, later), filed(THREE, replace(REVIEW, unit=OTHER)))
        assert [o.id for o in await scene.reviews.matching({"unit": [OFFICE], "month": []}, after=ONE)] == [TWO]
        assert [o.id for o in await scene.reviews.matching({"month": [Month(2012, 3)]}, limit=1)] == [ONE]
        assert await scene.reviews.matching({"status": [ReviewStatus.CLOSED]}) == []


async def test_versions_of_grids_are_in_order(begin: Begin) -> None:
    second, other = replace(GRID, version=2), replace(GRID, code="a")
    async with begin() as scene:
        for grid in (second, GRID, other):
            await scene.grids.add(grid)
        listed = await scene.grids.listed()
        assert [grid for grid in listed if grid.code in ("a", "leistung")] == [other, GRID, second]
        assert await scene.grids.listed(["leistung"]) == await scene.grids.versions("leistung") == [GRID, second]
        assert await scene.grids.versions("none") == []


async def test_sums_of_closed_rounds_are_found_by_month_and_before_it(begin: Begin) -> None:
    closed = replace(REVIEW, status=ReviewStatus.CLOSED, draw=DRAW, results=RESULTS)
    march = Closed(unit=OFFICE, month=Month(2012, 3), grid="leistung", results=RESULTS)
    april, other = replace(march, month=Month(2012, 4)), replace(march, unit=OTHER)
    async with begin() as scene:
        await scene.reviews.add(
            filed(ONE, closed),
            filed(TWO, replace(closed, month=Month(2012, 4))),
            filed(THREE, replace(closed, unit=OTHER)),
            filed(UUID(int=4), replace(REVIEW, month=Month(2012, 5))),
        )
        assert await scene.sums.between(Month(2012, 3), Month(2012, 5)) == [other, march, april]
        assert await scene.sums.between(Month(2012, 3), Month(2012, 3), [OFFICE], ["leistung"]) == [march]
        assert await scene.sums.between(Month(2012, 3), Month(2012, 5), grids=["markt"]) == []
        assert await scene.sums.before(Month(2012, 5)) == [other, april]
        assert await scene.sums.before(Month(2012, 4), [OFFICE]) == [march]
        assert await scene.sums.before(Month(2012, 3)) == []


async def test_files_of_old_rounds_that_are_over_go_and_their_rounds_stay(begin: Begin) -> None:
    closed = replace(REVIEW, status=ReviewStatus.CLOSED, results=RESULTS)
    open_still = replace(REVIEW, unit=OTHER, status=ReviewStatus.DRAWN)
    later = replace(closed, month=Month(2012, 4))
    async with begin() as scene:
        await scene.reviews.add(filed(ONE, closed), filed(TWO, open_still), filed(THREE, later))
        drawn = [(ONE, OFFICE, 2, "b"), (ONE, OFFICE, 1, "ä"), (TWO, OTHER, 1, "c"), (THREE, OFFICE, 1, "d")]
        for number, (review, unit, rank, reference) in enumerate(drawn, 11):
            one = ReviewedFile(review=review, unit=unit, rank=rank, reference=reference, answers=(ANSWER,))
            await scene.files.add(Filed(id=UUID(int=number), version=1, value=one))
    async with begin() as scene:
        digest = hashlib.sha256("ä\nb\n".encode()).hexdigest()
        gone = [LetGo(review=ONE, unit=OFFICE, month=Month(2012, 3), files=2, digest=digest)]
        assert await scene.samples.let_go(Month(2012, 4)) == gone
        assert await scene.samples.let_go(Month(2012, 4)) == []
    async with begin() as scene:
        assert {one.value.review for one in await scene.files.matching({})} == {TWO, THREE}
        assert (await scene.reviews.get(ONE)).value == closed
