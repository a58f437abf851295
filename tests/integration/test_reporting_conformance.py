"""Attainment that is remembered in tests and attainment that is stored in PostgreSQL behave alike."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID, uuid5

import pytest
from chassis.caller import Reach
from chassis.database import Database
from domain.identity import AgreementId, GoalCode, UnitCode
from domain.period import Month, Period
from domain.undertaking import Light
from reporting.persistence.transactions import Transactions
from reporting.ports import Judgement, Judgements, Pulled, Wanted
from reporting.usecases.errors import UnknownAttainment
from support import databases
from support.reporting_twins import Clock, RememberedJudgements

ONE, OTHER = AgreementId(UUID(int=1)), AgreementId(UUID(int=2))
JOBCENTER, ELSEWHERE = UnitCode("36402"), UnitCode("05162")
OCTOBER, NOVEMBER = Month(2014, 10), Month(2014, 11)


@dataclass(frozen=True)
class Store:
    """Opens transactions on either kind."""

    clock: Clock
    writing: Callable[[], AbstractAsyncContextManager[Judgements]]
    seen: Callable[[Reach], AbstractAsyncContextManager[Judgements]]

    async def keep(self, *judged: Judgement, latest: Month = NOVEMBER) -> None:
        async with self.writing() as judgements:
            await judgements.append(judged[0].agreement, judged, latest)

    async def end(self, agreement: AgreementId) -> None:
        async with self.writing() as judgements:
            await judgements.end(agreement)

    async def pull(self, wanted: Wanted, reach: Reach = None) -> Pulled:
        async with self.seen(reach) as judgements:
            return await judgements.pull(wanted)

    async def shown(self, wanted: Wanted, reach: Reach = None) -> list[str]:
        return bodies(await self.pull(wanted, reach))


def bodies(pulled: Pulled) -> list[str]:
    return [item["is"] for item in json.loads(f"[{pulled.items}]")]


def a_judgement(
    goal: str,
    month: Month = NOVEMBER,
    *,
    says: str = "first",
    agreement: AgreementId = ONE,
    unit: UnitCode = JOBCENTER,
    light: Light = Light.GREEN,
) -> Judgement:
    """Build a judgement; the same goal and month have the same id."""
    return Judgement(
        id=uuid5(agreement, f"{unit} {goal} {month}"),
        unit=unit,
        agreement=agreement,
        goal=GoalCode(goal),
        month=month,
        light=light,
        digest=says,
        body=json.dumps({"is": f"{unit} {goal} {month} {says}"}),
        why={"readings": []},
    )


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("reporting")


@pytest.fixture(params=["remembered", "stored"])
async def store(request: pytest.FixtureRequest, template: str) -> AsyncIterator[Store]:
    clock = Clock()
    if request.param == "remembered":
        kept = RememberedJudgements(clock)

        @asynccontextmanager
        async def remembered(reach: Reach = None) -> AsyncIterator[Judgements]:
            yield kept.within(reach)

        yield Store(clock, remembered, remembered)
        return
    url = await databases.fresh(template)
    database = Database(url)
    transactions = Transactions(database, clock)

    @asynccontextmanager
    async def writing() -> AsyncIterator[Judgements]:
        async with transactions.begin() as work:
            yield work.judgements

    @asynccontextmanager
    async def seen(reach: Reach) -> AsyncIterator[Judgements]:
        async with transactions.look(reach) as work:
            yield work.judgements

    yield Store(clock, writing, seen)
    await database.close()
    await databases.drop(url)


async def test_each_goal_is_listed_in_the_newest_month_with_data(store: Store) -> None:
    await store.keep(a_judgement("b"), a_judgement("a"), a_judgement("a", OCTOBER))
    await store.keep(a_judgement("z", OCTOBER, agreement=OTHER, unit=ELSEWHERE), latest=OCTOBER)
    assert await store.shown(Wanted()) == [
        "05162 z 2014-10 first",
        "36402 a 2014-11 first",
        "36402 b 2014-11 first",
    ]


async def test_a_list_goes_on_where_its_page_ended(store: Store) -> None:
    await store.keep(*(a_judgement(goal) for goal in "abc"))
    first = await store.pull(Wanted(limit=2))
    rest = await store.pull(Wanted(limit=2, after=first.last))
    assert (first.more, rest.more) == (True, False)
    assert [text.split()[1] for text in bodies(first) + bodies(rest)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        ("2014-10", ["36402 a 2014-10 first"]),
        ("2014-Q4", ["36402 a 2014-11 first"]),
        ("2014", ["36402 a 2014-11 first"]),
        ("2014-Q3", []),
    ],
)
async def test_a_period_shows_its_newest_judged_month(store: Store, period: str, shown: list[str]) -> None:
    await store.keep(a_judgement("a"), a_judgement("a", OCTOBER))
    assert await store.shown(Wanted(period=Period.parse(period))) == shown


async def test_what_was_known_then_can_be_read_later(store: Store) -> None:
    before = store.clock.at
    await store.keep(a_judgement("a"))
    then = store.clock()
    await store.keep(a_judgement("a", says="corrected"))
    assert await store.shown(Wanted(as_of=before)) == []
    assert await store.shown(Wanted(as_of=then)) == ["36402 a 2014-11 first"]
    assert await store.shown(Wanted()) == ["36402 a 2014-11 corrected"]


async def test_changes_are_told_once_in_their_newest_words(store: Store) -> None:
    await store.keep(a_judgement("a"), a_judgement("b"))
    async with store.seen(None) as judgements:
        position = (await judgements.changes(0, 100)).position
    await store.keep(a_judgement("b", says="second"))
    await store.keep(a_judgement("b", says="third"))
    async with store.seen(None) as judgements:
        news = await judgements.changes(position, 100)
        nothing = await judgements.changes(news.position, 100)
    assert bodies(news) == ["36402 b 2014-11 third"]
    assert (nothing.items, nothing.position) == ("", 0)


async def test_filters_narrow_the_list_and_an_empty_choice_is_nothing(store: Store) -> None:
    await store.keep(a_judgement("a", light=Light.RED), a_judgement("b"))
    await store.keep(a_judgement("c", agreement=OTHER, unit=ELSEWHERE))
    assert await store.shown(Wanted(lights=[Light.RED])) == ["36402 a 2014-11 first"]
    assert await store.shown(Wanted(units=[ELSEWHERE])) == ["05162 c 2014-11 first"]
    assert await store.shown(Wanted(agreements=[OTHER])) == ["05162 c 2014-11 first"]
    assert await store.shown(Wanted(units=[])) == []


async def test_nobody_sees_rows_out_of_reach(store: Store) -> None:
    foreign = a_judgement("c", agreement=OTHER, unit=ELSEWHERE)
    await store.keep(a_judgement("a"))
    await store.keep(foreign)
    reach = frozenset({str(JOBCENTER)})
    assert await store.shown(Wanted(), reach) == ["36402 a 2014-11 first"]
    assert await store.shown(Wanted(), frozenset()) == []
    async with store.seen(reach) as judgements:
        assert bodies(await judgements.changes(0, 100)) == ["36402 a 2014-11 first"]
        with pytest.raises(UnknownAttainment):
            await judgements.one(foreign.id)


async def test_an_agreement_that_ended_leaves_the_list_and_its_version_says_so(store: Store) -> None:
    await store.keep(a_judgement("a"))
    await store.keep(a_judgement("b", agreement=OTHER), a_judgement("c", agreement=OTHER))
    before = await store.pull(Wanted(limit=2))
    await store.end(ONE)
    after = await store.pull(Wanted(limit=2))
    assert bodies(after) == ["36402 b 2014-11 first", "36402 c 2014-11 first"]
    assert before.version != after.version


async def test_the_mark_of_the_newest_month_goes_back_where_data_were_withdrawn(store: Store) -> None:
    await store.keep(a_judgement("a"), a_judgement("a", OCTOBER))
    await store.keep(a_judgement("a", says="grey"), latest=OCTOBER)
    assert await store.shown(Wanted()) == ["36402 a 2014-10 first"]
    assert await store.shown(Wanted(period=Period.parse("2014-11"))) == ["36402 a 2014-11 grey"]


async def test_a_report_learns_its_month_and_the_age_of_its_newest_judgement(store: Store) -> None:
    await store.keep(a_judgement("a", OCTOBER), latest=OCTOBER)
    judged = store.clock.at
    async with store.seen(None) as judgements:
        found = await judgements.latest(ONE, Period.parse("2014-Q4"))
        assert found is not None
        assert found[0] == OCTOBER
        assert found[1] <= judged
        assert await judgements.latest(ONE, Period.parse("2014-Q3")) is None
        assert await judgements.latest(ONE, Period.parse("2015-Q1")) is None
