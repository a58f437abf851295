"""The generated figures: the same every time, consistent in themselves, and where the demonstration wants them."""

from decimal import Decimal

import pytest
from demonstration.agreement import body
from demonstration.figures import LAST, WEIGHTS, Figure, benefits, contacts, months, staff
from demonstration.files import LATE_TOWN, monthly_files
from demonstration.units import all_relations
from domain.period import Month
from support.units import all_units


def total(variable: str, month: Month, dimension: tuple[str, str] | None = None) -> Decimal:
    figures = [figure for town in WEIGHTS for figure in (*benefits(town, month), *contacts(town, month))]
    return sum((f.value for f in figures if (f.variable, f.dimension) == (variable, dimension)), Decimal(0))


def year_to_date(variable: str, year: int, dimension: tuple[str, str] | None = None) -> Decimal:
    return sum((total(variable, Month(year, number), dimension) for number in range(1, LAST.month + 1)), Decimal(0))


def test_the_same_month_is_generated_alike_every_time() -> None:
    assert benefits("05158004", LAST) == benefits("05158004", LAST)
    assert staff(LAST) == staff(LAST)


@pytest.mark.parametrize("town", sorted(WEIGHTS))
def test_parts_add_up_to_their_total(town: str) -> None:
    for month in months():
        figures = benefits(town, month)
        whole = next(f.value for f in figures if f.variable == "integrations" and f.dimension is None)
        for dimension in ("age_group", "lone_parent"):
            assert sum(f.value for f in figures if f.dimension and f.dimension[0] == dimension) == whole


def test_no_group_is_larger_than_its_whole() -> None:
    def whole(figures: list[Figure], variable: str) -> Decimal:
        return next(f.value for f in figures if f.variable == variable and f.dimension is None)

    for town in WEIGHTS:
        for figure in (f for f in benefits(town, LAST) if f.dimension and f.dimension[0] != "instrument"):
            assert 0 <= figure.value <= whole(benefits(town, LAST), figure.variable)


def test_november_is_calibrated_to_show_every_light() -> None:
    last_twelve = [LAST.plus(-number) for number in range(12)]
    stock = sum((total("elb_stock", month.previous) for month in last_twelve), Decimal(0)) / 12
    rate = 100 * sum((total("integrations", month) for month in last_twelve), Decimal(0)) / stock
    assert Decimal("19.6") < rate < Decimal("20.6")
    recipients = sum((total("ltr_stock", Month(2014, n)) for n in range(1, 12)), Decimal(0)) / 11
    assert recipients > Decimal(17283) * Decimal("1.05")
    young = year_to_date("integrations", 2014, ("age_group", "under_25"))
    assert young > Decimal("1.05") * year_to_date("integrations", 2013, ("age_group", "under_25"))


def test_one_file_is_held_back_and_every_name_says_generated() -> None:
    files = [file.name for file in monthly_files()]
    assert len(files) == len(set(files)) == len(months()) * (2 * len(WEIGHTS) + 1) - 1
    assert f"erzeugt_kontakte_{LATE_TOWN}_{LAST}.csv" not in files
    assert all(name.startswith("erzeugt_") for name in files)


def test_the_register_and_the_agreement_are_whole() -> None:
    units = {unit["code"] for unit in all_units()}
    assert len([u for u in all_units() if u["kind"].startswith("jobcenter")]) == 404
    assert all({relation["source"], relation["target"]} <= units for relation in all_relations())
    assert len(body()["goals"]) == 26
    assert all(goal["title"] and goal["obligated"] in units for goal in body()["goals"])
