"""Case records on arrival: what is wrong is named by row and column, and never by person."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from domain.admission import Admission
from domain.gate import Gates, Responsibility
from domain.identity import UnitCode, VariableCode
from domain.intake import FindingCode
from domain.period import Month
from domain.unit import Unit, UnitKind, Units
from indicators.records.intake import (
    CaseColumnsMissing,
    check_follow_ups,
    check_records,
)
from indicators.records.sorting import HIDDEN, CheckedCases, put_together

PERSON = "P-4711"
OWN, OTHER, TOWN = (
    Unit(code=UnitCode(code), name=code, kind=UnitKind.JOBCENTER_JOINT) for code in ("36402", "36403", "05158004")
)
GONE = Unit(code=UnitCode("03003"), name="Altkreis", kind=UnitKind.DISTRICT, valid_until=date(2014, 1, 1))
RULES = Admission(
    units=Units.of([OWN, OTHER, TOWN, GONE], []),
    allowed=frozenset({"36402", "36403", "03003"}),
    today=date(2015, 1, 15),
)
GOOD = {
    "unit": "36402", "person": PERSON, "month": "2014-11", "town": "05158004", "sex": "f", "birth_year": "1980",
    "household_type": "single", "lone_parent": "nein", "employable": "ja", "in_need": "1",
    "benefit_living": "404,50", "benefit_housing": "250.5", "integration": "none", "marginal_entry": "no",
    "subsidised_entry": "false", "in_measure": "TRUE", "elb_days": "28",
}  # fmt: skip


def checked(*rows: dict[str, str]) -> CheckedCases:
    sent = pl.DataFrame([{**GOOD, **row} for row in rows]).with_row_index("row", offset=2)
    return put_together([check_records(one, RULES) for one in sent.iter_slices(2)])


@pytest.mark.parametrize(
    ("wrong", "column", "code"),
    [
        ({"unit": "99999"}, "unit", FindingCode.UNKNOWN_UNIT),
        ({"unit": "05158004"}, "unit", FindingCode.NOT_YOUR_UNIT),
        ({"unit": "03003"}, "unit", FindingCode.UNIT_NOT_VALID),
        ({"month": "11.14"}, "month", FindingCode.BAD_MONTH),
        ({"month": "1989-12", "birth_year": ""}, "month", FindingCode.BAD_MONTH),
        ({"month": "2015-02"}, "month", FindingCode.FUTURE_MONTH),
        ({"person": " "}, "person", FindingCode.EMPTY_CELL),
        ({"town": "99999999"}, "town", FindingCode.UNKNOWN_UNIT),
        ({"sex": "x"}, "sex", FindingCode.UNKNOWN_DIMENSION_VALUE),
        ({"birth_year": "80"}, "birth_year", FindingCode.BAD_BIRTH_YEAR),
        ({"birth_year": "1899"}, "birth_year", FindingCode.BAD_BIRTH_YEAR),
        ({"birth_year": "2015"}, "birth_year", FindingCode.BAD_BIRTH_YEAR),
        ({"elb_days": "31"}, "elb_days", FindingCode.BAD_DAYS),
        ({"elb_days": "-1"}, "elb_days", FindingCode.BAD_DAYS),
        ({"elb_days": "12.5"}, "elb_days", FindingCode.BAD_DAYS),
        ({"household_type": "WG"}, "household_type", FindingCode.UNKNOWN_DIMENSION_VALUE),
        ({"in_need": ""}, "in_need", FindingCode.EMPTY_CELL),
        ({"employable": "vielleicht"}, "employable", FindingCode.NOT_YES_OR_NO),
        ({"benefit_living": ""}, "benefit_living", FindingCode.EMPTY_VALUE),
        ({"benefit_living": "-1"}, "benefit_living", FindingCode.NOT_AN_AMOUNT),
        ({"benefit_housing": "1e3"}, "benefit_housing", FindingCode.NOT_AN_AMOUNT),
        ({"benefit_housing": "0.001"}, "benefit_housing", FindingCode.NOT_AN_AMOUNT),
        ({"integration": "job"}, "integration", FindingCode.UNKNOWN_INTEGRATION),
        ({"integration": ""}, "integration", FindingCode.EMPTY_CELL),
    ],
)
def test_a_bad_row_is_named_and_never_stops_the_good_one(wrong: dict[str, str], column: str, code: FindingCode) -> None:
    result = checked({"person": "other"}, wrong)
    assert [(finding.row, finding.column, finding.code) for finding in result.findings] == [(3, column, code)]
    assert (result.read, result.rejected, result.found, result.rows["row"].to_list()) == (2, 1, 1, [2])


def test_a_closed_month_and_a_unit_of_another_sender_take_no_case_records() -> None:
    month, unit = Month(2014, 11), UnitCode("36402")
    other = Responsibility(unit=unit, sender="somebody", variable=VariableCode("ltr_stock"), first=month)
    rows = pl.DataFrame([GOOD, {**GOOD, "month": "2014-10"}]).with_row_index("row", offset=2)
    for gates, code in (
        (Gates(closed=frozenset({(unit, month)})), FindingCode.MONTH_CLOSED),
        (Gates(responsibilities=(replace(other, until=month.next),)), FindingCode.NOT_RESPONSIBLE),
    ):
        result = put_together([check_records(rows, replace(RULES, gates=gates))])
        assert [(finding.row, finding.column, finding.code) for finding in result.findings] == [(2, "unit", code)]


def test_a_good_row_is_read_as_it_is_meant() -> None:
    (row,) = checked({}).rows.drop("row").iter_rows(named=True)
    assert row == {
        **GOOD, "month": Month(2014, 11).ordinal, "birth_year": 1980, "lone_parent": False, "employable": True,
        "in_need": True, "benefit_living": 40450, "benefit_housing": 25050, "marginal_entry": False,
        "subsidised_entry": False, "in_measure": True, "elb_days": 28,
    }  # fmt: skip


def test_what_may_be_unknown_may_be_empty_or_left_out() -> None:
    sent = pl.DataFrame([{name: value for name, value in GOOD.items() if name != "town"}]).with_row_index("row")
    (row,) = check_records(sent.with_columns(sex=pl.lit(""), birth_year=pl.lit(None)), RULES).rows.iter_rows(named=True)
    assert (row["town"], row["sex"], row["birth_year"], row["household_type"]) == (None, None, None, "single")


def test_typed_columns_are_read_like_text() -> None:
    typed = pl.DataFrame({**GOOD, "in_need": True, "birth_year": 1980, "benefit_living": Decimal("404.50")})
    assert check_records(typed.with_row_index("row", offset=2), RULES).rows.equals(checked({}).rows)


def test_a_file_without_needed_columns_is_refused() -> None:
    with pytest.raises(CaseColumnsMissing, match="in_need, integration"):
        check_records(pl.DataFrame(GOOD).drop("in_need", "integration").with_row_index("row"), RULES)


def test_a_person_twice_in_a_unit_and_month_is_a_finding_on_the_later_row() -> None:
    result = checked({}, {"benefit_living": "1"})
    assert [(f.row, f.column, f.code, f.value) for f in result.findings] == [
        (3, "person", FindingCode.DUPLICATE_ROW, HIDDEN)
    ]


def test_of_several_integrations_in_a_month_the_first_in_order_counts() -> None:
    result = checked({"integration": "self_employment"}, {"integration": "employment"}, {"integration": "none"})
    assert (result.findings, result.read, result.rejected) == ([], 3, 0)
    assert result.rows["integration"].to_list() == ["employment"]


def test_a_person_in_two_units_in_one_month_is_a_finding_on_both_rows() -> None:
    result = checked({}, {"unit": "36403"}, {"unit": "36403", "month": "2014-10"})
    assert [(f.row, f.code) for f in result.findings] == [(row, FindingCode.PERSON_IN_TWO_UNITS) for row in (2, 3)]
    assert (result.rejected, result.rows["row"].to_list()) == (2, [4])


def test_no_finding_ever_shows_a_pseudonym() -> None:
    shifted = {"town": "a-pseudonym-in-the-wrong-column", "person": ""}
    shown = [finding.value for finding in checked({}, {"sex": "?"}, shifted, {}).findings]
    assert shown.count(HIDDEN) == 3
    assert not any(PERSON in value or "pseudonym" in value for value in shown)


def follow_up(**told: object) -> CheckedCases:
    row = {"unit": "36402", "person": PERSON, "month": "2014-01", "insured_1": "ja", "insured_12": "0", **told}
    return put_together([check_follow_ups(pl.DataFrame([row]).with_row_index("row", offset=2), RULES)])


def test_a_month_that_is_not_known_is_empty_in_a_follow_up() -> None:
    (row,) = follow_up().rows.iter_rows(named=True)
    assert (row["insured_1"], row["insured_2"], row["insured_12"]) == (True, None, False)


@pytest.mark.parametrize("written", ["11/2014", "Nov 2014", "2014-11-01 00:00:00"])
def test_months_are_understood_as_they_are_written(written: str) -> None:
    months = {
        row["month"] for told in (checked({"month": written}), follow_up(month=written)) for row in told.rows.to_dicts()
    }
    assert months == {Month(2014, 11).ordinal}


def test_a_bad_follow_up_is_named() -> None:
    (finding,) = follow_up(insured_3="perhaps").findings
    assert (finding.column, finding.code, finding.value) == ("insured_3", FindingCode.NOT_YES_OR_NO, "perhaps")
