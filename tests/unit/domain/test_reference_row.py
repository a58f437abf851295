"""Reference values row by row."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from domain.corridor import ReferenceValue
from domain.identity import IndicatorCode, UnitCode
from domain.reference_row import Row, Yardstick, number_of, sort
from support.planning import ROUND, a_reference, a_row

KNOWN = ("05158", "05162", "05170")
Fixed = Mapping[tuple[UnitCode, IndicatorCode], ReferenceValue]


def held(*rows: Row, fixed: Fixed | None = None) -> tuple[list[ReferenceValue], list[tuple[int, str, str]]]:
    below = KNOWN[:2]
    found = sort(rows, Yardstick(round=ROUND, units=KNOWN, below=below, fixed=fixed))
    return [value for _, value in found.good], [(f.row, f.column, f.code) for f in found.faults]


def test_a_good_row_becomes_a_value() -> None:
    good, faults = held(a_row(weight="7034", outcome="19,9", basis="Schätzung"))
    assert good == [a_reference("20.6", low="20", high="21", weight="7034", outcome="19.9", basis="Schätzung")]
    assert faults == []


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"unit": ""}, "unit", "empty_value"),
        ({"value": ""}, "value", "empty_value"),
        ({"unit": "5158"}, "unit", "unknown_unit"),
        ({"unit": "05170"}, "unit", "unit_not_below"),
        ({"indicator": "K 2"}, "indicator", "bad_indicator"),
        ({"direction": "within"}, "direction", "bad_direction"),
        ({"value": "fifty"}, "value", "not_a_decimal"),
        ({"high": "1e3"}, "high", "not_a_decimal"),
        ({"outcome": "1.234.567,8"}, "outcome", "not_a_decimal"),
        ({"value": "22"}, "value", "outside_low_high"),
        ({"low": "21", "high": "20"}, "value", "outside_low_high"),
        ({"weight": "0"}, "weight", "not_positive"),
        ({"basis": "\x00"}, "basis", "not_a_text"),
        ({"basis": "x" * 2001}, "basis", "not_a_text"),
        ({"": "22"}, "", "extra_cell"),
    ],
)
def test_a_bad_cell_is_told_with_its_row_and_column(cells: dict[str, str], column: str, code: str) -> None:
    assert held(a_row(17, cells)) == ([], [(17, column, code)])


def test_in_a_german_file_points_group_thousands_and_what_could_be_both_is_asked_back() -> None:
    row = a_row(comma=True, value="17.283,5", low="17.000,0", high="17.500.000")
    assert held(row)[0][0].value == Decimal("17283.5")
    assert held(a_row(comma=True, value="20.612"))[1] == [(2, "value", "ambiguous_number")]
    assert number_of("20.612", comma=False) == Decimal("20.612")


def test_every_bad_cell_of_a_row_is_told_and_the_other_rows_stay_good() -> None:
    good, faults = held(a_row(2), a_row(3, unit="x", value="y"), a_row(4, unit="05162"))
    assert [value.unit for value in good] == ["05158", "05162"]
    assert faults == [(3, "unit", "unknown_unit"), (3, "value", "not_a_decimal")]


def test_of_two_rows_for_the_same_the_first_counts() -> None:
    good, faults = held(a_row(2), a_row(3, value="20.7"))
    assert [value.value for value in good] == [Decimal("20.6")]
    assert faults == [(3, "unit", "duplicate_row")]


def test_of_a_fixed_corridor_only_the_outcome_changes() -> None:
    kept = a_reference("20.6", low="20", high="21")
    fixed = {kept.key: kept}
    assert held(a_row(outcome="19.9"), fixed=fixed)[1] == []
    assert held(a_row(low="19"), fixed=fixed)[1] == [(2, "value", "corridor_fixed")]
    assert held(a_row(unit="05162"), fixed=fixed)[1] == [(2, "value", "corridor_fixed")]
