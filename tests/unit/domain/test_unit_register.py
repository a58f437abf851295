"""Registers as states of one tree, on the official ones of 2021, 2023 and 2026."""

from datetime import date

import pytest
from demonstration.units import REGISTERS, register
from domain.identity import UnitCode
from domain.unit import ChangeOutOfOrder, Unit, UnitKind, Units
from domain.unit_register import RegisterInconsistent, State, state_of
from domain.unit_relation import Relation, RelationKind

KINDS = (UnitKind.JOBCENTER_JOINT, UnitKind.JOBCENTER_MUNICIPAL)
FIRST, SECOND, THIRD = map(date.fromisoformat, REGISTERS)


def listed(day: date) -> list[Unit]:
    return [
        Unit(code=UnitCode(row["code"]), name=row["name"], kind=UnitKind(row["kind"]))
        for row in register(day.isoformat())
    ]


def with_state(tree: Units, state: State, relations: tuple[Relation, ...] = ()) -> Units:
    return Units.of({**tree.units, **{unit.code: unit for unit in state.units}}.values(), relations)


def tree_of(*days: date) -> Units:
    tree = Units.of([], [])
    for day in days:
        tree = with_state(tree, state_of(tree, listed(day), KINDS, day))
    return tree


def test_the_first_register_says_nothing_of_beginnings() -> None:
    tree = tree_of(FIRST)
    assert len(tree.units) == 406
    assert {unit.valid_from for unit in tree.units.values()} == {None}


def test_three_registers_are_three_states_of_one_tree() -> None:
    tree = tree_of(FIRST, SECOND, THIRD)
    counts = [len(tree.as_of(day).units) for day in (FIRST, date(2022, 12, 31), SECOND, THIRD)]
    assert counts == [406, 406, 405, 404]
    for day in (FIRST, SECOND, THIRD):
        then = tree.as_of(day).units
        assert {(code, unit.name, unit.kind) for code, unit in then.items()} == {
            (unit.code, unit.name, unit.kind) for unit in listed(day)
        }


def test_the_same_register_again_changes_nothing_even_behind_a_later_one() -> None:
    tree = tree_of(FIRST, SECOND, THIRD)
    for day in (FIRST, SECOND, THIRD):
        state = state_of(tree, listed(day), KINDS, day)
        assert (state.units, state.begun, state.renamed, state.ended) == ((), (), (), ())


def test_a_register_tells_whose_disappearance_nobody_has_explained() -> None:
    tree = tree_of(FIRST)
    state = state_of(tree, listed(SECOND), KINDS, SECOND)
    alike = {str(one.code): one.alike for one in state.unexplained}
    assert alike["04102"] == "04308"
    assert alike["09818"] is None
    assert len(alike) == len(state.ended) == 11
    succeeds = Relation(kind=RelationKind.SUCCEEDS, source=UnitCode("09810"), target=UnitCode("09818"))
    explained = state_of(Units.of(tree.units.values(), [succeeds]), listed(SECOND), KINDS, SECOND)
    assert "09818" not in {one.code for one in explained.unexplained}


def test_a_register_from_before_a_known_change_is_refused_where_it_differs() -> None:
    tree, between = tree_of(FIRST, SECOND, THIRD), date(2024, 1, 1)
    assert state_of(tree, listed(SECOND), KINDS, between).units == ()
    with pytest.raises(ChangeOutOfOrder, match="25114"):
        state_of(tree, listed(THIRD), KINDS, between)


def test_units_of_other_kinds_are_left_alone() -> None:
    town = Unit(code=UnitCode("05158004"), name="Erkrath", kind=UnitKind.CITY)
    state = state_of(Units.of([town], []), listed(FIRST), KINDS, FIRST)
    assert town.code not in {unit.code for unit in state.units}


def test_a_register_lists_a_unit_once_and_only_kinds_it_is_complete_for() -> None:
    [first, *_] = listed(FIRST)
    town = Unit(code=UnitCode("05158004"), name="Erkrath", kind=UnitKind.CITY)
    for wrong in ([first, first], [town]):
        with pytest.raises(RegisterInconsistent, match=wrong[0].code):
            state_of(Units.of([], []), wrong, KINDS, FIRST)
