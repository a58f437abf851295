"""Deriving, by examples: the months of long-term recipients, what lasted, long spans and large units."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest
from domain.case_record import Integration, LtrVariant, age_group
from domain.period import Month, Period
from indicators.persistence.catalogue_rows import shipped
from indicators.records.columns import RECORD
from indicators.records.derived import Derived
from indicators.records.deriving import derive
from indicators.records.question import SPLITS, Question, splits_of
from support.case_histories import NORTH, SOUTH, START, a_record, followed_frame, frame_of
from support.raw_records import CaseRecord, FollowUp

SPLITS_OF_ALL = splits_of(shipped()[0])
LAST = START.plus(25)
KEEPERS = [
    a_record(f"in {unit}", START.plus(n), unit=unit, in_need=False) for unit in (NORTH, SOUTH) for n in range(26)
]


def asked(months: Period, variant: LtrVariant = LtrVariant.ORDINANCE, until: Month = LAST) -> Question:
    return Question(months=months, until=until, splits=SPLITS_OF_ALL, variant=variant)


def lived(*spells: tuple[int, dict[str, object]]) -> list[CaseRecord]:
    """Live through spells of so many months, one after the other."""
    told, at = [], START
    for length, how in spells:
        told += [replace(a_record("p", at.plus(n)), **how) for n in range(length)]  # type: ignore[arg-type]
        at = at.plus(length)
    return told


def figure(derived: Derived, variable: str, month: Month, unit: str = NORTH) -> Decimal | None:
    total = pl.all_horizontal(pl.col(name).is_null() for name in SPLITS)
    here = (pl.col("unit") == unit) & (pl.col("variable") == variable) & (pl.col("month") == month.ordinal)
    found = derived.rows.filter(total & here)["value"].to_list()
    assert len(found) <= 1
    return Decimal(found[0]) if found else None


def reason(derived: Derived, variable: str, month: Month) -> str | None:
    here = (pl.col("unit") == NORTH) & (pl.col("variable") == variable) & (pl.col("month") == month.ordinal)
    return next(iter(derived.omitted.filter(here)["reason"]), None)


def in_last_month(records: list[CaseRecord], variant: LtrVariant = LtrVariant.ORDINANCE) -> Derived:
    frame = frame_of([*records, *KEEPERS])
    return derive(frame, followed_frame([]), asked(Period(LAST, LAST.next), variant))


NO_NEED: dict[str, object] = {"in_need": False}
UNABLE: dict[str, object] = {"employable": False}
AWAY: dict[str, object] = {"unit": SOUTH}


@pytest.mark.parametrize(
    ("records", "ordinance", "as_elb"),
    [
        (lived((2, {}), (3, NO_NEED), (21, {})), 1, 1),
        (lived((2, {}), (4, NO_NEED), (20, {})), 0, 0),
        (lived((2, {}), (4, UNABLE), (20, {})), 1, 0),
        (lived((22, AWAY), (4, {})), 1, 1),
        (lived((25, {}), (1, UNABLE)), 0, 0),
    ],
    ids=["21 of 24", "20 of 24", "in need but unable", "months in another unit count", "no ELB now"],
)
def test_who_is_a_long_term_recipient(records: list[CaseRecord], ordinance: int, as_elb: int) -> None:
    assert figure(in_last_month(records), "ltr_stock", LAST) == ordinance
    assert figure(in_last_month(records, LtrVariant.MONTHS_AS_ELB), "ltr_stock", LAST) == as_elb


@pytest.mark.parametrize(
    ("records", "long_term"),
    [
        (lived((2, {}), (3, NO_NEED), (21, {})), 1),
        (lived((2, {}), (1, {"elb_days": 0}), (2, NO_NEED), (21, {})), 1),
        (lived((2, {}), (3, NO_NEED), (20, {}), (1, {"elb_days": 29})), 0),
        (lived((2, {}), (2, {"elb_days": 1, **NO_NEED}), (1, NO_NEED), (20, {}), (1, {"elb_days": 29})), 1),
        (lived((2, {}), (4, UNABLE), (20, {})), 0),
    ],
    ids=["638 days", "months without a day", "637 days", "days of months that ended without need", "unable"],
)
def test_days_may_tell_who_is_a_long_term_recipient(records: list[CaseRecord], long_term: int) -> None:
    assert figure(in_last_month(records, LtrVariant.DAYS), "ltr_stock", LAST) == long_term


def test_a_move_is_a_flow_of_elb_but_none_of_long_term_recipients() -> None:
    moved = in_last_month(lived((25, AWAY), (1, {})))
    assert [figure(moved, name, LAST) for name in ("elb_inflow", "ltr_stock", "ltr_inflow")] == [1, 1, 0]
    assert [figure(moved, name, LAST, SOUTH) for name in ("elb_outflow", "ltr_stock", "ltr_outflow")] == [1, 0, 0]


def test_an_integration_that_ends_the_need_counts_in_the_month_of_the_record() -> None:
    ended = in_last_month(lived((25, {}), (1, {"in_need": False, "integration": Integration.EMPLOYMENT})))
    assert [figure(ended, name, LAST) for name in ("integrations", "ltr_integrations", "ltr_outflow")] == [1, 1, 1]
    late = in_last_month(lived((24, {}), (1, NO_NEED), (1, {"in_need": False, "integration": Integration.EMPLOYMENT})))
    assert figure(late, "integrations", LAST) == 0


def test_only_employment_is_insured() -> None:
    for kind, insured in zip(Integration, (1, 0, 0), strict=True):
        told = in_last_month(lived((26, {"integration": kind})))
        assert figure(told, "integrations", LAST) == 1
        assert figure(told, "integrations_insured", LAST) == insured


@pytest.mark.parametrize(
    ("insured", "continuous", "sustained"),
    [
        ((True,) * 12, 1, 1),
        ((True,) * 6 + (None,) * 6, 1, 0),
        ((True,) * 5 + (None,) + (True,) * 6, 0, 1),
        ((None,) * 12, 0, 0),
    ],
)
def test_what_is_not_known_after_the_waiting_time_did_not_last(
    insured: tuple[bool | None, ...], continuous: int, sustained: int
) -> None:
    month = START.plus(2)
    records = [*lived((26, {})), *KEEPERS]
    records[2] = replace(records[2], integration=Integration.EMPLOYMENT)
    followed = followed_frame([FollowUp(unit=NORTH, person="p", month=month, insured=insured)])

    def told(until: Month, follow_ups: pl.LazyFrame = followed) -> Derived:
        return derive(frame_of(records), follow_ups, asked(Period(month, month.next), until=until))

    assert figure(told(month.plus(15)), "integrations_sustained", month) == sustained
    assert figure(told(month.plus(9)), "integrations_continuous", month) == continuous
    assert reason(told(month.plus(14)), "integrations_sustained", month) == "waiting_time"
    assert reason(told(month.plus(8)), "integrations_continuous", month) == "waiting_time"
    assert reason(told(month.plus(15), followed_frame([])), "integrations_sustained", month) == "follow_up_missing"


def test_a_span_of_more_months_than_a_word_holds_is_the_same_as_month_by_month() -> None:
    records = [
        a_record("p", START.plus(n), in_need=n % 23 > 0, integration=Integration.EMPLOYMENT if n % 7 == 0 else None)
        for n in range(100)
    ]
    frame, nobody = frame_of(records), followed_frame([])
    whole = derive(frame, nobody, asked(Period.lasting(START, 100))).rows
    parts = [derive(frame, nobody, asked(Period.lasting(START.plus(n), 20))).rows for n in range(0, 100, 20)]
    order = ["variable", "month", *SPLITS]
    assert whole.sort(order).equals(pl.concat(parts).sort(order))
    assert whole["month"].n_unique() == 100


def test_a_unit_may_have_more_persons_than_a_lane_holds() -> None:
    one = frame_of([a_record("p", town="hill")]).collect()
    many = one.drop("person").join(
        pl.DataFrame({"number": range(70_000)}).select(person="number"),
        how="cross",
    )
    told = derive(many.select(list(RECORD)).lazy(), followed_frame([]), asked(Period(START, START.next)))
    assert figure(told, "elb_stock", START) == figure(told, "elb_stock", START, "hill") == 70_000
    assert figure(told, "benefits_living", START) == 70_000 * Decimal("404.00")


def test_no_records_are_no_figures() -> None:
    told = derive(frame_of([]), followed_frame([]), asked(Period(START, START.next)))
    assert (told.rows.height, told.omitted.height) == (0, 0)


def test_age_is_of_the_year() -> None:
    assert [age_group(1990, year) for year in (2014, 2015, 2044, 2045)] == [
        "under_25", "25_to_54", "25_to_54", "55_plus",
    ]  # fmt: skip
