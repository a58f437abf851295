"""Tables that grow with the figures of units carry the unit in every key, so that they can be spread over machines."""

import importlib

import pytest
import sqlalchemy as sa
from support.spreading import ON_ONE_MACHINE, REFERENCE, SPREAD, names

UNIT = {"unit", "unit_id"}
TABLES = {
    (service, table.name): table
    for service in SPREAD
    for table in importlib.import_module(f"{service}.persistence.tables").metadata.tables.values()
}
SPREAD_TABLES = sorted(key for key in TABLES if key[1] in SPREAD[key[0]])


def unique_keys(table: sa.Table) -> list[set[str]]:
    """Give the columns of the primary key, of each unique constraint and of each unique index."""
    uniques = [one for one in table.constraints if isinstance(one, sa.UniqueConstraint | sa.PrimaryKeyConstraint)]
    indexed = [index for index in table.indexes if index.unique]
    return [{column.name for column in one.columns} for one in (*uniques, *indexed)]


@pytest.mark.parametrize("service", SPREAD)
def test_every_table_is_spread_by_unit_copied_everywhere_or_on_one_machine(service: str) -> None:
    told = [*SPREAD[service], *names(REFERENCE[service]), *names(ON_ONE_MACHINE[service])]
    assert sorted(told) == sorted(name for other, name in TABLES if other == service)


@pytest.mark.parametrize(("service", "name"), SPREAD_TABLES)
def test_every_key_of_a_spread_table_carries_the_unit(service: str, name: str) -> None:
    assert [key for key in unique_keys(TABLES[service, name]) if not key & UNIT] == []


@pytest.mark.parametrize(("service", "name"), SPREAD_TABLES)
def test_a_spread_table_points_only_to_what_is_copied_everywhere_or_to_the_same_unit(service: str, name: str) -> None:
    abroad = [
        key.referred_table.name
        for key in TABLES[service, name].foreign_key_constraints
        if key.referred_table.name not in names(REFERENCE[service]) and not {*key.column_keys} & UNIT
    ]
    assert abroad == []
