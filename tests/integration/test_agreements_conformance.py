"""What is remembered in tests and what is stored in PostgreSQL behave alike."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date

import pytest
from agreements.persistence.transactions import Transactions
from agreements.ports import Agreements, KnownUnits, Wanted
from agreements.usecases.errors import StaleAgreement, UnknownAgreement
from chassis.clock import new_id, now
from chassis.database import Database
from domain.agreement import Agreement, DeclarationKind, Status
from domain.identity import AgreementId, UnitCode
from domain.unit import Unit, UnitKind
from domain.unit_relation import Relation, RelationKind
from support import databases
from support.agreeing import AGENCY, DIGEST, JOBCENTER, PARTIES, a_declaration, a_goal, an_acceptance, an_agreement
from support.agreements_twins import RememberedAgreements, RememberedUnits
from support.conformance import Begin as Opening
from support.conformance import remembered, stored

Ports = tuple[Agreements, KnownUnits]
Begin = Opening[Ports]
UNITS = [Unit(code=party.unit, name=f"Stelle {party.unit}", kind=UnitKind.DISTRICT) for party in PARTIES]
RELATION = Relation(kind=RelationKind.CARRIES, source=PARTIES[0].unit, target=PARTIES[1].unit)


@pytest.fixture(scope="module")
def template(template_of: Callable[[str], str]) -> str:
    return template_of("agreements")


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, template: str) -> AsyncIterator[Begin]:
    if request.param == "remembered":
        yield remembered((RememberedAgreements(), RememberedUnits()))
        return
    async with stored(template, lambda work: (work.agreements, work.units)) as opened:
        yield opened


async def kept(begin: Begin, status: Status = Status.DRAFT) -> Agreement:
    agreement = replace(an_agreement(a_goal(), status=status), id=AgreementId(new_id()))
    async with begin() as (agreements, units):
        await units.put(UNITS, [RELATION])
        await agreements.add(agreement, DIGEST)
    return agreement


async def test_what_is_kept_is_read_back_as_it_was(begin: Begin) -> None:
    agreement = await kept(begin)
    async with begin() as (agreements, _):
        assert await agreements.get(agreement.id) == agreement
        assert [(k.revision, k.digest) for k in await agreements.revisions(agreement.id)] == [
            (agreement.revision, DIGEST)
        ]


async def test_what_is_not_there_is_unknown(begin: Begin) -> None:
    async with begin() as (agreements, _):
        with pytest.raises(UnknownAgreement):
            await agreements.get(AgreementId(new_id()))


async def test_the_second_of_two_writers_is_told_it_is_stale(begin: Begin) -> None:
    agreement = await kept(begin)
    changed = replace(agreement, version=2, status=Status.PROPOSED)
    async with begin() as (agreements, _):
        await agreements.update(changed, DIGEST)
    with pytest.raises(StaleAgreement):
        async with begin() as (agreements, _):
            await agreements.update(replace(changed, status=Status.WITHDRAWN), DIGEST)
    async with begin() as (agreements, _):
        assert await agreements.get(agreement.id) == changed


async def test_acceptances_of_an_earlier_revision_do_not_count_and_every_revision_stays(begin: Begin) -> None:
    agreement = await kept(begin, status=Status.PROPOSED)
    accepted = replace(agreement, version=2, acceptances=(an_acceptance(AGENCY),))
    revised = replace(accepted, version=3, acceptances=(), revision=replace(agreement.revision, number=2, title="Neu"))
    for one in (accepted, revised):
        async with begin() as (agreements, _):
            await agreements.update(one, DIGEST)
    async with begin() as (agreements, _):
        assert (await agreements.get(agreement.id)).acceptances == ()
        assert [k.revision.number for k in await agreements.revisions(agreement.id)] == [1, 2]


async def test_lists_filter_page_and_keep_their_order(begin: Begin) -> None:
    made = [await kept(begin, status=status) for status in (Status.DRAFT, Status.PROPOSED, Status.DRAFT)]
    ids = sorted(agreement.id for agreement in made)
    async with begin() as (agreements, _):
        assert [one.id for one in await agreements.matching(Wanted())] == ids
        assert [one.id for one in await agreements.matching(Wanted(after=ids[0], limit=1))] == ids[1:2]
        assert [one.id for one in await agreements.matching(Wanted(statuses=[Status.PROPOSED]))] == [made[1].id]
        assert [one.id for one in await agreements.matching(Wanted(units=[AGENCY]))] == ids
        assert await agreements.matching(Wanted(units=[UnitCode("03002")])) == []
        assert await agreements.matching(Wanted(years=[1999])) == []


async def test_declarations_come_back_in_the_order_they_were_made(begin: Begin) -> None:
    agreement = await kept(begin)
    declared = [a_declaration(kind, date(2014, 11, 1), party=JOBCENTER) for kind in DeclarationKind]
    for declaration in declared:
        async with begin() as (agreements, _):
            await agreements.declare(agreement.id, declaration)
    async with begin() as (agreements, _):
        assert await agreements.declarations(agreement.id) == declared


async def test_loading_units_counts_what_is_new_changed_and_unchanged(begin: Begin) -> None:
    renamed = [replace(UNITS[0], name="Neuer Name"), *UNITS[1:]]
    for sent, expected in ((UNITS, (4, 0, 0)), (UNITS, (0, 0, 4)), (renamed, (0, 1, 3))):
        async with begin() as (_, units):
            counts = await units.put(sent, [RELATION])
        assert (counts.created, counts.changed, counts.unchanged) == expected
    async with begin() as (_, units):
        tree = await units.tree()
    assert (tree.get(UNITS[0].code).name, tree.relations) == ("Neuer Name", (RELATION,))


async def test_of_a_relation_that_is_sent_twice_the_last_counts(begin: Begin) -> None:
    until = replace(RELATION, valid_until=date(2030, 1, 1))
    async with begin() as (_, units):
        counts = await units.put(UNITS, [RELATION, until])
        assert (counts.created, (await units.tree()).relations) == (len(UNITS) + 1, (until,))


async def test_what_a_unit_was_called_is_kept(begin: Begin) -> None:
    renamed = UNITS[0].renamed("Neuer Name", UNITS[0].kind, date(2026, 1, 1))
    async with begin() as (_, units):
        await units.put([renamed], [])
    async with begin() as (_, units):
        assert (await units.held()).get(renamed.code) == renamed


async def test_nobody_sees_a_tree_that_was_never_kept(template: str) -> None:
    url = await databases.fresh(template)
    database = Database(url)
    one, other = Transactions(database, now), Transactions(database, now)
    async with one.begin() as work:
        await work.units.put(UNITS, [])
    renamed = replace(UNITS[0], name="nie gespeichert")

    async def broken_off() -> None:
        async with one.begin() as work:
            await work.units.put([renamed], [])
            assert (await work.units.tree()).get(renamed.code) == renamed
            await work.agreements.get(AgreementId(new_id()))

    with pytest.raises(UnknownAgreement):
        await broken_off()
    for name in ("Erster Name", "Zweiter Name"):
        async with other.begin() as work:
            await work.units.put([replace(renamed, name=name)], [])
        async with one.look(None) as work:
            assert (await work.units.tree()).get(renamed.code).name == name
    await database.close()
    await databases.drop(url)
