"""Rows: what is wrong is named by row and column, and the good rows are kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from domain.admission import Admission
from domain.delivery import DeliveryMode
from domain.identity import UnitCode, VariableCode
from domain.intake import FindingCode
from domain.quantity import Measure
from domain.unit import Unit, UnitKind, Units
from domain.variable import Variable, VariableKind
from indicators.formats.csv import read_csv
from indicators.persistence.comparing import KEYS
from indicators.ports.statuses import STATUS
from support.files import CATALOGUE, compared, judged, read_whole
from support.measuring import a_variable

TOWN = Unit(code=UnitCode("05158004"), name="Erkrath", kind=UnitKind.CITY)
FOREIGN = Unit(code=UnitCode("05158008"), name="Haan", kind=UnitKind.CITY)
GONE = Unit(code=UnitCode("03003"), name="Altkreis", kind=UnitKind.DISTRICT, valid_until=date(2014, 1, 1))
ADMISSION = Admission(
    units=Units.of([TOWN, FOREIGN, GONE], []),
    allowed=frozenset({TOWN.code, GONE.code}),
    today=date(2015, 1, 15),
)
GOOD = "05158004,elb_stock,2014-11,4821,"


def checked(*rows: str, slices: int = 1, more: str = "") -> tuple[pl.DataFrame, pl.DataFrame]:
    content = "\n".join([f"unit,variable,month,value,age_group{more}", *rows, ""]).encode()
    return judged(read_whole(read_csv, content), ADMISSION, slices)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("99999,elb_stock,2014-11,1,", "unit", FindingCode.UNKNOWN_UNIT),
        ("05158008,elb_stock,2014-11,1,", "unit", FindingCode.NOT_YOUR_UNIT),
        ("03003,elb_stock,2014-11,1,", "unit", FindingCode.UNIT_NOT_VALID),
        ("05158004,unknown,2014-11,1,", "variable", FindingCode.UNKNOWN_VARIABLE),
        ("05158004,elb_stock,2014-13,1,", "month", FindingCode.BAD_MONTH),
        ("05158004,elb_stock,0001-01,1,", "month", FindingCode.BAD_MONTH),
        ("05158004,elb_stock,1989-12,1,", "month", FindingCode.BAD_MONTH),
        ("05158004,elb_stock,29.02.2013,1,", "month", FindingCode.BAD_MONTH),
        ("05158004,elb_stock,2015-02,1,", "month", FindingCode.FUTURE_MONTH),
        ("05158004,elb_stock,2014-11,,", "value", FindingCode.EMPTY_VALUE),
        ("05158004,elb_stock,2014-11,  ,", "value", FindingCode.EMPTY_VALUE),
        ("05158004,elb_stock,2014-11,NaN,", "value", FindingCode.NOT_A_DECIMAL),
        ("05158004,elb_stock,2014-11,Infinity,", "value", FindingCode.NOT_A_DECIMAL),
        ("05158004,elb_stock,2014-11,1e5,", "value", FindingCode.NOT_A_DECIMAL),
        ("05158004,elb_stock,2014-11,=1+1,", "value", FindingCode.NOT_A_DECIMAL),
        (f"05158004,elb_stock,2014-11,1{'0' * 400},", "value", FindingCode.NOT_A_DECIMAL),
        ("05158004,elb_stock,2014-11,-1,", "value", FindingCode.OUT_OF_BOUNDS),
        ("05158004,staff_posts,2014-11,100001,", "value", FindingCode.OUT_OF_BOUNDS),
        ("05158004,contacts,2014-11,1,under_25", "age_group", FindingCode.DIMENSION_NOT_ALLOWED),
        ("05158004,elb_stock,2014-11,1,young", "age_group", FindingCode.UNKNOWN_DIMENSION_VALUE),
        (GOOD, "unit", FindingCode.DUPLICATE_ROW),
    ],
)
@pytest.mark.parametrize("slices", [1, 2])
def test_a_bad_row_is_named_and_never_stops_the_good_one(row: str, column: str, code: FindingCode, slices: int) -> None:
    good, bad = checked(GOOD, row, slices=slices)
    assert bad.select("row", "column", "code").rows() == [(3, column, code)]
    assert good["row"].to_list() == [2]


def test_a_row_with_two_faults_tells_both() -> None:
    good, bad = checked("05158004,elb_stock,2014-13,x,")
    assert (set(bad["column"]), good.height) == ({"month", "value"}, 0)


def test_a_long_value_is_told_shortened() -> None:
    _, bad = checked(f"05158004,elb_stock,2014-11,{'9' * 500},")
    assert bad["value"].str.len_chars().to_list() == [80]


def test_a_row_may_take_a_value_back() -> None:
    good, bad = checked("05158004,elb_stock,2014-11,withdrawn,")
    assert (good["value"].to_list(), bad.height) == ([None], 0)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("", "counted"),
        ("gezählt", "counted"),
        (" Hochgerechnet ", "extrapolated"),
        ("extrapolated", "extrapolated"),
        ("imputiert", "imputed"),
        ("Fortgeschrieben", "imputed"),
    ],
)
def test_a_row_may_say_how_its_value_came_to_be(word: str, status: str) -> None:
    good, bad = checked(f"05158004,elb_stock,2014-11,1.5,,{word}", more=",Datenstand")
    assert (good["status"].to_list(), bad.height) == ([status], 0)


def test_a_row_that_says_nothing_of_it_was_counted() -> None:
    good, _ = checked(GOOD)
    assert good["status"].to_list() == ["counted"]


@pytest.mark.parametrize("word", ["guessed", "E", "final"])
def test_a_word_that_does_not_say_how_a_value_came_to_be_is_named(word: str) -> None:
    good, bad = checked(f"{GOOD}", f"05158004,elb_stock,2014-10,1,,{word}", more=",status")
    assert bad.select("row", "column", "code", "value").rows() == [(3, "status", FindingCode.UNKNOWN_STATUS, word)]
    assert good["row"].to_list() == [2]


def test_the_first_of_two_rows_for_the_same_stands_however_the_file_is_cut() -> None:
    for slices in (1, 2, 3):
        good, bad = checked(GOOD, "05158004,elb_stock,2014-11,1,under_25", GOOD.replace("4821", "7"), slices=slices)
        assert (sorted(good["row"]), bad["row"].to_list()) == ([2, 3], [4])


FIRST = replace(
    a_variable("dated", Measure.CASES, VariableKind.FLOW, "sex"), high=Decimal(10), valid_from=date(2014, 1, 1)
)
SECOND = replace(
    a_variable("dated", Measure.CASES, VariableKind.FLOW, "age_group"),
    valid_from=date(2014, 7, 1),
    valid_until=date(2014, 10, 1),
)


def by_versions(row: str, versions: Sequence[Variable] = (FIRST, SECOND)) -> list[tuple[str, str]]:
    content = f"unit,variable,month,value,age_group,sex\n{row}\n05158004,elb_stock,2014-11,1,,\n".encode()
    catalogue = {**CATALOGUE, VariableCode("dated"): versions}
    good, bad = judged(read_whole(read_csv, content), ADMISSION, catalogue=catalogue)
    assert good["row"].to_list() == [2, 3][bad.height :]
    return [(column, code) for column, code in bad.select("column", "code").rows()]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("05158004,dated,2014-06,10,,f", []),
        ("05158004,dated,2014-06,11,,", [("value", FindingCode.OUT_OF_BOUNDS)]),
        ("05158004,dated,2014-06,1,under_25,", [("age_group", FindingCode.DIMENSION_NOT_ALLOWED)]),
        ("05158004,dated,2014-07,11,under_25,", []),
        ("05158004,dated,2014-09,1,,f", [("sex", FindingCode.DIMENSION_NOT_ALLOWED)]),
        ("05158004,dated,2013-12,1,,", [("variable", FindingCode.VARIABLE_NOT_VALID)]),
        ("05158004,dated,2014-10,1,,", [("variable", FindingCode.VARIABLE_NOT_VALID)]),
        ("05158004,dated,2014-13,1,,", [("month", FindingCode.BAD_MONTH)]),
    ],
)
def test_a_row_is_judged_by_the_version_of_its_variable_in_force_in_its_month(
    row: str, found: list[tuple[str, str]]
) -> None:
    assert by_versions(row) == found


def test_a_version_that_begins_on_the_same_day_takes_the_place_of_the_earlier_one() -> None:
    corrected = replace(FIRST, high=Decimal(20))
    assert by_versions("05158004,dated,2014-06,15,,", (FIRST, SECOND, corrected)) == []
    assert by_versions("05158004,dated,2014-07,99,,", (FIRST, SECOND, corrected)) == []


def frame(status: str = "counted", **values: tuple[int, str]) -> pl.DataFrame:
    rows = [(month, 1, int(series.removeprefix("s")), value) for series, (month, value) in values.items()]
    schema = {**dict.fromkeys(KEYS, pl.Int32), "value": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(status=pl.lit(status, STATUS))


def known(status: str = "counted", **values: tuple[int, str]) -> pl.DataFrame:
    return frame(status, **values).rename({"value": "old", "status": "old_status"})


@pytest.mark.parametrize(("old", "new"), [("12.50", "12.5"), ("0012", "12"), ("-0", "0"), ("1.0", "1"), ("100", "100")])
def test_equal_numbers_written_differently_are_unchanged(old: str, new: str) -> None:
    news = compared(frame(s1=(7, new)), known(s1=(7, old)), DeliveryMode.PARTIAL)
    assert (news.taken.unchanged, news.taken.corrected, news.changes.height) == (1, 0, 0)


@pytest.mark.parametrize(("old", "new"), [("100", "10"), ("12.5", "12.05"), ("1", "-1"), ("0.10", "0.01")])
def test_different_numbers_are_a_correction(old: str, new: str) -> None:
    news = compared(frame(s1=(7, new)), known(s1=(7, old)), DeliveryMode.PARTIAL)
    assert (news.taken.unchanged, news.taken.corrected, news.changes["value"].to_list()) == (0, 1, [new])


def test_another_status_is_a_correction_though_the_number_is_the_same() -> None:
    news = compared(frame(s1=(7, "12.50"), s2=(7, "3")), known("extrapolated", s1=(7, "12.5")), DeliveryMode.PARTIAL)
    assert (news.taken.corrected, news.taken.added) == (1, 1)
    assert news.changes.select("old_status", "status").rows() == [("extrapolated", "counted"), (None, "counted")]
    assert compared(frame("imputed", s1=(7, "1")), known("imputed", s1=(7, "1")), DeliveryMode.PARTIAL).taken.unchanged


def test_a_complete_delivery_withdraws_what_it_no_longer_has_and_a_partial_one_does_not() -> None:
    before = known(s1=(7, "1"), s2=(7, "2"), s3=(8, "3"))
    sent = frame(s1=(7, "1"), s2=(8, "5"))
    assert compared(sent, before, DeliveryMode.PARTIAL).taken.withdrawn == 0
    news = compared(sent, before, DeliveryMode.COMPLETE)
    assert (news.taken.withdrawn, news.taken.added) == (1, 1)
    gone = news.changes.filter(pl.col("value").is_null())
    assert gone.select(*KEYS, "old").rows() == [(7, 1, 2, "2")]


def test_a_row_without_value_withdraws_what_is_known_and_nothing_else() -> None:
    sent = frame(s1=(7, "1"), s2=(7, "2")).with_columns(value=pl.lit(None, pl.String))
    news = compared(sent, known(s1=(7, "1")), DeliveryMode.PARTIAL)
    assert (news.taken.withdrawn, news.taken.unchanged, news.changes.height) == (1, 1, 1)
