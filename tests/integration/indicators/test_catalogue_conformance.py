"""The catalogue behaves alike, remembered in tests and stored in PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from chassis.clock import now
from domain.identity import IndicatorCode, VariableCode
from domain.indicator import FEDERAL, Definition
from domain.quantity import Measure
from domain.variable import Variable, VariableKind
from domain.variable_versions import VersionsDisagree
from indicators.ports import Catalogue, VariableVersion
from indicators.usecases.errors import VersionTaken
from support.catalogue_twins import RememberedCatalogue
from support.conformance import Begin, remembered, stored_figures
from support.measuring import a_definition, a_variable

Opening = Begin[Catalogue]
STOCK, FLOW = VariableCode("own_stock"), VariableCode("own_flow")
QUOTA, RATE = IndicatorCode("own_quota"), IndicatorCode("own_rate")
SENT = datetime(2014, 1, 7, 9, 30, tzinfo=UTC)
SUMMER, AUTUMN = date(2014, 7, 1), date(2014, 10, 1)


@pytest.fixture(params=["remembered", "stored"])
async def begin(request: pytest.FixtureRequest, templates: dict[str, str]) -> AsyncIterator[Opening]:
    if request.param == "remembered":
        yield remembered(RememberedCatalogue(now))
        return
    async with stored_figures(templates["indicators"], lambda work: work.catalogue) as opened:
        yield opened


def stock(code: VariableCode = STOCK, **change: Any) -> Variable:
    return replace(a_variable(code, Measure.PERSONS, VariableKind.STOCK, "sex"), **change)


def made(variable: Variable, version: int = 1) -> VariableVersion:
    return VariableVersion(version=version, at=SENT + timedelta(days=version), by="katalogpflege", variable=variable)


def defined(indicator: IndicatorCode = QUOTA, version: int = 1, variant: str = FEDERAL, **change: Any) -> Definition:
    definition = a_definition("integrations ÷ previous_month(elb_stock)")
    return replace(definition, indicator=indicator, version=version, variant=variant, **change)


async def keep(begin: Opening, *versions: VariableVersion | Definition) -> None:
    """Keep each in a transaction of its own."""
    for version in versions:
        async with begin() as catalogue:
            if isinstance(version, Definition):
                await catalogue.add_definition(version, SENT + timedelta(days=version.version))
            else:
                await catalogue.put_variable(version)


async def names(begin: Opening) -> dict[str, list[str]]:
    """Name the versions of the indicators that did not ship, as they are listed."""
    async with begin() as catalogue:
        found = await catalogue.definitions()
    return {code: [one.name for one in versions] for code, versions in found.items() if code.startswith("own_")}


async def test_a_variable_is_read_back_with_its_bounds_validity_and_dimensions(begin: Opening) -> None:
    split = frozenset({"sex", "age_group"})
    bounded = stock(dimensions=split, low=Decimal("-0.50"), high=Decimal(1_000_000))
    whole = replace(bounded, valid_from=SUMMER, valid_until=AUTUMN)
    await keep(begin, made(whole))
    async with begin() as catalogue:
        assert await catalogue.variable_versions(STOCK) == [made(whole)]
        for found in (await catalogue.newest_variables(), await catalogue.variables()):
            assert found[STOCK] == whole


async def test_a_code_that_nobody_used_is_no_variable_and_no_indicator(begin: Opening) -> None:
    async with begin() as catalogue:
        assert await catalogue.variable_versions(STOCK) == []
        assert STOCK not in {**await catalogue.newest_variables(), **await catalogue.variables_over_time()}
        assert QUOTA not in await catalogue.definitions()


async def test_every_version_stays_with_its_instant_and_author_in_the_order_they_were_made(begin: Opening) -> None:
    first, later = stock(), stock(valid_from=AUTUMN, label="Bestand")
    between = stock(valid_from=SUMMER, valid_until=AUTUMN)
    await keep(begin, made(first), made(later, 2), made(between, 3))
    async with begin() as catalogue:
        assert await catalogue.variable_versions(STOCK) == [made(first), made(later, 2), made(between, 3)]
        assert (await catalogue.variables_over_time())[STOCK] == [first, later, between]
        assert (await catalogue.newest_variables())[STOCK] == between


async def test_formulas_may_use_what_any_version_is_split_by_and_the_label_begun_last(begin: Opening) -> None:
    split = frozenset({"age_group"})
    begun_last, corrected = stock(valid_from=AUTUMN, label="Bestand", dimensions=split), stock(label="Ablage")
    await keep(begin, made(stock()), made(begun_last, 2), made(corrected, 3))
    async with begin() as catalogue:
        assert (await catalogue.variables())[STOCK] == stock(label="Bestand", dimensions=split | {"sex"})


async def test_a_version_that_corrects_a_day_takes_its_dimensions_from_formulas(begin: Opening) -> None:
    await keep(begin, made(stock()), made(stock(dimensions=frozenset()), 2))
    async with begin() as catalogue:
        assert (await catalogue.variables())[STOCK].dimensions == frozenset()
        assert [one.variable.dimensions for one in await catalogue.variable_versions(STOCK)] == [{"sex"}, frozenset()]


async def test_versions_that_count_different_things_are_no_one_variable(begin: Opening) -> None:
    await keep(begin, made(stock()), made(stock(kind=VariableKind.FLOW, valid_from=SUMMER), 2))
    async with begin() as catalogue:
        with pytest.raises(VersionsDisagree):
            await catalogue.variables()


async def test_a_variable_that_is_over_stays_in_the_catalogue(begin: Opening) -> None:
    over = stock(valid_until=SUMMER)
    await keep(begin, made(stock()), made(over, 2))
    async with begin() as catalogue:
        for found in (await catalogue.newest_variables(), await catalogue.variables()):
            assert found[STOCK] == over


async def test_variables_are_listed_by_their_codes_and_each_has_versions_of_its_own(begin: Opening) -> None:
    await keep(begin, made(stock()), made(stock(FLOW)), made(stock(valid_from=SUMMER), 2))
    async with begin() as catalogue:
        lists = (await catalogue.newest_variables(), await catalogue.variables(), await catalogue.variables_over_time())
        for listed in lists:
            assert [code for code in listed if code.startswith("own_")] == [FLOW, STOCK]
        assert await catalogue.variable_versions(FLOW) == [made(stock(FLOW))]


async def test_a_definition_is_read_back_with_its_formula_validity_and_note(begin: Opening) -> None:
    whole = defined(variant="ordinance", valid_until=AUTUMN, note="ab Juli", note_en="from July on", direction=None)
    await keep(begin, whole)
    async with begin() as catalogue:
        assert (await catalogue.definitions())[QUOTA] == [whole]


async def test_versions_are_listed_variant_by_variant_the_federal_one_first_and_each_oldest_first(
    begin: Opening,
) -> None:
    numbered = [defined(version=version) for version in (10, 2, 1)]
    varied = [defined(version=version, variant=variant) for variant, version in (("own", 1), ("Own", 2), ("Own", 1))]
    await keep(begin, *varied, defined(RATE), *numbered)
    assert await names(begin) == {
        QUOTA: ["own_quota/1", "own_quota/2", "own_quota/10", "own_quota/1/Own", "own_quota/2/Own", "own_quota/1/own"],
        RATE: ["own_rate/1"],
    }


async def test_a_later_version_leaves_those_before_as_they_were(begin: Opening) -> None:
    first = defined(valid_until=SUMMER)
    second = defined(version=2, valid_from=SUMMER, formula=a_definition("integrations ÷ elb_stock").formula)
    await keep(begin, first, second)
    async with begin() as catalogue:
        assert (await catalogue.definitions())[QUOTA] == [first, second]


async def test_at_an_instant_those_definitions_are_known_that_were_recorded_by_then(begin: Opening) -> None:
    first, second = defined(), defined(version=2, valid_from=SUMMER)
    await keep(begin, second, first)
    known = {0: [], 1: [first], 2: [first, second], 3: [first, second]}
    async with begin() as catalogue:
        for days, versions in known.items():
            assert (await catalogue.definitions(SENT + timedelta(days=days))).get(QUOTA, []) == versions


async def test_at_an_instant_formulas_use_what_was_known_of_variables_and_the_first_version_always(
    begin: Opening,
) -> None:
    counted, summed = stock(), stock(kind=VariableKind.FLOW)
    await keep(begin, made(counted), made(summed, 2))
    async with begin() as catalogue:
        for days, version in {0: counted, 1: counted, 2: summed}.items():
            assert (await catalogue.variables(SENT + timedelta(days=days)))[STOCK] == version


async def test_what_shipped_was_known_before_any_instant(templates: dict[str, str]) -> None:
    async with stored_figures(templates["indicators"], lambda work: work.catalogue) as begin, begin() as catalogue:
        assert await catalogue.definitions(datetime.min.replace(tzinfo=UTC)) == await catalogue.definitions()
        assert await catalogue.variables(datetime.min.replace(tzinfo=UTC)) == await catalogue.variables()


async def test_a_name_that_is_taken_is_refused_and_what_bears_it_stays(begin: Opening) -> None:
    first = defined()
    await keep(begin, first)
    async with begin() as catalogue:
        with pytest.raises(VersionTaken):
            await catalogue.add_definition(defined(label="Quote"), SENT)
        await catalogue.add_definition(defined(variant="ordinance"), SENT)
    async with begin() as catalogue:
        assert (await catalogue.definitions())[QUOTA] == [first, defined(variant="ordinance")]


async def test_changes_at_once_wait_for_one_another_and_each_sees_the_one_before(begin: Opening) -> None:
    async def change(label: str) -> None:
        async with begin() as catalogue:
            at = await catalogue.lock()
            number = len(await catalogue.variable_versions(STOCK)) + 1
            await catalogue.put_variable(replace(made(stock(label=label), number), at=at))

    await asyncio.gather(*(change(label) for label in "abcd"))
    async with begin() as catalogue:
        kept = await catalogue.variable_versions(STOCK)
        assert [one.version for one in kept] == [1, 2, 3, 4]
        assert {one.variable.label for one in kept} == {*"abcd"}
        assert [one.at for one in kept] == sorted(one.at for one in kept)
        assert (await catalogue.newest_variables())[STOCK] == kept[-1].variable
