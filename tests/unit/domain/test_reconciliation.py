"""Official figures beside ours: when they agree, and what another way of rounding explains."""

from decimal import Decimal

import pytest
from domain.codec import decode, encode
from domain.official_fault import FAULTS, OfficialFault
from domain.quantity import Measure
from domain.reconciliation import Cause, agrees, differing, rounded_otherwise
from support.standing import an_official


@pytest.mark.parametrize(
    ("official", "ours", "equal"),
    [
        ("20.6", "20.5500001", True),
        ("20.6", "20.6499999", True),
        ("20.6", "20.65", False),
        ("20.60", "20.604", True),
        ("20.60", "20.61", False),
        ("17283", "17282.5", True),
        ("20.12345678901234", "20.123456789009", True),
        ("0.0", "-0.04", True),
    ],
)
def test_figures_agree_to_the_places_the_official_one_is_told_with(official: str, ours: str, equal: bool) -> None:
    assert agrees(Decimal(official), Decimal(ours)) is equal


@pytest.mark.parametrize(
    ("official", "ours", "measure", "rounded"),
    [
        ("20.6", "20.69", Measure.PERCENT, True),
        ("20.6", "20.70", Measure.PERCENT, False),
        ("20.6", "20.51", Measure.PERCENT, True),
        ("4820", "4825", Measure.PERSONS, True),
        ("4820", "4826", Measure.PERSONS, False),
        ("4821", "4825", Measure.PERSONS, False),
        ("4820", "4825", Measure.EUR, False),
    ],
)
def test_cutting_off_and_rounding_to_tens_are_recognised(
    official: str, ours: str, measure: Measure, rounded: bool
) -> None:
    assert rounded_otherwise(Decimal(official), Decimal(ours), measure) is rounded


def test_a_difference_is_ours_less_the_official_figure_and_relative_to_it() -> None:
    found = differing(an_official("-20"), Decimal(-21), Cause.UNKNOWN)
    assert (found.difference, found.relative) == (Decimal(-1), Decimal("-5.0000"))
    assert differing(an_official("0"), Decimal(1), Cause.UNKNOWN).relative is None
    assert differing(an_official(None), Decimal(1), Cause.MISSING_THERE).difference is None


def test_an_endless_quotient_is_cut_and_a_short_number_is_left_alone() -> None:
    third = differing(an_official("1"), Decimal(1) / Decimal(3), Cause.UNKNOWN)
    assert third.ours == Decimal("0.3333333333")
    assert str(differing(an_official("1"), Decimal(100), Cause.UNKNOWN).ours) == "100"


def test_a_figure_that_is_left_out_has_no_row() -> None:
    assert differing(an_official(None, row=0), Decimal(1), Cause.MISSING_THERE).row is None


def test_every_fault_has_a_remedy_in_both_languages() -> None:
    assert set(FAULTS) == set(OfficialFault)
    assert all(text.en and text.de for text in FAULTS.values())


def test_a_difference_survives_being_written_down() -> None:
    found = differing(an_official(), Decimal("20.4"), Cause.UNKNOWN)
    assert decode(type(found), encode(found)) == found
