"""Goals, sightings, contents and seals behave alike, remembered in tests and stored in PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from agreements.ports import AgreedGoals, Agreements, Contents, KnownUnits, Seals, Sightings, Work
from agreements.usecases.errors import UnknownContent
from chassis.clock import new_id
from domain.agreement import Agreement, Status
from domain.evidence import Sealed, Sighting
from domain.goal import Goal
from domain.identity import AgreementId, GoalCode
from domain.unit import Unit, UnitKind
from support.agreeing import AGENCY, DIGEST, DISTRICT, JOBCENTER, NOON, PARTIES, a_goal, a_target, an_agreement
from support.agreements_twins import RememberedAgreements, RememberedUnits
from support.conformance import Begin as Opening
from support.conformance import remembered, stored
from support.evidence_twins import RememberedContents, RememberedGoals, RememberedSeals, RememberedSightings

UNITS = [Unit(code=party.unit, name=f"Stelle {party.unit}", kind=UnitKind.DISTRICT) for party in PARTIES]
YEAR = an_agreement(a_goal()).revision.year


@dataclass(frozen=True)
class Kept:
    """The ports under test, with those they lean on."""

    units: KnownUnits
    agreements: Agreements
    goals: AgreedGoals
    sightings: Sightings
    contents: Contents
    seals: Seals


Begin = Opening[Kept]


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("agreements")


def chosen(work: Work) -> Kept:
    return Kept(work.units, work.agreements, work.goals, work.sightings, work.contents, work.seals)


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, template: str) -> AsyncIterator[Begin]:
    if request.param == "remembered":
        yield remembered(
            Kept(
                RememberedUnits(),
                RememberedAgreements(),
                RememberedGoals(),
                RememberedSightings(),
                RememberedContents(),
                RememberedSeals(),
            )
        )
        return
    async with stored(template, chosen) as opened:
        yield opened


def an_obligation(code: str, target: str = "100", *, lineage: str | None = None) -> Goal:
    return replace(a_goal(a_target(target)), code=GoalCode(code), obligated=JOBCENTER, lineage=lineage)


async def agreed(begin: Begin, *goals: Goal, status: Status = Status.DRAFT) -> Agreement:
    agreement = replace(an_agreement(*goals, status=status), id=AgreementId(new_id()))
    async with begin() as kept:
        await kept.units.put(UNITS, [])
        await kept.agreements.add(agreement, DIGEST)
        await kept.goals.put(agreement)
    return agreement


async def test_goals_are_found_by_year_indicator_and_unit(begin: Begin) -> None:
    agreement = await agreed(begin, an_obligation("living"), replace(an_obligation("other"), obligated=DISTRICT))
    async with begin() as kept:
        [found] = await kept.goals.about(YEAR, ["figure"], [JOBCENTER])
        assert (found.agreement, found.goal) == (agreement.id, agreement.revision.goals[0])
        assert await kept.goals.about(YEAR + 1, ["figure"], [JOBCENTER]) == []
        assert await kept.goals.about(YEAR, ["K2"], [JOBCENTER]) == []
        assert await kept.goals.about(YEAR, ["figure"], [AGENCY]) == []


async def test_goals_are_found_by_indicators_and_years_and_of_an_agreement(begin: Begin) -> None:
    first = await agreed(begin, an_obligation("b"), replace(an_obligation("a"), obligated=DISTRICT))
    gone = await agreed(begin, an_obligation("c"), status=Status.DECLINED)
    async with begin() as kept:
        found = await kept.goals.over(["figure", "K2"], [YEAR, YEAR - 1])
        assert [(ref.agreement, ref.goal.code) for ref in found] == [(first.id, "a"), (first.id, "b")]
        assert (await kept.goals.over(["K2"], [YEAR]), await kept.goals.over(["figure"], [YEAR + 1])) == ([], [])
        assert [goal.code for goal in await kept.goals.of(first.id)] == ["a", "b"]
        assert [goal.code for goal in await kept.goals.of(gone.id)] == ["c"]
        assert await kept.goals.of(AgreementId(new_id())) == []


async def test_goals_that_a_revision_drops_are_no_longer_found(begin: Begin) -> None:
    agreement = await agreed(begin, an_obligation("first"), an_obligation("second"))
    fewer = replace(agreement, version=2, revision=replace(agreement.revision, goals=agreement.revision.goals[:1]))
    async with begin() as kept:
        await kept.agreements.update(fewer, DIGEST)
        await kept.goals.put(fewer)
    async with begin() as kept:
        assert [ref.goal.code for ref in await kept.goals.about(YEAR, ["figure"], [JOBCENTER])] == ["first"]


async def test_goals_of_agreements_that_ended_are_not_live(begin: Begin) -> None:
    await agreed(begin, an_obligation("living"), status=Status.WITHDRAWN)
    async with begin() as kept:
        assert await kept.goals.about(YEAR, ["figure"], [JOBCENTER]) == []
        assert await kept.goals.doubled(YEAR) == []


async def test_goals_over_the_same_in_two_agreements_come_as_a_pair_once(begin: Begin) -> None:
    one = await agreed(begin, an_obligation("living"))
    other = await agreed(begin, an_obligation("living", "99"))
    async with begin() as kept:
        [(first, second)] = await kept.goals.doubled(YEAR)
    assert (first.agreement, second.agreement) == tuple(sorted((one.id, other.id)))


async def test_a_lineage_holds_together_what_goes_on_over_the_years(begin: Begin) -> None:
    made = await agreed(begin, an_obligation("housing", lineage="housing"), an_obligation("else"))
    await agreed(begin, an_obligation("void", lineage="housing"), status=Status.DECLINED)
    async with begin() as kept:
        assert [(ref.agreement, ref.goal.code) for ref in await kept.goals.of_lineage("housing")] == [
            (made.id, "housing")
        ]


async def test_only_the_first_sight_of_a_revision_is_kept(begin: Begin) -> None:
    agreement = await agreed(begin)
    first = Sighting(revision=1, unit=JOBCENTER, subject="leitung", seen_at=NOON)
    later = replace(first, seen_at=NOON + timedelta(hours=1))
    another = replace(first, subject="controlling", seen_at=NOON - timedelta(hours=1))
    for seen in ([first], [later, another], []):
        async with begin() as kept:
            await kept.sightings.note(agreement.id, seen)
    async with begin() as kept:
        assert await kept.sightings.of(agreement.id) == [another, first]
        assert await kept.sightings.of(AgreementId(new_id())) == []


async def test_contents_are_kept_once_and_read_back(begin: Begin) -> None:
    async with begin() as kept:
        await kept.contents.keep(DIGEST, b"\x00Anlage")
        await kept.contents.keep(DIGEST, b"\x00Anlage")
    async with begin() as kept:
        assert await kept.contents.read(DIGEST) == b"\x00Anlage"
        with pytest.raises(UnknownContent):
            await kept.contents.read("ff" * 32)


async def test_a_seal_that_is_there_stays(begin: Begin) -> None:
    agreement = await agreed(begin)
    seal = Sealed(revision=1, jws="a..b", sealed_at=NOON)
    for sealed in (seal, replace(seal, jws="c..d")):
        async with begin() as kept:
            await kept.seals.put(agreement.id, sealed)
    async with begin() as kept:
        assert await kept.seals.of(agreement.id) == [seal]


async def test_only_what_was_concluded_before_is_carried_on(begin: Begin) -> None:
    by_indicator = await agreed(begin, an_obligation("living"), status=Status.IN_FORCE)
    by_lineage = await agreed(begin, an_obligation("old", lineage="housing"), status=Status.CLOSED)
    await agreed(begin, an_obligation("living"), status=Status.PROPOSED)
    async with begin() as kept:

        async def found(before: int, units: list[str], lineages: list[str]) -> set[AgreementId]:
            refs = await kept.goals.concluded(before, units, lineages)
            return {AgreementId(ref.agreement) for ref in refs}

        assert await found(YEAR + 1, [JOBCENTER], []) == {by_indicator.id, by_lineage.id}
        assert await found(YEAR + 1, [DISTRICT], ["housing"]) == {by_lineage.id}
        assert await found(YEAR, [JOBCENTER], ["housing"]) == set()
