"""Statistics of small areas become figures; what is blank is withheld."""

from dataclasses import replace

import pytest
from domain.identity import UnitCode, VariableCode
from domain.intake import FindingCode
from domain.period import BadMonth
from domain.small_area import ColumnsUnmapped, Counted, NotATable, SmallAreaMapping, TooManyAreas, translate
from hypothesis import given
from hypothesis import strategies as st

MAPPING = SmallAreaMapping(
    area="district_id",
    year="year",
    month=12,
    areas={"1": UnitCode("01001-01"), "": UnitCode("01001-00")},
    columns={
        "women": Counted(variable=VariableCode("unemployed"), dimensions={"sex": "f"}),
        "cases": Counted(variable=VariableCode("evictions")),
    },
    left_out={"district_name": "the unit has it"},
)
HEAD = "year,district_id,women,cases,district_name\n"


def test_each_counted_cell_is_a_figure_or_withheld() -> None:
    done = translate(f"\ufeff{HEAD}2022,1,70,,Jürgensby\n2022,,5,4,\n\n", MAPPING)
    assert [(f.row, f.unit, f.counted.variable, str(f.month), f.value) for f in done.figures] == [
        (2, "01001-01", "unemployed", "2022-12", "70"),
        (3, "01001-00", "unemployed", "2022-12", "5"),
        (3, "01001-00", "evictions", "2022-12", "4"),
    ]
    assert [(f.row, f.column, f.code) for f in done.findings] == [(2, "cases", FindingCode.WITHHELD)]
    assert (done.rows, done.withheld) == (2, 1)


def test_an_area_nobody_knows_and_a_year_that_is_none_are_findings() -> None:
    done = translate(f"{HEAD}2022,9,1,1,\n22,1,1,1,\n2022,1,,,\n", MAPPING)
    assert [(f.row, f.column, f.code, f.value) for f in done.findings] == [
        (2, "district_id", FindingCode.UNKNOWN_UNIT, "9"),
        (2, "district_id", FindingCode.UNKNOWN_UNIT, "9"),
        (3, "year", FindingCode.BAD_MONTH, "22"),
        (3, "year", FindingCode.BAD_MONTH, "22"),
        (4, "women", FindingCode.WITHHELD, ""),
        (4, "cases", FindingCode.WITHHELD, ""),
    ]
    assert done.figures == []


@pytest.mark.parametrize(
    ("head", "extra", "missing"),
    [
        ("year,district_id,women,cases,men\n", "men", "–"),
        ("year,district_id,women\n", "–", "cases"),
        ("year,district_id,women,cases,women\n", "women (2×)", "–"),
        ("", "–", "cases, district_id, women, year"),
    ],
)
def test_no_column_goes_unnoticed(head: str, extra: str, missing: str) -> None:
    with pytest.raises(ColumnsUnmapped) as refused:
        translate(head, MAPPING)
    assert (refused.value.extra, refused.value.missing) == (extra, missing)


@pytest.mark.parametrize(
    ("rows", "row"), [("2022,1,5\n", 2), ("2022,1,5,5,x\n2022,1,5,5,x,y\n", 3), ("2022,1,5,5," + "x" * 140_000, 2)]
)
def test_a_row_that_is_not_like_the_header_is_refused_and_named(rows: str, row: int) -> None:
    with pytest.raises(NotATable) as refused:
        translate(HEAD + rows, MAPPING)
    assert refused.value.row == row


def test_a_file_is_not_endless() -> None:
    with pytest.raises(TooManyAreas):
        translate(HEAD + "2022,1,1,1,\n" * 10_001, MAPPING)


def test_a_yearly_figure_stands_in_a_month_that_the_year_has() -> None:
    with pytest.raises(BadMonth):
        replace(MAPPING, month=13)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2021", "2022", "x"]),
            st.sampled_from(["1", "", "7"]),
            st.sampled_from(["", "0", "12"]),
            st.sampled_from(["", "3"]),
        ),
        max_size=8,
    )
)
def test_every_counted_cell_is_either_a_figure_or_a_finding(rows: list[tuple[str, ...]]) -> None:
    done = translate(HEAD + "".join(",".join(row) + ",\n" for row in rows), MAPPING)
    assert len(done.figures) + len(done.findings) == done.rows * len(MAPPING.columns)
    assert all(figure.value for figure in done.figures)
